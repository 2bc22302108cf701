// Python objects whose memory is borrowed while it is read without the GIL.
#pragma once

#include <nanobind/nanobind.h>

#include <memory>
#include <string>
#include <vector>

#include "stata_pydata/column.h"

namespace stata_pydata::python {

/// Keeps buffers in place and objects alive until it goes. Made and destroyed with the
/// GIL.
class HeldMemory {
 public:
  HeldMemory() = default;
  HeldMemory(HeldMemory&&) = default;
  HeldMemory& operator=(HeldMemory&&) = default;

  /// The buffer of `owner`, which stays in place. Throws what the object does.
  const Py_buffer& hold(nanobind::handle owner);
  void keep(nanobind::object object) { objects_.push_back(std::move(object)); }

 private:
  struct Buffer {
    explicit Buffer(nanobind::handle owner);
    ~Buffer() { PyBuffer_Release(&view); }
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;
    Py_buffer view{};
  };

  std::vector<std::unique_ptr<Buffer>> buffers_;
  std::vector<nanobind::object> objects_;
};

/// Adds a part of a column of numbers: a one-dimensional buffer, and a mask that is None
/// or a buffer of booleans, true where a value is missing. Throws type, naming the
/// column, for anything else.
void add_buffer(Column& column, nanobind::handle values, nanobind::handle mask,
                HeldMemory& memory);

/// Throws type: "column 'x': what".
[[noreturn]] void refuse_column(const std::string& name, const std::string& what);

/// Sets the type of a column that has no part yet; throws type where its parts have
/// another.
void set_type(Column& column, ElementType type);

}  // namespace stata_pydata::python
