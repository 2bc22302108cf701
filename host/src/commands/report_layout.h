// Pieces that the layouts of the report commands share: wrapped headings, centred titles,
// rules and counts. Pure functions of text; widths are in characters.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace adohost {

/// `text` in lines of at most `width` characters, broken at blanks; a word that is longer
/// is cut. One empty line where there is no text.
std::vector<std::string> wrap_words(std::string_view text, std::size_t width);

/// `text` set in the middle of `width` characters by blanks on its left alone; where the
/// blanks are odd the text stands one to the left. Text that is too long is left as it
/// is.
std::string indent_to_center(std::string_view text, std::size_t width);

/// `n` dashes.
std::string dashes(std::size_t n);

/// A count with commas, as `74` and `10,000,000`; where it is no whole number or too long
/// for `width`, the number with width - 2 digits. Padded on the left to `width`.
std::string count_text(double n, std::size_t width);

/// format_number without blanks around it.
std::string number_text(double x, std::string_view format);

}  // namespace adohost
