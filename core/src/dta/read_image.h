// Whole images as plain values, for tests.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "stata_pydata/image_reader.h"
#include "stata_pydata/missing.h"

namespace stata_pydata::dta {

inline RowSelection all_rows(const ImageReader& reader) {
  return {.begin = 0, .count = reader.observations()};
}

inline std::vector<double> doubles(const ImageReader& reader, std::int64_t variable,
                                   const RowSelection& rows,
                                   const ReadOptions& options = {}) {
  std::vector<double> values(static_cast<std::size_t>(rows.count));
  const NumberRequest request{
      variable, {NumberForm::float64, reinterpret_cast<std::byte*>(values.data()), 8}};
  reader.read_numbers({&request, 1}, rows, options);
  return values;
}

inline std::vector<std::string> texts(const ImageReader& reader, std::int64_t variable,
                                      const RowSelection& rows,
                                      const ReadOptions& options = {}) {
  std::vector<std::int64_t> offsets(static_cast<std::size_t>(rows.count) + 1);
  reader.text_offsets(variable, rows, offsets.data(), options);
  std::string bytes(static_cast<std::size_t>(offsets.back()), '\xEE');
  reader.read_texts(variable, rows, offsets.data(), bytes.data(), options);
  std::vector<std::string> found;
  for (std::size_t i = 0; i + 1 < offsets.size(); ++i)
    found.push_back(bytes.substr(static_cast<std::size_t>(offsets[i]),
                                 static_cast<std::size_t>(offsets[i + 1] - offsets[i])));
  return found;
}

/// A number as text: "1.5", ".", ".a".
inline std::string number_shown(double value) {
  if (!std::isnan(value)) {
    char digits[32];
    std::snprintf(digits, sizeof digits, "%.17g", value);
    return digits;
  }
  const int number = missing_of_nan(std::bit_cast<std::uint64_t>(value));
  return number == 0 ? "." : std::string{'.', missing_letter(number)};
}

/// The cells of a variable as texts.
inline std::vector<std::string> shown(const ImageReader& reader, std::int64_t variable) {
  const auto& type = reader.schema().variables[static_cast<std::size_t>(variable)].type;
  if (type.is_text()) return texts(reader, variable, all_rows(reader));
  std::vector<std::string> cells;
  if (type.is_numeric())
    for (const double value : doubles(reader, variable, all_rows(reader)))
      cells.push_back(number_shown(value));
  return cells;
}

}  // namespace stata_pydata::dta
