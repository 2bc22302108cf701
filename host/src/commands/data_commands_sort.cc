// sort, gsort, isid ([D]).
#include <algorithm>
#include <map>
#include <numeric>

#include "base/text.h"
#include "commands/data_commands.h"
#include "data/row_order.h"
#include "expr/sample.h"
#include "lang/command.h"

namespace adohost {

// Ties keep their order, as with Stata's option stable; Stata breaks them at random
// without.
void run_sort(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowOptions);
  parse_options(line.options, {{"stable", 6}});
  sort_data(session.data, without_repeats(required_variables(session, line.anything)));
}

namespace {

/// A variable that counts the groups of equal keys: it sorts, and groups for `by`, as
/// they do.
void number_groups(Dataset& data, const std::vector<SortKey>& keys,
                   const std::string& name) {
  std::vector<int> variables;
  for (const SortKey& key : keys) variables.push_back(key.variable);
  const std::vector<int> sorted_by = data.sorted_by;
  const int v = data.add_variable(name, {Storage::long_, 0});
  double group = 0;
  for (std::int64_t i = 0; i < data.nobs(); ++i) {
    const bool starts = i == 0 || !same_values(data, variables, i - 1, i);
    group += starts ? 1 : 0;
    data.set_number(v, i, group);
  }
  data.sorted_by = sorted_by.empty() ? std::vector<int>{v} : sorted_by;
}

}  // namespace

void run_gsort(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowOptions);
  const Options options =
      parse_options(line.options, {{"mfirst", 1}, {"generate", 1, true}});
  const auto made = options.argument("generate");
  if (made && parse_newvarlist(session.data, *made).size() != 1) fail_syntax();
  std::vector<SortKey> keys;
  bool descending = false;
  for (std::string_view rest = trim(line.anything); !rest.empty();
       rest = trim_left(rest)) {
    if (rest.front() == '-' || rest.front() == '+') {
      descending = rest.front() == '-';
      rest.remove_prefix(1);
      continue;
    }
    const std::size_t end = std::min(rest.find_first_of(" \t+-"), rest.size());
    const int v =
        find_variable(session.data, rest.substr(0, end), session.settings.varabbrev);
    keys.push_back({v, descending, options.has("mfirst")});
    descending = false;
    rest.remove_prefix(end);
  }
  if (keys.empty()) throw StataError(100, "varlist required");
  std::vector<int> sorted_by;
  for (const SortKey& key : keys) {
    if (key.descending) break;
    sorted_by.push_back(key.variable);
  }
  session.data.reorder_observations(sorted_order(session.data, keys));
  session.data.sorted_by = sorted_by;
  if (made) number_groups(session.data, keys, std::string(trim(*made)));
}

namespace {

bool has_missing(const Dataset& data, int v) {
  for (std::int64_t i = 0; i < data.nobs(); ++i) {
    if (data.is_missing_at(v, i)) return true;
  }
  return false;
}

}  // namespace

void run_isid(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowOptions);
  const Options options = parse_options(line.options, {{"sort", 1}, {"missok", 1}});
  const std::vector<int> variables = required_variables(session, line.anything);
  const Dataset& data = session.data;
  const bool many = variables.size() > 1;
  const std::string names =
      (many ? "variables " : "variable ") + names_of(data, variables);
  const bool missing = std::any_of(variables.begin(), variables.end(),
                                   [&data](int v) { return has_missing(data, v); });
  if (missing && !options.has("missok")) {
    throw StataError(459, names + " should never be missing");
  }
  const std::vector<std::int64_t> order = sorted_order(data, ascending(variables));
  for (std::size_t i = 1; i < order.size(); ++i) {
    if (!same_values(data, variables, order[i - 1], order[i])) continue;
    throw StataError(459, names + (many ? " do" : " does") +
                              " not uniquely identify the observations");
  }
  if (options.has("sort")) sort_data(session.data, without_repeats(variables));
}

}  // namespace adohost
