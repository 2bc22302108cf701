// Elements of decimal, dictionary-encoded and run-end encoded arrays, made when they are
// read. Makers borrow the arrays, which check_array() has looked at.
#pragma once

#include <memory>

#include "arrow/array_values.h"
#include "stata_pydata/input_column.h"

namespace stata_pydata::dta {

/// The values of a plain array themselves.
std::shared_ptr<const ElementMaker> plain_maker(const ArrowArray& array,
                                                const ArrowType& type);
std::shared_ptr<const ElementMaker> dictionary_maker(const ArrowArray& array,
                                                     const ArrowType& type,
                                                     const ArrowType& code_type);
std::shared_ptr<const ElementMaker> run_maker(const ArrowArray& array,
                                              const ArrowType& type,
                                              const ArrowType& end_type);

/// The first run of a run-end encoded array that ends behind element `index` of the array
/// without its offset; the number of runs where none does.
std::int64_t find_run(const ArrowArray& array, const ArrowType& end_type,
                      std::int64_t index) noexcept;

}  // namespace stata_pydata::dta
