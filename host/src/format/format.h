// Display formats ([D] format, [D] Datetime display formats): %w.dg %w.df %w.de with `c`,
// `-` and `0`, %21x, %16H, %8L and so on, %t*, %d, %#s.
#pragma once

#include <string>
#include <string_view>

namespace adohost {

/// Whether `format` is a format that Stata accepts, of a number or of a string.
bool is_numeric_format(std::string_view format);
bool is_string_format(std::string_view format);
bool is_date_format(std::string_view format);
/// Characters that the format takes at least (w of %w.dg, the width of a date).
int format_width(std::string_view format);
bool is_left_aligned(std::string_view format);
/// The format of a number with at least `width` characters: %9.0g becomes %12.0g. Dates
/// and formats that are wide enough stay as they are.
std::string widened_format(std::string_view format, int width);

/// `set dp`: whether numbers are shown with a comma for the decimal point, and a point
/// between thousands. One setting for the whole process; any thread may ask.
void set_decimal_comma(bool on);
bool decimal_comma();

/// `x` in `format`, padded to its width. Missing values are shown as `.`, `.a` ...
/// REQUIRES: is_numeric_format(format) (throws 120 "invalid %format" otherwise).
std::string format_number(double x, std::string_view format);
/// The same with a decimal point, whatever `set dp` says.
std::string plain_number(double x, std::string_view format);
/// `s` in `format` (%9s, %-9s, %~9s): padded, never cut.
std::string format_text(std::string_view s, std::string_view format);

/// The number as macro text (`local x = exp`): %18.0g, trimmed; missing as `.`. `display`
/// without a format shows %10.0g instead.
std::string macro_number(double x);

}  // namespace adohost
