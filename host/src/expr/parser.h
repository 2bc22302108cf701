// Reads expressions ([U] 13). Precedence, from tight to loose: ! ~, ^ (to the left),
// unary minus, * /, + -, comparisons, &, |.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "expr/node.h"
#include "expr/operators.h"

namespace adohost {

class Parser {
 public:
  Parser(Session& session, std::string_view text) : session_(session), text_(text) {}

  /// The longest expression at the cursor.
  NodePtr expression();
  /// One number, string, name, call or bracket, for parsers around this one.
  NodePtr operand() { return primary(); }
  /// 198 (or 132 for a stray bracket) where anything but blanks is left.
  void require_end();
  /// The cursor, past blanks.
  std::size_t position();

 private:
  NodePtr disjunction();
  NodePtr conjunction();
  NodePtr comparison();
  NodePtr sum();
  NodePtr product();
  NodePtr negation();
  NodePtr power();
  NodePtr complement();
  NodePtr primary();

  NodePtr number();
  NodePtr text_literal();
  NodePtr named();
  NodePtr indexed(std::string_view name);
  NodePtr called(std::string_view name);
  NodePtr special_call(std::string_view name);
  std::string quoted();
  std::string_view raw_argument();
  std::string_view take_name();

  void skip_blanks();
  char peek(std::size_t ahead = 0) const;
  bool take(std::string_view token);
  void require_close(char bracket);
  NodePtr binary(Operator op, NodePtr left, NodePtr right);

  Session& session_;
  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  int operators_ = 0;
};

}  // namespace adohost
