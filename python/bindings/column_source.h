// Python objects as columns, read in place: buffers (NumPy arrays and their masks) and
// anything with __arrow_c_array__.
#pragma once

#include <nanobind/nanobind.h>

#include <vector>

#include "held_memory.h"

namespace stata_pydata::python {

/// Columns and the Python objects whose memory they borrow. Made and destroyed with the
/// GIL; in between the columns may be read without it.
class ColumnSource {
 public:
  /// `columns` is a list of (name, parts); a part is (values, mask) of one-dimensional
  /// buffers, the mask None or true where a value is missing, or has __arrow_c_array__.
  /// Throws type, naming the column, for anything else than numbers.
  explicit ColumnSource(nanobind::list columns);

  const std::vector<Column>& columns() const { return columns_; }

 private:
  void add_arrow(Column& column, nanobind::handle array);

  std::vector<Column> columns_;
  HeldMemory memory_;
};

}  // namespace stata_pydata::python
