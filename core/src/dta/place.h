// How errors name a place in the data.
#pragma once

#include <charconv>
#include <cstdint>
#include <string>

#include "stata_pydata/error.h"

namespace stata_pydata::dta {

/// "variable x, row 11"; rows count from 0.
inline std::string place(const std::string& variable, std::int64_t row) {
  return "variable " + variable + ", row " + std::to_string(row);
}

/// The shortest digits that stand for this number alone.
inline std::string number_text(double value) {
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  return std::string(digits, end);
}

}  // namespace stata_pydata::dta
