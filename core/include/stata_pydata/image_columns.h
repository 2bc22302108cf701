// The variables of an image as columns of another: a subset, another release, other
// storage types, or the same image again. Cells are copied as they are where the storage
// type stays; strLs that the image shares stay shared with StrlSharing::same_memory.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "stata_pydata/image_reader.h"
#include "stata_pydata/image_writer.h"

namespace stata_pydata::dta {

/// Columns of these variables, in this order, each with the rule `declared`. They borrow
/// the reader, which must outlive every plan that is made of them. Throws invalid for a
/// variable that is not there or is an alias, damaged where the strLs are.
std::vector<InputVariable> columns_of(const ImageReader& reader,
                                      std::span<const std::int64_t> variables);
/// Columns of all variables.
std::vector<InputVariable> columns_of(const ImageReader& reader);

/// What the schema says of these variables, the data set and the value-label sets: a
/// schema for a writer. Keys of the sort list count up to the first that is left out;
/// characteristics of variables that are left out are dropped.
Schema schema_of(const ImageReader& reader, std::span<const std::int64_t> variables);

}  // namespace stata_pydata::dta
