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

void ColumnSource::add_arrow(Column& column, nb::handle array) {
  const nb::object pair = array.attr("__arrow_c_array__")();
  if (!PyTuple_Check(pair.ptr()) || PyTuple_GET_SIZE(pair.ptr()) != 2)
    refuse_column(column.name, "__arrow_c_array__() did not give a pair of capsules");
  memory_.keep(pair);
  const auto& schema =
      from_capsule<ArrowSchema>(PyTuple_GET_ITEM(pair.ptr(), 0), "arrow_schema");
  const auto& data =
      from_capsule<ArrowArray>(PyTuple_GET_ITEM(pair.ptr(), 1), "arrow_array");
  const auto type = arrow_type(schema.format);
  if (!type || schema.dictionary != nullptr || data.n_buffers != 2)
    refuse_column(column.name, std::string("an Arrow array of format '") + schema.format +
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
        add_buffer(column, PyTuple_GET_ITEM(part.ptr(), 0),
                   PyTuple_GET_ITEM(part.ptr(), 1), memory_);
      else
        add_arrow(column, part);
    }
  }
}

}  // namespace stata_pydata::python
