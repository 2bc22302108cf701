// The storage type of a column of numbers, by its values.
#pragma once

#include <cstdint>
#include <string>

#include "dta/number_source.h"
#include "stata_pydata/image_writer.h"

namespace stata_pydata::dta {

/// The storage type that `input` asks for. `source` is its column, whose numbers have the
/// range `range`; `declared` counts where the rule says so. Throws range, naming
/// variable, row and value, where a value can't be stored; type where the declared type
/// is none of numbers. Stops early, with any type, when `options.stop` gives up.
VariableType choose_number_type(const std::string& name, const NumberSource& source,
                                std::int64_t rows, const NumberRange& range,
                                const InputVariable& input, VariableType declared,
                                const WriteOptions& options);

}  // namespace stata_pydata::dta
