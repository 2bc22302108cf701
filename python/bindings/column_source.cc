#include "column_source.h"

#include <nanobind/stl/pair.h>

#include <optional>
#include <string>
#include <string_view>

#include "stata_pydata/arrow_c.h"
#include "stata_pydata/error.h"
#include "text.h"

namespace nb = nanobind;

namespace stata_pydata::python {
namespace {

[[noreturn]] void refuse(const Column& column, const std::string& what) {
  throw Error(Fault::type, "column '" + column.name + "': " + what);
}

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

struct ArrowType {
  ElementType type;
  std::int64_t bytes;  // 0: bits
};

std::optional<ArrowType> arrow_type(std::string_view format) {
  if (format.size() != 1) return {};
  switch (format[0]) {
    case 'b':
      return ArrowType{ElementType::bitmap, 0};
    case 'c':
      return ArrowType{ElementType::int8, 1};
    case 'C':
      return ArrowType{ElementType::uint8, 1};
    case 's':
      return ArrowType{ElementType::int16, 2};
    case 'S':
      return ArrowType{ElementType::uint16, 2};
    case 'i':
      return ArrowType{ElementType::int32, 4};
    case 'I':
      return ArrowType{ElementType::uint32, 4};
    case 'l':
      return ArrowType{ElementType::int64, 8};
    case 'L':
      return ArrowType{ElementType::uint64, 8};
    case 'e':
      return ArrowType{ElementType::float16, 2};
    case 'f':
      return ArrowType{ElementType::float32, 4};
    case 'g':
      return ArrowType{ElementType::float64, 8};
    default:
      return {};
  }
}

void set_type(Column& column, ElementType type) {
  if (!column.chunks.empty() && column.type != type)
    refuse(column, "its parts are of different types");
  column.type = type;
}

template <typename T>
const T& from_capsule(nb::handle capsule, const char* name) {
  const void* pointer = PyCapsule_GetPointer(capsule.ptr(), name);
  if (pointer == nullptr) throw nb::python_error();
  return *static_cast<const T*>(pointer);
}

const std::byte* bytes_at(const void* pointer) {
  return static_cast<const std::byte*>(pointer);
}

}  // namespace

ColumnSource::Buffer::Buffer(nb::handle owner) {
  if (PyObject_GetBuffer(owner.ptr(), &view, PyBUF_STRIDES | PyBUF_FORMAT) != 0)
    throw nb::python_error();
}

const Py_buffer& ColumnSource::hold(nb::handle owner) {
  buffers_.push_back(std::make_unique<Buffer>(owner));
  return buffers_.back()->view;
}

void ColumnSource::add_buffers(Column& column, nb::handle values, nb::handle mask) {
  const Py_buffer& view = hold(values);
  const auto type = buffer_type(view.format ? view.format : "B", view.itemsize);
  if (!type || view.ndim != 1)
    refuse(column, std::string("a buffer of format '") +
                       (view.format ? view.format : "B") + "' and " +
                       std::to_string(view.ndim) + " dimensions is no column of numbers");
  set_type(column, *type);
  Chunk chunk;
  chunk.values = bytes_at(view.buf);
  chunk.stride = view.strides[0];
  chunk.count = view.shape[0];
  if (!mask.is_none()) {
    const Py_buffer& missing = hold(mask);
    if (missing.ndim != 1 || missing.itemsize != 1 || missing.shape[0] != chunk.count)
      refuse(column, "its mask is no array of as many booleans");
    chunk.mask = {Mask::Kind::bytes, bytes_at(missing.buf), missing.strides[0], 0};
  }
  column.chunks.push_back(chunk);
}

void ColumnSource::add_arrow(Column& column, nb::handle array) {
  const nb::object pair = array.attr("__arrow_c_array__")();
  if (!PyTuple_Check(pair.ptr()) || PyTuple_GET_SIZE(pair.ptr()) != 2)
    refuse(column, "__arrow_c_array__() did not give a pair of capsules");
  capsules_.push_back(pair);
  const auto& schema =
      from_capsule<ArrowSchema>(PyTuple_GET_ITEM(pair.ptr(), 0), "arrow_schema");
  const auto& data =
      from_capsule<ArrowArray>(PyTuple_GET_ITEM(pair.ptr(), 1), "arrow_array");
  const auto type = arrow_type(schema.format);
  if (!type || schema.dictionary != nullptr || data.n_buffers != 2)
    refuse(column, std::string("an Arrow array of format '") + schema.format +
                       "' is no column of numbers");
  set_type(column, type->type);
  Chunk chunk;
  chunk.values = bytes_at(data.buffers[1]);
  chunk.stride = type->bytes;
  chunk.offset = data.offset;
  chunk.count = data.length;
  if (data.offset > 0 && type->bytes > 0) chunk.values += data.offset * type->bytes;
  if (data.null_count != 0 && data.buffers[0] != nullptr)
    chunk.mask = {Mask::Kind::valid_bits, bytes_at(data.buffers[0]), 0, data.offset};
  column.chunks.push_back(chunk);
}

ColumnSource::ColumnSource(nb::list columns) {
  for (const nb::handle item : columns) {
    const auto [name, parts] = nb::cast<std::pair<nb::str, nb::list>>(item);
    Column& column = columns_.emplace_back();
    column.name = utf8_of(name);
    for (const nb::handle part : parts) {
      if (PyTuple_Check(part.ptr()) && PyTuple_GET_SIZE(part.ptr()) == 2)
        add_buffers(column, PyTuple_GET_ITEM(part.ptr(), 0),
                    PyTuple_GET_ITEM(part.ptr(), 1));
      else
        add_arrow(column, part);
    }
  }
}

}  // namespace stata_pydata::python
