// The functions of expressions ([FN]). Adding one is adding a row to the table of its
// group and writing a C++ function that computes one observation.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "expr/node.h"

namespace adohost {

/// The arguments of one call at one observation.
class Arguments {
 public:
  struct Column {
    bool is_string = false;
    std::vector<double> numbers;
    std::vector<std::string> texts;
  };

  Arguments(const Block& block, std::span<const Column> columns, std::size_t row)
      : block_(block), columns_(columns), row_(row) {}

  std::size_t count() const { return columns_.size(); }
  bool is_string(std::size_t i) const { return columns_[i].is_string; }
  double number(std::size_t i) const { return columns_[i].numbers[row_]; }
  const std::string& text(std::size_t i) const { return columns_[i].texts[row_]; }
  Session& session() const { return block_.session; }
  /// The value of argument `i`, or `otherwise` where it was not given.
  double number_or(std::size_t i, double otherwise) const {
    return i < count() ? number(i) : otherwise;
  }

 private:
  const Block& block_;
  std::span<const Column> columns_;
  std::size_t row_;
};

struct Function {
  std::string_view name;
  /// One letter per argument: n number, s string, a either, x either but all alike. `?`
  /// before the first optional one; `*` at the end repeats the last any number of times.
  std::string_view parameters;
  /// Exactly one of these is set. `plain` is for functions of one number that make `.` of
  /// missing.
  double (*plain)(double) = nullptr;
  double (*number)(const Arguments&) = nullptr;
  std::string (*text)(const Arguments&) = nullptr;
  /// Differs from call to call (runiform()).
  bool draws = false;
};

/// A row of a family's table: a function that yields a number, or one that yields a text.
constexpr Function number_row(std::string_view name, std::string_view parameters,
                              double (*f)(const Arguments&), bool draws = false) {
  return {name, parameters, nullptr, f, nullptr, draws};
}
constexpr Function text_row(std::string_view name, std::string_view parameters,
                            std::string (*f)(const Arguments&)) {
  return {name, parameters, nullptr, nullptr, f, false};
}

std::span<const Function> math_functions();
std::span<const Function> statistical_functions();
std::span<const Function> string_functions();
std::span<const Function> regex_functions();
std::span<const Function> date_functions();
std::span<const Function> programming_functions();

/// The call `name(arguments)`. Throws 133 "unknown function name()", 198 "invalid syntax"
/// for a wrong number of arguments, 109 for wrong types.
NodePtr make_call(std::string_view name, std::vector<NodePtr> arguments);

/// Whether there is a function of that name.
bool is_function(std::string_view name);

}  // namespace adohost
