#include "lang/words.h"

#include "base/error.h"
#include "base/text.h"
#include "lang/tokens.h"

namespace adohost {
namespace {

constexpr auto npos = std::string_view::npos;

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

bool opens(char c) {
  return c == '(' || c == '[' || c == '{';
}
bool closes(char c) {
  return c == ')' || c == ']' || c == '}';
}

bool is_separator(char c, std::string_view parse) {
  if (is_blank(c)) return parse.find(' ') != npos;
  return parse.find(c) != npos;
}

/// Bytes of the unquoted token at the start of `text`.
std::size_t plain_length(std::string_view text, const TokenRules& rules) {
  if (rules.match && text[0] == '(') return skip_brackets(text, 0);
  if (is_separator(text[0], rules.parse)) return 1;
  std::size_t i = 0;
  while (i < text.size() && !is_separator(text[i], rules.parse)) {
    const bool bound = (rules.bind && (text[i] == '(' || text[i] == '[')) ||
                       (rules.match && text[i] == '(');
    i = bound ? skip_brackets(text, i) : i + 1;
  }
  return i;
}

}  // namespace

bool starts_quoted(std::string_view text) {
  return text.starts_with('"') || text.starts_with("`\"");
}

std::string_view without_quotes(std::string_view s) {
  if (!starts_quoted(s) || skip_quoted(s, 0) != s.size()) return s;
  const std::size_t n = s.front() == '"' ? 1 : 2;
  return s.substr(n, s.size() - 2 * n);
}

std::size_t find_outside(std::string_view text, char c) {
  int depth = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (starts_quoted(text.substr(i))) {
      i = skip_quoted(text, i);
      continue;
    }
    if (depth == 0 && text[i] == c) return i;
    if (opens(text[i])) ++depth;
    if (closes(text[i]) && depth > 0) --depth;
    ++i;
  }
  return npos;
}

Token next_token(std::string_view text, const TokenRules& rules) {
  if (rules.parse.find(' ') != npos) text = trim_left(text);
  Token token;
  token.rest = text;
  if (text.empty()) return token;
  token.found = true;
  token.quoted = starts_quoted(text) && rules.parse.find('"') == npos;
  const std::size_t n = token.quoted ? skip_quoted(text, 0) : plain_length(text, rules);
  token.raw = token.text = text.substr(0, n);
  token.rest = text.substr(n);
  if (token.quoted) {
    token.text = without_quotes(token.raw);
  } else if (rules.match && token.raw.front() == '(' &&
             skip_brackets(token.raw, 0) == n) {
    token.parenthesised = true;
    token.text = token.raw.substr(1, n - 2);
  }
  return token;
}

std::vector<Token> tokens(std::string_view text, const TokenRules& rules) {
  std::vector<Token> found;
  for (Token t = next_token(text, rules); t.found; t = next_token(t.rest, rules))
    found.push_back(t);
  return found;
}

std::vector<TypedOption> typed_options(std::string_view text) {
  std::vector<TypedOption> options;
  for (text = trim_left(text); !text.empty(); text = trim_left(text)) {
    const std::size_t n = word_length(text);
    if (n == 0) fail_option(std::string(next_token(text).raw));
    TypedOption option{text.substr(0, n), {}, false};
    text = trim_left(text.substr(n));
    if (text.starts_with('(')) {
      const std::size_t length = skip_brackets(text, 0);
      option.has_argument = true;
      option.argument = text.substr(1, length - 2);
      text.remove_prefix(length);
    }
    options.push_back(option);
  }
  return options;
}

std::string in_quotes(std::string_view s, bool bare) {
  if (s.find('"') != npos) return "`\"" + std::string(s) + "\"'";
  if (bare && !s.empty() && s.find_first_of(" \t") == npos) return std::string(s);
  return '"' + std::string(s) + '"';
}

std::string_view cut_options(std::string_view& text) {
  const std::size_t comma = find_outside(text, ',');
  const std::string_view before = trim(text.substr(0, comma));
  text = comma == npos ? "" : text.substr(comma + 1);
  return before;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text.append(text.empty() ? "" : " ").append(word);
  return text;
}

}  // namespace adohost
