// A Python list of numbers as the words of a segment.
#pragma once

#include <nanobind/nanobind.h>

#include <cstdint>
#include <vector>

#include "stata_pydata/info_file.h"

namespace stata_pydata::python {

/// The type that the name int, float or long stands for. Throws type.
SegmentType type_of_name(nanobind::handle dtype);

/// The words of `data` as C longs or C doubles. Throws type (not a list, an element that
/// is no such number), range (an element that does not fit exactly), naming the index and
/// the value; invalid where the list changes its size meanwhile (an element's own code
/// may).
std::vector<std::int64_t> words_of_list(nanobind::handle data, SegmentType type);

}  // namespace stata_pydata::python
