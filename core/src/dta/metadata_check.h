// Stata's limits and rules for metadata, checked before anything is written. Every error
// names the variable or item, the limit and what was found.
#pragma once

#include "stata_pydata/dataset_schema.h"

namespace stata_pydata::dta {

/// Release, counts, names, labels, label sets, characteristics, notes, timestamp and sort
/// list: what doesn't depend on storage types. Throws invalid, range.
void check_metadata(const Schema& schema);

/// Formats and value labels against types. Throws invalid.
void check_types(const Schema& schema);

/// Whether `format` is a display format of numbers (dates included) or of texts.
bool is_number_format(std::string_view format) noexcept;
bool is_text_format(std::string_view format) noexcept;

}  // namespace stata_pydata::dta
