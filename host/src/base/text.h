// Small helpers on text. Stata's strings are UTF-8 bytes; what counts characters says so.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adohost {

std::string_view trim(std::string_view s);  // both ends, blanks and tabs
std::string_view trim_left(std::string_view s);
std::string_view trim_right(std::string_view s);
std::vector<std::string> split_blank(std::string_view s);  // on runs of blanks; no quotes
std::string lower(std::string_view s);                     // ASCII letters only
std::string upper(std::string_view s);                     // ASCII letters only
bool starts_with_icase(std::string_view s, std::string_view prefix);

/// Whether `word` is `name` or an abbreviation of it with at least `minimum` characters.
bool abbreviates(std::string_view word, std::string_view name, std::size_t minimum);

/// A legal Stata name of at most 32 characters ([U] 11.3): first a letter or `_`, then
/// letters, digits, `_`; any code point above 127 counts as a letter. Reserved words are
/// not looked at (see is_reserved).
bool is_name(std::string_view s);
bool is_reserved(std::string_view s);

/// Characters (code points) in `s`; a byte that is no UTF-8 counts as one character.
std::size_t utf8_length(std::string_view s);
/// The first `n` characters of `s`.
std::string_view utf8_prefix(std::string_view s, std::size_t n);

/// `s` padded with blanks to `width` characters, on the left or on the right; never cut.
std::string pad_left(std::string_view s, std::size_t width);
std::string pad_right(std::string_view s, std::size_t width);

/// Stata's abbreviation of a name to `width` characters: `leadpr~e` ([R] list: the tail
/// after `~` is the last character; summarize and describe use it too).
std::string abbreviate(std::string_view name, std::size_t width);

/// A whole decimal number, or nothing where `s` is anything else.
std::optional<long long> to_integer(std::string_view s);
/// A number as Stata reads one from text: decimal, e/d exponents, hex `1.8X+004`, `.`,
/// `.a`-`.z` (missing codes of storage.h); nothing where `s` is anything else.
std::optional<double> to_number(std::string_view s);

}  // namespace adohost
