#include "lang/tokens.h"

#include <cctype>

#include "base/error.h"
#include "base/text.h"

namespace adohost {

namespace {

bool is_word_char(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool opens_compound(std::string_view s, std::size_t i) {
  return s[i] == '`' && i + 1 < s.size() && s[i + 1] == '"';
}

bool opens_quote(std::string_view s, std::size_t i) {
  return s[i] == '"' || opens_compound(s, i);
}

std::size_t skip_blanks(std::string_view s, std::size_t i) {
  while (i < s.size() && (s[i] == ' ' || s[i] == '\t')) ++i;
  return i;
}

/// The operand at `i`, with calls and subscripts that follow it directly; `i` where there
/// is none.
std::size_t skip_operand(std::string_view s, std::size_t i) {
  const std::size_t start = i;
  if (opens_quote(s, i)) {
    i = skip_quoted(s, i);
  } else if (s[i] == '(') {
    i = skip_brackets(s, i);
  } else {
    while (i < s.size() && (is_word_char(s[i]) || s[i] == '.' || s[i] == '#')) {
      const bool exponent = (s[i] == 'e' || s[i] == 'E' || s[i] == 'X' || s[i] == 'x') &&
                            std::isdigit(static_cast<unsigned char>(s[start])) &&
                            i + 1 < s.size() && (s[i + 1] == '-' || s[i + 1] == '+');
      i += exponent ? 2 : 1;
    }
  }
  while (i > start && i < s.size() && (s[i] == '(' || s[i] == '['))
    i = skip_brackets(s, i);
  return i;
}

std::size_t skip_operator(std::string_view s, std::size_t i) {
  for (const std::string_view two : {"==", "!=", "~=", "<=", ">="}) {
    if (s.substr(i).starts_with(two)) return i + 2;
  }
  return std::string_view("+-*/^&|<>=").find(s[i]) == std::string_view::npos ? i : i + 1;
}

}  // namespace

std::size_t skip_quoted(std::string_view s, std::size_t i) {
  if (s[i] == '"') {
    const std::size_t end = s.find('"', i + 1);
    if (end == std::string_view::npos) throw StataError(132, "too few quotes");
    return end + 1;
  }
  std::size_t depth = 0;
  while (i + 1 < s.size()) {
    if (opens_compound(s, i)) {
      ++depth;
      i += 2;
    } else if (s[i] == '"' && s[i + 1] == '\'') {
      i += 2;
      if (--depth == 0) return i;
    } else {
      ++i;
    }
  }
  throw StataError(132, "too few quotes");
}

std::size_t skip_brackets(std::string_view s, std::size_t i) {
  std::size_t depth = 0;
  while (i < s.size()) {
    if (opens_quote(s, i)) {
      i = skip_quoted(s, i);
      continue;
    }
    const char c = s[i++];
    if (c == '(' || c == '[' || c == '{') ++depth;
    if ((c == ')' || c == ']' || c == '}') && --depth == 0) return i;
  }
  throw StataError(132, "too few ')' or ']'");
}

std::string strip_quotes(std::string_view s) {
  s = trim(s);
  if (s.size() >= 4 && opens_compound(s, 0) && s.ends_with("\"'") &&
      skip_quoted(s, 0) == s.size()) {
    return std::string(s.substr(2, s.size() - 4));
  }
  if (s.size() >= 2 && s[0] == '"' && skip_quoted(s, 0) == s.size()) {
    return std::string(s.substr(1, s.size() - 2));
  }
  return std::string(s);
}

std::size_t word_length(std::string_view s) {
  std::size_t n = 0;
  while (n < s.size() && is_word_char(s[n])) ++n;
  return n;
}

std::string_view take_piece(std::string_view& s) {
  s = trim_left(s);
  std::size_t n = 0;
  if (!s.empty() && opens_quote(s, 0)) {
    n = skip_quoted(s, 0);
  } else {
    while (n < s.size() && s[n] != ' ' && s[n] != '\t') ++n;
  }
  const std::string_view piece = s.substr(0, n);
  s = trim_left(s.substr(n));
  return piece;
}

std::size_t expression_extent(std::string_view s) {
  std::size_t i = 0;
  for (;;) {
    i = skip_blanks(s, i);
    while (i < s.size() &&
           std::string_view("-+!~").find(s[i]) != std::string_view::npos) {
      i = skip_blanks(s, i + 1);
    }
    if (i >= s.size()) return s.size();
    const std::size_t end = skip_operand(s, i);
    if (end == i) return i;
    const std::size_t next = skip_blanks(s, end);
    if (next >= s.size()) return s.size();
    const std::size_t after = skip_operator(s, next);
    if (after == next) return end;
    i = after;
  }
}

}  // namespace adohost
