// For test_corpus.py: everything that an image holds, as JSON. Texts are hexadecimal, for
// they are bytes; numbers are decimal and exact, missing values are ".", ".a" ... ".z".
#include <bit>
#include <cmath>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "stata_pydata/image_check.h"
#include "stata_pydata/image_reader.h"
#include "stata_pydata/missing.h"

namespace dta = stata_pydata::dta;

namespace {

std::string hex(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    char digits[3];
    std::snprintf(digits, sizeof digits, "%02x", static_cast<unsigned char>(c));
    out += digits;
  }
  return out + '"';
}

template <typename Items, typename Shown>
std::string list(const Items& items, const Shown& shown) {
  std::string out = "[";
  for (const auto& item : items) out += (out.size() > 1 ? "," : "") + shown(item);
  return out + "]";
}

std::string number(double value) {
  char text[40];
  if (std::isnan(value)) {
    const int missing = dta::missing_of_nan(std::bit_cast<std::uint64_t>(value));
    return missing == 0 ? "\".\""
                        : std::string("\".") + dta::missing_letter(missing) + '"';
  }
  std::snprintf(text, sizeof text, "\"%.17g\"", value);
  return text;
}

std::string texts(const dta::ImageReader& reader, std::int64_t variable) {
  const dta::RowSelection rows{.count = reader.observations()};
  std::vector<std::int64_t> offsets(static_cast<std::size_t>(rows.count) + 1);
  reader.text_offsets(variable, rows, offsets.data());
  std::string bytes(static_cast<std::size_t>(offsets.back()), '\0');
  reader.read_texts(variable, rows, offsets.data(), bytes.data());
  std::vector<std::string_view> cells;
  for (std::size_t i = 0; i + 1 < offsets.size(); ++i) {
    const auto begin = static_cast<std::size_t>(offsets[i]);
    cells.push_back(std::string_view(bytes).substr(
        begin, static_cast<std::size_t>(offsets[i + 1]) - begin));
  }
  return list(cells, hex);
}

std::string numbers(const dta::ImageReader& reader, std::int64_t variable) {
  std::vector<double> values(static_cast<std::size_t>(reader.observations()));
  const dta::NumberRequest request{
      variable,
      {dta::NumberForm::float64, reinterpret_cast<std::byte*>(values.data()), 8}};
  reader.read_numbers({&request, 1}, {.count = reader.observations()});
  return list(values, number);
}

std::string column(const dta::ImageReader& reader, const dta::Variable& variable) {
  const std::int64_t index = &variable - reader.schema().variables.data();
  return "{\"name\":" + hex(variable.name) + ",\"type\":\"" +
         dta::type_name(variable.type) + "\",\"format\":" + hex(variable.format) +
         ",\"label\":" + hex(variable.label) +
         ",\"value_label\":" + hex(variable.value_label) + ",\"cells\":" +
         (variable.type.is_text()      ? texts(reader, index)
          : variable.type.is_numeric() ? numbers(reader, index)
                                       : "[]") +
         "}";
}

std::string label_set(const dta::ValueLabelSet& set) {
  return "[" + hex(set.name) + "," +
         list(set.entries,
              [](const dta::ValueLabel& entry) {
                return "[" + std::to_string(entry.value) + "," + hex(entry.text) + "]";
              }) +
         "]";
}

std::string characteristic(const dta::Characteristic& item) {
  return "[" + hex(item.owner) + "," + hex(item.name) + "," + hex(item.contents) + "]";
}

std::vector<std::string> errors_of(const std::string& image) {
  std::vector<std::string> errors;
  for (const auto& found : dta::check_image(std::as_bytes(std::span(image))).findings)
    if (found.severity == dta::Severity::error) errors.push_back(found.sentence);
  return errors;
}

}  // namespace

int main(int count, char** arguments) try {
  if (count != 2) return 2;
  std::ifstream file(arguments[1], std::ios::binary);
  const std::string image{std::istreambuf_iterator<char>(file), {}};
  const dta::ImageReader reader(std::as_bytes(std::span(image)));
  const dta::Schema& schema = reader.schema();
  const std::string json =
      "{\"release\":" + std::to_string(schema.release) +
      ",\"observations\":" + std::to_string(reader.observations()) +
      ",\"data_label\":" + hex(schema.data_label) +
      ",\"timestamp\":" + hex(schema.timestamp) + ",\"variables\":" +
      list(schema.variables,
           [&](const dta::Variable& variable) { return column(reader, variable); }) +
      ",\"value_labels\":" + list(schema.value_labels, label_set) +
      ",\"characteristics\":" + list(schema.characteristics, characteristic) +
      ",\"errors\":" + list(errors_of(image), hex) + "}";
  std::puts(json.c_str());
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
