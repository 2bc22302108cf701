// Turns what a user types as a varlist into variables ([U] 11.4): names, abbreviations
// (where `set varabbrev` is on), `*`, `?`, `~`, ranges `a-b`, `_all`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "data/dataset.h"

namespace adohost {

struct VarlistRules {
  bool abbreviate = true;  // `set varabbrev`
  bool numeric_only =
      false;  // 109-style errors: "string variables not allowed in varlist"
  bool string_only = false;
  std::size_t minimum = 0;       // 102 too few variables specified
  std::size_t maximum = 120000;  // 103 too many variables specified
};

/// Positions in the order typed (a variable may be named twice). Throws 111, 102, 103,
/// 109 with Stata's texts.
std::vector<int> parse_varlist(const Dataset& data, std::string_view text,
                               const VarlistRules& rules = {});
/// The one variable that `name` names or abbreviates, or a 111 error ("ambiguous
/// abbreviation" too).
int find_variable(const Dataset& data, std::string_view name, bool abbreviate);
/// A newvarlist such as `a b x1-x4`: names only; throws 110 where one exists, 198.
std::vector<std::string> parse_newvarlist(const Dataset& data, std::string_view text);

}  // namespace adohost
