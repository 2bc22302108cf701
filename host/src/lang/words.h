// Words of Stata text: how tokenize, gettoken, `word # of', macro lists and options cut a
// text into pieces, honouring "quotes", `"compound quotes"' and brackets. Nothing here
// owns text: every view points into the text that was given.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace adohost {

/// Whether `text` starts with a simple or a compound quote.
bool starts_quoted(std::string_view text);
/// `s` without its outer quotes, where all of it is one quoted string; else `s` itself.
std::string_view without_quotes(std::string_view s);

/// The position of `c` outside quotes and brackets, or npos.
std::size_t find_outside(std::string_view text, char c);

struct TokenRules {
  std::string_view parse = " ";  // blanks separate; any other of these is a token itself
  bool bind = false;             // what stands in () and [] is not cut
  bool match = false;            // a token in () is bound and loses them
};

struct Token {
  std::string_view raw;   // as typed
  std::string_view text;  // without its outer quotes (or parentheses, under match)
  std::string_view rest;  // everything after it
  bool found = false;     // false at the end of the text
  bool quoted = false;
  bool parenthesised = false;  // under match
};

/// The first token of `text`. Throws 132 for quotes and (under bind and match) brackets
/// that are never closed.
Token next_token(std::string_view text, const TokenRules& rules = {});
std::vector<Token> tokens(std::string_view text, const TokenRules& rules = {});

/// An option as it was typed: `name`, or `name(argument)`.
struct TypedOption {
  std::string_view name;
  std::string_view argument;  // between the parentheses, untrimmed
  bool has_argument = false;
};
/// Cuts what follows the comma. Throws 198 "option x not allowed" for what can be none.
std::vector<TypedOption> typed_options(std::string_view text);

/// `s` in the plainest quotes that hold it: none where `bare` and it has no blank, "s",
/// or
/// `"s"'.
std::string in_quotes(std::string_view s, bool bare = false);

/// Cuts `text` at the comma that begins options; what stands before it, trimmed.
std::string_view cut_options(std::string_view& text);
/// The words with a blank between them.
std::string joined(const std::vector<std::string>& words);

}  // namespace adohost
