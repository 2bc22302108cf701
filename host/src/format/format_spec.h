// The parts of a display format as the user writes it. Parsing only; what the parts mean
// is in number_format.cc and date_format.cc.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace adohost {

enum class FormatKind {
  general,     // %w.dg
  fixed,       // %w.df
  scientific,  // %w.de
  hex,         // %21x
  bytes_high,  // %16H %8H
  bytes_low,   // %16L %8L
  date,        // %t* and %d
  text,        // %ws
};

struct FormatSpec {
  FormatKind kind = FormatKind::general;
  bool left = false;            // -
  bool centered = false;        // ~, of a string
  bool zeros = false;           // leading zeros
  bool commas = false;          // c
  bool comma_is_point = false;  // %9,2f
  int width = 0;
  int decimals = 0;
  char unit = 0;           // of a date: d c C w m q h y g
  std::string_view codes;  // of a date: what follows the unit, a view of the format
};

/// The parts of `format`, or nothing where Stata would not take it. The result borrows
/// `format`.
std::optional<FormatSpec> parse_format(std::string_view format);

/// A number in a numeric spec that is no date, not padded.
std::string number_body(double x, const FormatSpec& spec);
/// A date in a date spec, not padded.
std::string date_body(double x, const FormatSpec& spec);
/// The characters that the dates of a spec take.
int date_width(const FormatSpec& spec);
/// Whether `codes` is made of display codes that dates know.
bool are_date_codes(std::string_view codes);

}  // namespace adohost
