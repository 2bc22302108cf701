#include "data/varlist.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "base/wildcard.h"

namespace adohost {
namespace {

std::vector<int> matching(const Dataset& data, std::string_view pattern) {
  std::vector<int> found;
  for (int v = 0; v < data.nvar(); ++v) {
    if (matches_wildcard(pattern, data.variable(v).name)) found.push_back(v);
  }
  return found;
}

[[noreturn]] void fail_ambiguous(std::string_view name) {
  throw StataError(111, std::string(name) + " ambiguous abbreviation");
}

[[noreturn]] void fail_name(std::string_view name) {
  throw StataError(198, std::string(name) + " invalid name");
}

int one_of(const std::vector<int>& found, std::string_view name) {
  if (found.empty()) fail_variable(std::string(name));
  if (found.size() > 1) fail_ambiguous(name);
  return found.front();
}

void check_token(std::string_view token) {
  if (token.find('.') != std::string_view::npos) {
    throw StataError(101, "factor-variable and time-series operators not allowed");
  }
  std::string plain(token);
  std::erase_if(plain, [](char c) { return c == '*' || c == '?' || c == '~'; });
  const bool digits_only_after_wildcard =
      plain.size() < token.size() &&
      (plain.empty() || is_name("_" + plain.substr(0, 31)));
  if (!is_name(plain) && !digits_only_after_wildcard) fail_name(token);
}

/// Splits at blanks; `a - b` with blanks around the hyphen is one token.
std::vector<std::string> varlist_tokens(std::string_view text) {
  std::vector<std::string> tokens;
  bool glue = false;
  for (const std::string& word : split_blank(text)) {
    const bool joins = glue || (word.front() == '-' && !tokens.empty());
    if (joins) {
      tokens.back() += word;
    } else {
      tokens.push_back(word);
    }
    glue = word.back() == '-';
  }
  return tokens;
}

struct Range {
  std::string_view first, last;
};

std::optional<Range> as_range(std::string_view token) {
  const std::size_t hyphen = token.find('-');
  if (hyphen == std::string_view::npos) return std::nullopt;
  const Range range{token.substr(0, hyphen), token.substr(hyphen + 1)};
  if (range.first.empty() || range.last.empty()) fail_syntax();
  if (range.last.find('-') != std::string_view::npos) fail_syntax();
  return range;
}

void append_token(const Dataset& data, std::string_view token, bool abbreviate,
                  std::vector<int>* list) {
  if (data.nvar() == 0) throw StataError(111, "no variables defined");
  if (const auto range = as_range(token)) {
    check_token(range->first);
    check_token(range->last);
    const int first = find_variable(data, range->first, abbreviate);
    const int last = find_variable(data, range->last, abbreviate);
    if (first > last) throw StataError(111, "variables out of order");
    for (int v = first; v <= last; ++v) list->push_back(v);
    return;
  }
  if (token == "_all") token = "*";
  check_token(token);
  if (token.find_first_of("*?") != std::string_view::npos) {
    const std::vector<int> found = matching(data, token);
    if (found.empty()) fail_variable(std::string(token));
    list->insert(list->end(), found.begin(), found.end());
  } else {
    list->push_back(find_variable(data, token, abbreviate));
  }
}

void check_rules(const Dataset& data, const std::vector<int>& list,
                 const VarlistRules& rules) {
  for (const int v : list) {
    const Variable& var = data.variable(v);
    if (rules.numeric_only && var.type.is_string()) {
      throw StataError(109, "string variables not allowed in varlist;\n" + var.name +
                                " is a string variable");
    }
    if (rules.string_only && var.type.is_numeric()) {
      throw StataError(109, "numeric variables not allowed in varlist;\n" + var.name +
                                " is a numeric variable");
    }
  }
  if (list.size() < rules.minimum) throw StataError(102, "too few variables specified");
  if (list.size() > rules.maximum) throw StataError(103, "too many variables specified");
}

struct NumberedName {
  std::string_view stem, digits;
};

NumberedName numbered_name(std::string_view name) {
  std::size_t end = name.size();
  while (end > 0 && name[end - 1] >= '0' && name[end - 1] <= '9') --end;
  return {name.substr(0, end), name.substr(end)};
}

/// x1-x4, x01-x12: the numbers between, with the leading zeros of the first.
std::vector<std::string> numbered_names(const Range& range) {
  const NumberedName first = numbered_name(range.first), last = numbered_name(range.last);
  const bool sane = first.stem == last.stem && !first.digits.empty() &&
                    !last.digits.empty() && first.digits.size() < 9 &&
                    last.digits.size() < 9;
  if (!sane) fail_name(std::string(range.first) + "-" + std::string(range.last));
  const long low = std::stol(std::string(first.digits));
  const long high = std::stol(std::string(last.digits));
  if (low > high || high - low >= 120000) {
    fail_name(std::string(range.first) + "-" + std::string(range.last));
  }
  std::vector<std::string> names;
  for (long i = low; i <= high; ++i) {
    std::string digits = std::to_string(i);
    if (digits.size() < first.digits.size() && first.digits.front() == '0') {
      digits.insert(0, first.digits.size() - digits.size(), '0');
    }
    names.push_back(std::string(first.stem) + digits);
  }
  return names;
}

}  // namespace

std::vector<int> parse_varlist(const Dataset& data, std::string_view text,
                               const VarlistRules& rules) {
  std::vector<int> list;
  for (const std::string& token : varlist_tokens(text)) {
    append_token(data, token, rules.abbreviate, &list);
  }
  check_rules(data, list, rules);
  return list;
}

int find_variable(const Dataset& data, std::string_view name, bool abbreviate) {
  const int exact = data.find(name);
  if (exact >= 0) return exact;
  if (name.find('~') != std::string_view::npos) {
    std::string pattern(name);
    std::replace(pattern.begin(), pattern.end(), '~', '*');
    return one_of(matching(data, pattern), name);
  }
  if (!abbreviate || name.empty()) fail_variable(std::string(name));
  int found = -1;
  for (int v = 0; v < data.nvar(); ++v) {
    if (!data.variable(v).name.starts_with(name)) continue;
    if (found >= 0) fail_ambiguous(name);
    found = v;
  }
  if (found < 0) fail_variable(std::string(name));
  return found;
}

std::vector<std::string> parse_newvarlist(const Dataset& data, std::string_view text) {
  std::vector<std::string> names;
  for (const std::string& token : varlist_tokens(text)) {
    if (const auto range = as_range(token)) {
      for (std::string& name : numbered_names(*range)) names.push_back(std::move(name));
    } else {
      names.push_back(token);
    }
  }
  std::set<std::string_view> seen;
  for (const std::string& name : names) {
    if (!is_name(name) || is_reserved(name)) fail_name(name);
    if (!seen.insert(name).second || data.find(name) >= 0) {
      throw StataError(110, "variable " + name + " already defined");
    }
  }
  return names;
}

}  // namespace adohost
