#include "image_columns.h"

#include <nanobind/stl/map.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <cstring>
#include <string_view>
#include <utility>

#include "interrupt.h"
#include "object_column.h"
#include "schema_values.h"
#include "stata_pydata/error.h"
#include "stata_pydata/image_columns.h"
#include "text.h"

namespace nb = nanobind;
using namespace nb::literals;

namespace stata_pydata::python {
namespace {

/// UTF-8 of fields of UCS-4, as slices of one memory.
struct WideFields {
  std::string bytes;
  std::vector<std::pair<std::size_t, std::size_t>> places;
  std::vector<dta::TextSlice> slices;

  void add(const std::byte* field, Py_ssize_t characters) {
    const std::size_t begin = bytes.size();
    for (Py_ssize_t i = 0; i < characters; ++i) {
      std::uint32_t character;
      std::memcpy(&character, field + i * 4, sizeof character);
      pending_zeros_ = character == 0 ? pending_zeros_ + 1 : 0;
      append(character);
    }
    bytes.resize(bytes.size() - pending_zeros_);  // NULs at the end are padding
    pending_zeros_ = 0;
    places.emplace_back(begin, bytes.size() - begin);
  }

  void finish() {
    for (const auto& [begin, size] : places)
      slices.emplace_back(bytes.data() + begin, static_cast<std::int64_t>(size));
  }

 private:
  void append(std::uint32_t c) {
    const auto put = [&](std::uint32_t byte) { bytes += static_cast<char>(byte); };
    if (c < 0x80) return put(c);
    if (c < 0x800) {
      put(0xC0 | c >> 6);
    } else if (c < 0x10000) {
      put(0xE0 | c >> 12);
      put(0x80 | (c >> 6 & 0x3F));
    } else {
      put(0xF0 | c >> 18);
      put(0x80 | (c >> 12 & 0x3F));
      put(0x80 | (c >> 6 & 0x3F));
    }
    put(0x80 | (c & 0x3F));
  }

  std::size_t pending_zeros_ = 0;
};

nb::list metadata_list(const dta::ArrowMetadata& metadata) {
  nb::list pairs;
  for (const auto& [key, value] : metadata)
    pairs.append(nb::make_tuple(nb::bytes(key.data(), key.size()),
                                nb::bytes(value.data(), value.size())));
  return pairs;
}

nb::dict field_dict(const dta::ArrowField& field, const dta::InputColumn& column) {
  nb::list labels;
  for (const auto& entry : field.labels.entries)
    labels.append(nb::make_tuple(entry.value, name_of(entry.text)));
  nb::dict dict;
  dict["name"] = name_of(field.variable.name);
  dict["stata_format"] = field.variable.format;
  dict["arrow_format"] = field.format;
  dict["labels"] = labels;
  dict["text"] = std::holds_alternative<dta::TextColumn>(column);
  dict["ordered"] = field.ordered;
  dict["metadata"] = metadata_list(field.metadata);
  return dict;
}

}  // namespace

std::int64_t ImageColumns::rows() const {
  return columns_.empty() ? 0 : rows_of(columns_.back().column);
}

void ImageColumns::add(nb::str name, dta::InputColumn column) {
  columns_.push_back({utf8_of(name), std::move(column)});
}

Column ImageColumns::numbers(nb::str name, nb::list parts) {
  Column column;
  column.name = utf8_of(name);
  for (const nb::handle part : parts) {
    const auto [values, mask] = nb::cast<std::pair<nb::object, nb::object>>(part);
    add_buffer(column, values, mask, memory_);
  }
  return column;
}

void ImageColumns::add_numbers(nb::str name, nb::list parts) {
  add(name, numbers(name, parts));
}

void ImageColumns::add_times(nb::str name, nb::list parts, std::int64_t per_tick,
                             std::int64_t per_unit, std::int64_t add_units, bool whole) {
  Column column = numbers(name, parts);
  if (column.type != ElementType::int32 && column.type != ElementType::int64)
    refuse_column(column.name, "times are counted by integers of 32 or 64 bits");
  add(name, dta::TimeColumn{std::move(column), {per_tick, per_unit, add_units, whole}});
}

std::string ImageColumns::add_objects(nb::str name, nb::object values, nb::tuple missing,
                                      bool as_texts) {
  ObjectColumn made = object_column(utf8_of(name), values, missing, as_texts);
  made_.push_back(std::move(made.memory));
  add(name, std::move(made.column));
  return made.kind;
}

void ImageColumns::add_fields(nb::str name, nb::object values) {
  // NULs at the end of a field are padding, as NumPy has it: its bytes are texts.
  const Py_buffer& view = memory_.hold(values);
  const std::string_view format = view.format ? view.format : "";
  if (view.ndim != 1 || format.empty() || (format.back() != 's' && format.back() != 'w'))
    refuse_column(utf8_of(name), "expected an array of fields of text");
  const auto* first = static_cast<const std::byte*>(view.buf);
  if (format.back() == 's') {
    dta::TextChunk chunk;
    chunk.form = dta::TextForm::fixed;
    chunk.count = view.shape[0];
    chunk.values = first;
    chunk.stride = view.strides[0];
    chunk.width = view.itemsize;
    return add(name, dta::TextColumn{false, {chunk}});
  }
  const auto fields = std::make_shared<WideFields>();
  for (Py_ssize_t i = 0; i < view.shape[0]; ++i)
    fields->add(first + i * view.strides[0], view.itemsize / 4);
  fields->finish();
  made_.push_back(fields);
  add(name, dta::column_of(std::span<const dta::TextSlice>(fields->slices)));
}

nb::dict ImageColumns::add_arrow(nb::object capsule, bool value_labels,
                                 const KnownLabels& known) {
  auto* stream = static_cast<ArrowArrayStream*>(
      PyCapsule_GetPointer(capsule.ptr(), "arrow_array_stream"));
  if (stream == nullptr) throw nb::python_error();
  // With the GIL: the stream's functions may be Python's.
  dta::ArrowInputOptions options;
  options.value_labels = value_labels;
  for (const auto& [name, entries] : known)
    for (const auto& [value, text] : entries)
      options.known_labels[name].push_back({value, text});
  auto& table = tables_.emplace_back(dta::ArrowTable::from_stream(stream, options));
  nb::list fields;
  for (std::size_t k = 0; k < table.fields().size(); ++k) {
    columns_.push_back({table.fields()[k].variable.name, table.columns()[k]});
    fields.append(field_dict(table.fields()[k], table.columns()[k]));
  }
  nb::dict dict;
  dict["fields"] = fields;
  dict["metadata"] = metadata_list(table.metadata());
  dict["rows"] = table.rows();
  return dict;
}

void ImageColumns::add_image(const dta::ImageReader& reader, nb::object owner,
                             const std::vector<std::int64_t>& variables) {
  memory_.keep(owner);
  auto columns = dta::columns_of(reader, variables);
  for (std::size_t k = 0; k < columns.size(); ++k)
    columns_.push_back(
        {reader.schema().variables[static_cast<std::size_t>(variables[k])].name,
         std::move(columns[k].column)});
}

void ImageColumns::reorder(const std::vector<std::size_t>& order) {
  std::vector<NamedColumn> columns;
  columns.reserve(order.size());
  for (const std::size_t place : order) columns.push_back(columns_.at(place));
  columns_ = std::move(columns);
}

void bind_image_columns(nb::module_& module) {
  nb::class_<ImageColumns>(module, "Columns", "Columns that an image can be made of.")
      .def(nb::init<>())
      .def("__len__", [](const ImageColumns& self) { return self.columns().size(); })
      .def_prop_ro("rows", &ImageColumns::rows)
      .def("add_numbers", &ImageColumns::add_numbers, "name"_a, "parts"_a)
      .def("add_times", &ImageColumns::add_times, "name"_a, "parts"_a, "per_tick"_a,
           "per_unit"_a, "add"_a, "whole"_a)
      .def("add_objects", &ImageColumns::add_objects, "name"_a, "values"_a, "missing"_a,
           "as_texts"_a = false)
      .def("add_fields", &ImageColumns::add_fields, "name"_a, "values"_a)
      .def("add_arrow", &ImageColumns::add_arrow, "capsule"_a, "value_labels"_a = true,
           "known_labels"_a = ImageColumns::KnownLabels())
      .def("reorder", &ImageColumns::reorder, "order"_a);
}

}  // namespace stata_pydata::python
