// What an expression yields: a number (missing values included) or a string of bytes.
#pragma once

#include <string>
#include <utility>

namespace adohost {

struct Value {
  bool is_string = false;
  double number = 0;
  std::string text;

  static Value of(double x) { return Value{false, x, {}}; }
  static Value of(std::string s) { return Value{true, 0, std::move(s)}; }
};

}  // namespace adohost
