// regexm(), regexs(), regexr() and the ustr forms ([FN] String functions). The session
// keeps the last match, which regexs() shows.
#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "data/storage.h"
#include "expr/functions.h"
#include "expr/regex.h"

namespace adohost {

namespace {

Regex compiled(const std::string& pattern) {
  auto regex = Regex::compile(pattern);
  if (!regex) throw StataError(198, "regexp: invalid regular expression");
  return std::move(*regex);
}

/// The pattern of a column is nearly always one and the same: it is compiled once.
const Regex& pattern_of(const Arguments& a, std::size_t i) {
  static thread_local std::string text;
  static thread_local std::optional<Regex> regex;
  if (!regex || text != a.text(i)) {
    regex = compiled(a.text(i));
    text = a.text(i);
  }
  return *regex;
}

double regexm(const Arguments& a) {
  auto found = pattern_of(a, 1).search(a.text(0));
  a.session().regex_match = found ? std::move(*found) : std::vector<std::string>();
  return a.session().regex_match.empty() ? 0 : 1;
}

std::string regexs(const Arguments& a) {
  const auto& match = a.session().regex_match;
  const double n = a.number(0);
  if (!(n >= 0 && n <= 9)) throw StataError(198, "invalid syntax");
  const auto group = static_cast<std::size_t>(n);
  return group < match.size() ? match[group] : std::string();
}

/// `with` for a match, its \1 or $1 filled in by the groups.
std::string filled(const std::string& with, const std::vector<std::string>& match) {
  std::string out;
  for (std::size_t i = 0; i < with.size(); ++i) {
    const bool group = (with[i] == '$' || with[i] == '\\') && i + 1 < with.size() &&
                       with[i + 1] >= '0' && with[i + 1] <= '9';
    if (!group) {
      out += with[i];
      continue;
    }
    const auto number = static_cast<std::size_t>(with[++i] - '0');
    if (number < match.size()) out += match[number];
  }
  return out;
}

/// Replaces the first match, or every one.
std::string replaced(const Arguments& a, bool all, bool groups) {
  const Regex& regex = pattern_of(a, 1);
  const std::string& s = a.text(0);
  std::string out;
  std::size_t from = 0;
  while (from <= s.size()) {
    std::size_t begin = 0;
    std::size_t end = 0;
    const auto match = regex.search(s, from, &begin, &end);
    if (!match) break;
    out.append(s, from, begin - from);
    out += groups ? filled(a.text(2), *match) : a.text(2);
    from = end;
    if (begin == end) {
      if (end < s.size()) out += s[end];
      ++from;
    }
    if (!all) break;
  }
  return from <= s.size() ? out.append(s, from) : out;
}

constexpr Function kFunctions[] = {
    number_row("regexm", "ss", regexm),
    text_row("regexs", "n", regexs),
    text_row("regexr", "sss",
             [](const Arguments& a) { return replaced(a, false, false); }),
    text_row("regexrf", "sss",
             [](const Arguments& a) { return replaced(a, false, true); }),
    text_row("regexra", "sss",
             [](const Arguments& a) { return replaced(a, true, true); }),
    number_row("ustrregexm", "ss", regexm),
    text_row("ustrregexs", "n", regexs),
    text_row("ustrregexrf", "sss",
             [](const Arguments& a) { return replaced(a, false, true); }),
    text_row("ustrregexra", "sss",
             [](const Arguments& a) { return replaced(a, true, true); }),
};

}  // namespace

std::span<const Function> regex_functions() {
  return kFunctions;
}

}  // namespace adohost
