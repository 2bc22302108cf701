// drop, keep, expand ([D] drop, [D] expand), order ([D] order), ds ([D] ds).
#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/text.h"
#include "base/wildcard.h"
#include "commands/data_commands.h"
#include "expr/expression.h"
#include "expr/sample.h"
#include "lang/command.h"
#include "lang/words.h"

namespace adohost {
namespace {

bool has_sample(const CommandLine& line) {
  return line.if_text || line.in_text;
}

/// A varlist, or if and in, but not both.
void check_drop_syntax(const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowSample);
  const bool names = !trim(line.anything).empty();
  if (names && has_sample(line)) fail_syntax();
  if (!names && !has_sample(line)) {
    throw StataError(100, "varlist or in range required");
  }
}

void keep_sample(Session& session, const CommandLine& line, bool keep_selected) {
  const Sample sample(session, line.if_or_empty(), line.in_or_empty());
  const std::int64_t n = session.data.nobs();
  std::vector<std::uint8_t> keep = sample.selection(n);
  if (!keep_selected) {
    for (std::uint8_t& k : keep) k ^= 1;
  }
  session.data.keep_observations(keep);
  const std::int64_t gone = n - session.data.nobs();
  session.out.line("(" + with_commas(gone) +
                   std::string(plural(gone, " observation", " observations")) +
                   " deleted)");
}

}  // namespace

void run_drop(Session& session, const CommandLine& line) {
  check_drop_syntax(line);
  if (has_sample(line)) return keep_sample(session, line, false);
  if (trim(line.anything) == "_all" && session.data.nvar() == 0) {
    return session.data.set_nobs(0);
  }
  drop_variables(session, required_variables(session, line.anything));
}

void run_keep(Session& session, const CommandLine& line) {
  check_drop_syntax(line);
  if (has_sample(line)) return keep_sample(session, line, true);
  std::vector<char> kept(session.data.nvar());
  for (const int v : required_variables(session, line.anything)) kept[v] = 1;
  std::vector<int> drop;
  for (int v = 0; v < session.data.nvar(); ++v) {
    if (!kept[v]) drop.push_back(v);
  }
  if (!drop.empty()) session.data.drop_variables(drop);
}

namespace {

/// How often each observation is wanted, and what was odd about the counts.
struct Copies {
  std::vector<std::int64_t> order;  // the data, then the new observations
  std::int64_t created = 0, missing = 0, negative = 0, zero = 0;
};

Copies count_copies(Session& session, const CommandLine& line) {
  std::string_view text = trim(line.exp ? *line.exp : line.anything);
  const Expression count(session, text);
  if (count.is_string()) fail_type_mismatch();
  const Sample sample(session, line.if_or_empty(), line.in_or_empty());
  const std::int64_t n = session.data.nobs();
  Copies copies;
  copies.order.resize(n);
  std::iota(copies.order.begin(), copies.order.end(), 0);
  for (std::int64_t i = sample.begin(); i < sample.end(); ++i) {
    if (!sample.has(i)) continue;
    const double x = count.number({i, 0, n});
    if (is_missing(x)) {
      ++copies.missing;
    } else if (x < 0) {
      ++copies.negative;
    } else if (x < 1) {
      ++copies.zero;
    } else {
      const double more = std::trunc(x) - 1;
      if (more + static_cast<double>(copies.order.size()) > 2147483619.0) {
        throw StataError(901, "no room to add more observations");
      }
      copies.order.insert(copies.order.end(), static_cast<std::size_t>(more), i);
    }
  }
  copies.created = static_cast<std::int64_t>(copies.order.size()) - n;
  return copies;
}

void report_ignored(Session& session, std::int64_t n, std::string_view kind) {
  if (n == 0) return;
  session.out.line("(" + with_commas(n) + " " + std::string(kind) + " " +
                   std::string(plural(n, "count", "counts")) + " ignored; " +
                   std::string(plural(n, "observation", "observations")) +
                   " not deleted)");
}

}  // namespace

void run_expand(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowExp | kAllowSample | kAllowOptions);
  const Options options = parse_options(line.options, {{"generate", 3, true}});
  if (trim(line.anything).empty() != line.exp.has_value()) fail_syntax();
  const auto marker = options.argument("generate");
  if (marker) parse_newvarlist(session.data, *marker);
  const std::int64_t before = session.data.nobs();
  const Copies copies = count_copies(session, line);
  report_ignored(session, copies.missing, "missing");
  report_ignored(session, copies.negative, "negative");
  report_ignored(session, copies.zero, "zero");
  if (copies.created > 0) session.data.reorder_observations(copies.order);
  session.out.line("(" + with_commas(copies.created) +
                   std::string(plural(copies.created, " observation", " observations")) +
                   " created)");
  if (!marker) return;
  const int v = session.data.add_variable(*marker, {Storage::byte_, 0});
  for (std::int64_t i = 0; i < session.data.nobs(); ++i) {
    session.data.set_number(v, i, i >= before ? 1 : 0);
  }
}

namespace {

/// Splits a name in text and runs of digits, so that x2 comes before x10.
bool sequential_less(std::string_view a, std::string_view b) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    if (digit(a[i]) && digit(b[j])) {
      std::size_t end_i = i, end_j = j;
      while (end_i < a.size() && digit(a[end_i])) ++end_i;
      while (end_j < b.size() && digit(b[end_j])) ++end_j;
      const auto number = [](std::string_view s) {
        return s.substr(std::min(s.find_first_not_of('0'), s.size()));
      };
      const std::string_view x = number(a.substr(i, end_i - i));
      const std::string_view y = number(b.substr(j, end_j - j));
      if (x.size() != y.size()) return x.size() < y.size();
      if (x != y) return x < y;
      i = end_i;
      j = end_j;
    } else if (a[i] != b[j]) {
      return a[i] < b[j];
    } else {
      ++i, ++j;
    }
  }
  return a.size() - i < b.size() - j;
}

void sort_by_name(const Dataset& data, const Options& options, std::vector<int>* moved) {
  const bool sequential = options.has("sequential");
  if (!sequential && !options.has("alphabetic")) return;
  std::stable_sort(moved->begin(), moved->end(), [&](int a, int b) {
    const std::string& x = data.variable(a).name;
    const std::string& y = data.variable(b).name;
    return sequential ? sequential_less(x, y) : x < y;
  });
}

/// Position among the variables that stay where the moved ones go.
std::size_t place_of(Session& session, const Options& options,
                     const std::vector<int>& stay) {
  if (options.has("last")) return stay.size();
  const auto before = options.argument("before");
  const auto target = before ? before : options.argument("after");
  if (!target) return 0;
  const int v = find_variable(session.data, *target, session.settings.varabbrev);
  const auto at = std::find(stay.begin(), stay.end(), v);
  if (at == stay.end()) {
    throw StataError(198, session.data.variable(v).name +
                              " may not be both moved and the place to move to");
  }
  return static_cast<std::size_t>(at - stay.begin()) + (before ? 0 : 1);
}

}  // namespace

void run_order(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowOptions);
  const Options options = parse_options(line.options, {{"first", 5},
                                                       {"last", 4},
                                                       {"before", 1, true},
                                                       {"after", 1, true},
                                                       {"alphabetic", 5},
                                                       {"sequential", 3}});
  int places = 0;
  for (const char* place : {"first", "last", "before", "after"}) {
    places += options.has(place) ? 1 : 0;
  }
  if (places > 1) {
    throw StataError(198, "options first, last, before() and after() are alternatives");
  }
  std::vector<int> moved = without_repeats(required_variables(session, line.anything));
  sort_by_name(session.data, options, &moved);
  std::vector<int> order;
  for (int v = 0; v < session.data.nvar(); ++v) {
    if (std::find(moved.begin(), moved.end(), v) == moved.end()) order.push_back(v);
  }
  const std::size_t place = place_of(session, options, order);
  order.insert(order.begin() + static_cast<std::ptrdiff_t>(place), moved.begin(),
               moved.end());
  session.data.reorder_variables(order);
}

namespace {

bool is_of_type(const Variable& var, const std::string& kinds) {
  for (const std::string& kind : split_blank(kinds)) {
    if (kind == "numeric" && var.type.is_numeric()) return true;
    if (kind == "string" && var.type.is_string()) return true;
    if (kind == "str#" && var.type.storage == Storage::str) return true;
    if (kind == var.type.name()) return true;
  }
  return false;
}

/// Whether the variable has what `has(...)` asks for: `type byte`, `varlabel`,
/// `vallabel`, `format *f`, `char note1`.
bool has_property(const Dataset& data, int v, const std::string& text) {
  const Variable& var = data.variable(v);
  const auto blank = std::min(text.find(' '), text.size());
  const std::string what = text.substr(0, blank);
  const std::string argument(trim(std::string_view(text).substr(blank)));
  const auto matches = [&](const std::string& s) {
    return !s.empty() && (argument.empty() || matches_wildcard(argument, s));
  };
  if (abbreviates(what, "type", 1)) return is_of_type(var, argument);
  if (abbreviates(what, "varlabel", 4)) return matches(var.label);
  if (abbreviates(what, "vallabel", 4)) return matches(var.value_label);
  if (abbreviates(what, "format", 1)) return matches(var.format);
  if (abbreviates(what, "char", 1)) {
    const auto first = data.characteristics.lower_bound({var.name, ""});
    return std::any_of(first, data.characteristics.end(), [&](const auto& entry) {
      return entry.first.first == var.name && matches(entry.first.second);
    });
  }
  throw StataError(198, "has() or not() incorrectly specified");
}

void list_names(Session& session, const std::vector<std::string>& names) {
  constexpr std::size_t kLongest = 12;
  std::size_t width = 0;
  std::vector<std::string> cells;
  for (const std::string& name : names) {
    cells.push_back(abbreviate(name, kLongest));
    width = std::max(width, utf8_length(cells.back()));
  }
  width += 2;
  const auto line = static_cast<std::size_t>(session.out.linesize());
  const std::size_t columns = std::max<std::size_t>(1, (line + 2) / width);
  const std::size_t rows = (cells.size() + columns - 1) / columns;
  for (std::size_t row = 0; row < rows; ++row) {
    std::string text;
    for (std::size_t i = row; i < cells.size(); i += rows) {
      text += pad_right(cells[i], width);
    }
    session.out.line(trim_right(text));
  }
}

}  // namespace

void run_ds(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowOptions);
  const Options options =
      parse_options(line.options, {{"has", 1, true}, {"not", 3, true}, {"alpha", 1}});
  const auto has = options.argument("has"), lacks = options.argument("not");
  std::vector<std::string> names;
  for (const int v : variables_or_all(session, line.anything)) {
    if (has && !has_property(session.data, v, *has)) continue;
    if (lacks && has_property(session.data, v, *lacks)) continue;
    names.push_back(session.data.variable(v).name);
  }
  if (options.has("alpha")) std::sort(names.begin(), names.end());
  list_names(session, names);
  std::string joined;
  for (const std::string& name : names) joined += (joined.empty() ? "" : " ") + name;
  session.r.clear();
  session.r.set_macro("varlist", joined);
}

}  // namespace adohost
