// Numlists ([U] 11.1.8): `1 2 3`, `1/5`, `1(2)9`, `1[2]9`, `1 2 to 9`, `5/1`, missing
// values.
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace adohost {

/// The numbers in order. Throws 121 invalid numlist, 123 where there are more than ten
/// million.
std::vector<double> parse_numlist(std::string_view text);

/// What the numlist command and a numlist option may ask of the numbers.
struct NumlistRules {
  bool ascending = false;
  bool descending = false;
  bool integer = false;
  bool missing_okay = false;
  bool sort = false;
  std::size_t minimum = 1;
  std::size_t maximum = 2500;
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool low_open = false;   // > instead of >=
  bool high_open = false;  // < instead of <=
};

/// Takes a word of a rule such as `ascending`, `min=2`, `>=0`, `range(>0 <=1)`. Returns
/// false for what is none.
bool add_numlist_rule(NumlistRules& rules, std::string_view word);

/// Sorts where the rules say so, then throws 122 (too few), 123 (too many), 124 (out of
/// order), 125 (out of range), 126 (no integer), 127 (missing).
void apply_numlist_rules(const NumlistRules& rules, std::vector<double>& numbers);

/// A number of a list as text: 15 digits, so that the steps of 0(.1)1 are .6 and .7.
std::string numlist_word(double x);
/// The numbers as text, separated by blanks.
std::string numlist_text(const std::vector<double>& numbers);

}  // namespace adohost
