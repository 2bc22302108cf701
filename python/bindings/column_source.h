// Python objects as columns, read in place: buffers (NumPy arrays and their masks) and
// anything with __arrow_c_array__.
#pragma once

#include <nanobind/nanobind.h>

#include <memory>
#include <vector>

#include "stata_pydata/column.h"

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
  /// A buffer that Python keeps in place until it is released.
  struct Buffer {
    explicit Buffer(nanobind::handle owner);
    ~Buffer() { PyBuffer_Release(&view); }
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;
    Py_buffer view{};
  };

  const Py_buffer& hold(nanobind::handle owner);
  void add_buffers(Column& column, nanobind::handle values, nanobind::handle mask);
  void add_arrow(Column& column, nanobind::handle array);

  std::vector<Column> columns_;
  std::vector<std::unique_ptr<Buffer>> buffers_;
  std::vector<nanobind::object> capsules_;
};

}  // namespace stata_pydata::python
