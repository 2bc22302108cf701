// A column of Python objects: what kind they are of, and their values in memory of ours.
// With the GIL, which is held throughout; Ctrl-C is looked for from time to time.
#pragma once

#include <nanobind/nanobind.h>

#include <memory>
#include <string>

#include "stata_pydata/input_column.h"

namespace stata_pydata::python {

struct ObjectColumn {
  std::string kind;  // kind_name(); "missing" where nothing else is there
  dta::InputColumn column;
  std::shared_ptr<void> memory;  // what the column borrows
};

/// `values` is a one-dimensional buffer of objects. `missing` holds objects that are
/// missing values besides None and NaN. Where all are missing they are texts if
/// `as_texts` says so, else numbers. Throws type, naming column, row and object, where an
/// object is of another kind than those before it or of a kind that Stata has no
/// counterpart for; range where a number can't be held.
ObjectColumn object_column(const std::string& name, nanobind::handle values,
                           nanobind::tuple missing, bool as_texts);

}  // namespace stata_pydata::python
