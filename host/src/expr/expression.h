// Expressions ([U] 13): parsed once into a tree whose names are bound to variables, scalars
// and functions, then evaluated per observation. An Expression borrows the session it was
// parsed in and is valid until a variable is added, dropped or changes its type.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "expr/value.h"

namespace adohost {

class Session;

/// Where an expression is evaluated: one observation, and the run of observations (by group)
/// that `_n`, `_N` and subscripts count in. All from 0; last is one past the end.
struct Place {
  std::int64_t obs = 0;
  std::int64_t first = 0;
  std::int64_t last = 0;
};

class Expression {
 public:
  /// Parses all of `text`. Throws StataError: 198, 111 "x not found", 133 "unknown function
  /// f()", 109 type mismatch (types are checked here, not per observation).
  Expression(Session& session, std::string_view text);
  ~Expression();
  Expression(Expression&&) noexcept;
  Expression& operator=(Expression&&) noexcept;

  bool is_string() const;
  /// Whether the value can differ between observations (names a variable, _n, runiform()).
  bool varies() const;
  Value evaluate(const Place& place) const;
  double number(const Place& place) const;  // REQUIRES: !is_string()

  struct Node;

 private:
  std::unique_ptr<Node> root_;
  Session* session_;
};

/// Evaluates `text` once, at observation 1 as Stata does for `display`, `scalar`, `if`.
Value evaluate(Session& session, std::string_view text);
/// The same, which must be a number (else 109).
double evaluate_number(Session& session, std::string_view text);

}  // namespace adohost
