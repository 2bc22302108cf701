// A data set's schema as plain Python values, and back.
//
//   {"release": 118, "byte_order": "little", "data_label": str, "timestamp": str,
//    "variables": [(name, type, format, label, value_label)],
//    "sorted_by": [index], "value_labels": [(name, [(value, text)])],
//    "characteristics": [(owner, name, contents)]}
//
// A type is "byte" ... "double", "str12", "strL" or "alias"; "" on writing: by value.
#pragma once

#include <nanobind/nanobind.h>

#include "stata_pydata/dataset_schema.h"

namespace stata_pydata::python {

/// Texts become UTF-8 (text_encoding.h).
nanobind::dict values_of(const dta::Schema& schema);
/// Texts go in as UTF-8. Keys that are absent stand for nothing. Throws invalid for a
/// type that there is not.
dta::Schema schema_of(nanobind::dict values);

}  // namespace stata_pydata::python
