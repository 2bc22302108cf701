// The few lexical rules that the command splitter, the options, control commands and
// macro commands share: quoted texts, brackets, words.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace adohost {

/// One past the end of the quoted text that begins at `i` with `"` or `` `" ``; compound
/// quotes nest. Throws 132 "too few quotes".
std::size_t skip_quoted(std::string_view s, std::size_t i);

/// One past the bracket that closes the ( [ or { at `i`; quotes inside are skipped.
/// Throws 132 "too few ')' or ']'".
std::size_t skip_brackets(std::string_view s, std::size_t i);

/// `s` trimmed and without its outer pair of simple or compound quotes, if that pair
/// encloses all of it.
std::string strip_quotes(std::string_view s);

/// The length of the Stata word at the start of `s`: letters, digits, `_` and what lies
/// beyond ASCII.
std::size_t word_length(std::string_view s);

/// Takes the first blank-separated piece off `s` (a quoted text is one piece, with its
/// quotes), and the blanks after it.
std::string_view take_piece(std::string_view& s);

/// Where the expression at the start of `s` ends: operands and operators in turn, as in
/// `if x > 1 & y == "a" display 1`. Throws 132 for open quotes or brackets.
std::size_t expression_extent(std::string_view s);

}  // namespace adohost
