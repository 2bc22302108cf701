// Expressions ([U] 13): parsed once into a tree whose names are bound to variables,
// scalars and functions, then evaluated for one observation or many. An Expression
// borrows the session it was parsed in and is valid until a variable is dropped, moved or
// changes between number and string; adding one at the end and promoting one are fine.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "expr/value.h"

namespace adohost {

class Session;

/// Where an expression is evaluated: one observation, and the run of observations (by
/// group) that `_n`, `_N` and subscripts count in. All from 0; last is one past the end.
struct Place {
  std::int64_t obs = 0;
  std::int64_t first = 0;
  std::int64_t last = 0;
};

class Expression {
 public:
  /// Parses all of `text`. Throws StataError: 198, 111 "x not found", 133 "unknown
  /// function f()", 109 type mismatch (types are checked here, not per observation).
  Expression(Session& session, std::string_view text);
  /// Parses the expression at the start of `text` and takes it off, with the blanks after
  /// it (display has several in a row).
  static Expression take(Session& session, std::string_view* text);
  ~Expression();
  Expression(Expression&&) noexcept;
  Expression& operator=(Expression&&) noexcept;

  bool is_string() const;
  /// Whether the value can differ between observations (names a variable, _n,
  /// runiform()).
  bool varies() const;
  /// Whether observations must be evaluated one by one, in order, and only those that the
  /// command works on: sum() and runiform() remember where they are.
  bool stateful() const;
  /// Whether it reads what a match at the same observation left behind (regexs()).
  bool recalls() const;
  /// Whether the value at one observation may read variable `v` at another (x[_n-1]).
  bool subscripts(int v) const;

  Value evaluate(const Place& place) const;
  double number(const Place& place) const;  // REQUIRES: !is_string()
  /// The values of `count` observations from place.obs on, all in place's run. This is
  /// the quick way. REQUIRES: the matching is_string().
  void numbers(const Place& place, std::int64_t count, double* out) const;
  void texts(const Place& place, std::int64_t count, std::string* out) const;

  struct Node;

 private:
  Expression(Session& session, std::unique_ptr<Node> root);

  std::unique_ptr<Node> root_;
  Session* session_;
};

/// Where an expression is evaluated that no observation is named for: the first
/// observation of the by group, or of the data.
Place first_place(const Session& session);
/// Evaluates `text` once, there, as Stata does for `display`, `scalar`, `if`.
Value evaluate(Session& session, std::string_view text);
/// The same, which must be a number (else 109).
double evaluate_number(Session& session, std::string_view text);

}  // namespace adohost
