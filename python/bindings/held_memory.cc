#include "held_memory.h"

#include <optional>
#include <string_view>

#include "stata_pydata/error.h"

namespace nb = nanobind;

namespace stata_pydata::python {
namespace {

std::optional<ElementType> signed_type(Py_ssize_t bytes) {
  switch (bytes) {
    case 1:
      return ElementType::int8;
    case 2:
      return ElementType::int16;
    case 4:
      return ElementType::int32;
    case 8:
      return ElementType::int64;
    default:
      return {};
  }
}

std::optional<ElementType> unsigned_type(Py_ssize_t bytes) {
  switch (bytes) {
    case 1:
      return ElementType::uint8;
    case 2:
      return ElementType::uint16;
    case 4:
      return ElementType::uint32;
    case 8:
      return ElementType::uint64;
    default:
      return {};
  }
}

/// The type of a buffer's elements by the codes of the struct module, native order only.
std::optional<ElementType> buffer_type(std::string_view format, Py_ssize_t bytes) {
  if (format.size() == 2 && std::string_view("@=").find(format[0]) != format.npos)
    format.remove_prefix(1);
  if (format.size() != 1) return {};
  const char code = format[0];
  if (code == '?') return ElementType::boolean;
  if (std::string_view("bhilq").find(code) != format.npos) return signed_type(bytes);
  if (std::string_view("BHILQ").find(code) != format.npos) return unsigned_type(bytes);
  if (code == 'e') return ElementType::float16;
  if (code == 'f') return ElementType::float32;
  if (code == 'd') return ElementType::float64;
  return {};
}

const std::byte* bytes_at(const void* pointer) {
  return static_cast<const std::byte*>(pointer);
}

}  // namespace

HeldMemory::Buffer::Buffer(nb::handle owner) {
  if (PyObject_GetBuffer(owner.ptr(), &view, PyBUF_STRIDES | PyBUF_FORMAT) != 0)
    throw nb::python_error();
}

const Py_buffer& HeldMemory::hold(nb::handle owner) {
  buffers_.push_back(std::make_unique<Buffer>(owner));
  return buffers_.back()->view;
}

void refuse_column(const std::string& name, const std::string& what) {
  throw Error(Fault::type, "column '" + name + "': " + what);
}

void set_type(Column& column, ElementType type) {
  if (!column.chunks.empty() && column.type != type)
    refuse_column(column.name, "its parts are of different types");
  column.type = type;
}

void add_buffer(Column& column, nb::handle values, nb::handle mask, HeldMemory& memory) {
  const Py_buffer& view = memory.hold(values);
  const auto type = buffer_type(view.format ? view.format : "B", view.itemsize);
  if (!type || view.ndim != 1)
    refuse_column(column.name, std::string("a buffer of format '") +
                                   (view.format ? view.format : "B") + "' and " +
                                   std::to_string(view.ndim) +
                                   " dimensions is no column of numbers");
  set_type(column, *type);
  Chunk chunk;
  chunk.values = bytes_at(view.buf);
  chunk.stride = view.strides[0];
  chunk.count = view.shape[0];
  if (!mask.is_none()) {
    const Py_buffer& missing = memory.hold(mask);
    if (missing.ndim != 1 || missing.itemsize != 1 || missing.shape[0] != chunk.count)
      refuse_column(column.name, "its mask is no array of as many booleans");
    chunk.mask = {Mask::Kind::bytes, bytes_at(missing.buf), missing.strides[0], 0};
  }
  column.chunks.push_back(chunk);
}

}  // namespace stata_pydata::python
