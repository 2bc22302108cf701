#include "schema_values.h"

#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include <charconv>
#include <optional>
#include <tuple>

#include "stata_pydata/error.h"
#include "stata_pydata/text_encoding.h"
#include "text.h"

namespace nb = nanobind;

namespace stata_pydata::python {
namespace {

std::optional<dta::VariableType> str_type_named(std::string_view name) {
  int width = 0;
  const char* end = name.data() + name.size();
  if (!name.starts_with("str") || name.size() < 4) return {};
  const auto [stop, error] = std::from_chars(name.data() + 3, end, width);
  if (error != std::errc() || stop != end || width < 0 || width > 0xFFFF) return {};
  return dta::str_type(width);
}

dta::VariableType type_named(const std::string& variable, const std::string& name) {
  for (const auto& type :
       {dta::kByte, dta::kInt, dta::kLong, dta::kFloat, dta::kDouble, dta::kStrl})
    if (dta::type_name(type) == name) return type;
  if (name.empty()) return {};
  if (name == "str") return dta::str_type(0);  // sized by its texts
  if (const auto type = str_type_named(name)) return *type;
  throw Error(Fault::invalid, "variable " + variable + ": '" + name +
                                  "' is no storage type; there are byte, int, long, "
                                  "float, double, str1 to str2045 and strL");
}

template <typename T>
T value_or(const nb::dict& values, const char* key, T otherwise) {
  if (!values.contains(key)) return otherwise;
  return nb::cast<T>(values[key]);
}

std::string utf8_or_empty(const nb::dict& values, const char* key) {
  return values.contains(key) ? utf8_of(values[key]) : "";
}

nb::object item(nb::handle tuple, int index) {
  return nb::object(tuple[index]);
}

}  // namespace

nb::dict values_of(const dta::Schema& schema) {
  const bool utf8 = dta::find_release(schema.release)->utf8;
  const auto text = [&](const std::string& stored) {
    return name_of(dta::as_utf8(stored, utf8));
  };
  nb::list variables, sorted_by, sets, characteristics;
  for (const auto& variable : schema.variables)
    variables.append(nb::make_tuple(text(variable.name), dta::type_name(variable.type),
                                    text(variable.format), text(variable.label),
                                    text(variable.value_label)));
  for (const auto key : schema.sorted_by) sorted_by.append(key);
  for (const auto& set : schema.value_labels) {
    nb::list entries;
    for (const auto& entry : set.entries)
      entries.append(nb::make_tuple(entry.value, text(entry.text)));
    sets.append(nb::make_tuple(text(set.name), entries));
  }
  for (const auto& characteristic : schema.characteristics)
    characteristics.append(nb::make_tuple(text(characteristic.owner),
                                          text(characteristic.name),
                                          text(characteristic.contents)));
  nb::dict values;
  values["release"] = schema.release;
  values["byte_order"] = schema.byte_order == dta::ByteOrder::little ? "little" : "big";
  values["data_label"] = text(schema.data_label);
  values["timestamp"] = text(schema.timestamp);
  values["variables"] = variables;
  values["sorted_by"] = sorted_by;
  values["value_labels"] = sets;
  values["characteristics"] = characteristics;
  return values;
}

dta::Schema schema_of(nb::dict values) {
  dta::Schema schema;
  schema.release = value_or(values, "release", 0);
  schema.data_label = utf8_or_empty(values, "data_label");
  schema.timestamp = utf8_or_empty(values, "timestamp");
  for (const nb::handle tuple : value_or(values, "variables", nb::list())) {
    dta::Variable variable;
    variable.name = utf8_of(item(tuple, 0));
    variable.type = type_named(variable.name, utf8_of(item(tuple, 1)));
    variable.format = utf8_of(item(tuple, 2));
    variable.label = utf8_of(item(tuple, 3));
    variable.value_label = utf8_of(item(tuple, 4));
    schema.variables.push_back(std::move(variable));
  }
  schema.sorted_by = value_or(values, "sorted_by", std::vector<std::int32_t>());
  for (const nb::handle tuple : value_or(values, "value_labels", nb::list())) {
    dta::ValueLabelSet set{utf8_of(item(tuple, 0)), {}};
    for (const nb::handle entry : nb::cast<nb::list>(item(tuple, 1)))
      set.entries.push_back(
          {nb::cast<std::int32_t>(item(entry, 0)), utf8_of(item(entry, 1))});
    schema.value_labels.push_back(std::move(set));
  }
  for (const nb::handle tuple : value_or(values, "characteristics", nb::list()))
    schema.characteristics.push_back(
        {utf8_of(item(tuple, 0)), utf8_of(item(tuple, 1)), utf8_of(item(tuple, 2))});
  return schema;
}

}  // namespace stata_pydata::python
