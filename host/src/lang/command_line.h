// One command, macro-expanded and split by Stata's standard syntax ([U] 11.1):
//   command [anything] [=exp] [if exp] [in range] [using file] [weight] [, options]
// The split knows quotes, compound quotes and parentheses, so a comma inside (), [] or ""
// begins no options.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adohost {

struct CommandLine {
  std::string command;   // the word as typed (an abbreviation stays one)
  std::string rest;      // everything after it, verbatim
  std::string anything;  // what stands before =, if, in, using, [weight] or the comma
  std::optional<std::string> exp;         // after =, without it
  std::optional<std::string> if_text;     // after `if`, without it
  std::optional<std::string> in_text;     // after `in`, without it
  std::optional<std::string> using_text;  // after `using`, quotes stripped
  std::string using_raw;                  // the same as typed, quotes and all
  std::optional<std::string> weight;      // between [ ], e.g. "fw=pop"
  bool has_comma = false;
  std::string options;  // after the comma, verbatim

  std::string if_or_empty() const { return if_text.value_or(""); }
  std::string in_or_empty() const { return in_text.value_or(""); }
};

/// Splits `rest`. Throws 198 on what Stata rejects (two `if`, `in` without a range, ...).
CommandLine split_command(std::string_view command, std::string_view rest);

/// What a command does not take, it says, and gets Stata's error: 101 "if not allowed",
/// "in range not allowed", "using not allowed", "weights not allowed", "=exp not
/// allowed", "varlist not allowed"; 198 where options are given.
enum Allow : unsigned {
  kAllowNothing = 0,
  kAllowAnything = 1,
  kAllowExp = 2,
  kAllowIf = 4,
  kAllowIn = 8,
  kAllowUsing = 16,
  kAllowWeight = 32,
  kAllowOptions = 64,
  kAllowSample = kAllowIf | kAllowIn,
};
void require_only(const CommandLine& line, unsigned allowed);

/// The options that a command takes, and what was typed.
struct OptionRule {
  std::string_view name;  // lower case
  std::size_t minimum;    // shortest abbreviation
  bool takes_argument = false;
};
struct Options {
  std::vector<std::pair<std::string, std::string>> given;  // full name, argument

  bool has(std::string_view name) const;
  /// The text between the parentheses, or nothing.
  std::optional<std::string> argument(std::string_view name) const;
};
/// Throws 198 "option x not allowed", and "option x() incorrectly specified" where an
/// argument is missing or too many.
Options parse_options(std::string_view text, const std::vector<OptionRule>& rules);

}  // namespace adohost
