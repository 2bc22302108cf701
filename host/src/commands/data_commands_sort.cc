// sort, gsort, isid, duplicates ([D]).
#include <algorithm>
#include <map>
#include <numeric>

#include "base/text.h"
#include "commands/data_commands.h"
#include "data/row_order.h"
#include "expr/sample.h"
#include "lang/command.h"

namespace adohost {
namespace {

std::string names_of(const Dataset& data, const std::vector<int>& variables) {
  std::string names;
  for (const int v : variables) {
    names += (names.empty() ? "" : " ") + data.variable(v).name;
  }
  return names;
}

}  // namespace

// Ties keep their order, as with Stata's option stable; Stata breaks them at random
// without.
void run_sort(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowOptions);
  parse_options(line.options, {{"stable", 6}});
  sort_data(session.data, without_repeats(required_variables(session, line.anything)));
}

void run_gsort(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowOptions);
  const Options options = parse_options(line.options, {{"mfirst", 1}});
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
}

namespace {

bool has_missing(const Dataset& data, int v) {
  for (std::int64_t i = 0; i < data.nobs(); ++i) {
    const bool missing = data.variable(v).type.is_string()
                             ? data.text(v, i).empty()
                             : is_missing(data.number(v, i));
    if (missing) return true;
  }
  return false;
}

std::vector<SortKey> ascending(const std::vector<int>& variables) {
  std::vector<SortKey> keys;
  for (const int v : variables) keys.push_back({v, false, false});
  return keys;
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

namespace {

/// The observations of the sample in groups of equal values, each group in data order.
std::vector<std::vector<std::int64_t>> groups_of(Session& session,
                                                 const CommandLine& line,
                                                 const std::vector<int>& variables) {
  const Sample sample(session, line.if_or_empty(), line.in_or_empty());
  std::vector<std::int64_t> rows;
  for (std::int64_t i = sample.begin(); i < sample.end(); ++i) {
    if (sample.has(i)) rows.push_back(i);
  }
  rows = sorted_order(session.data, ascending(variables), std::move(rows));
  std::vector<std::vector<std::int64_t>> groups;
  for (const std::int64_t row : rows) {
    const bool same = !groups.empty() &&
                      same_values(session.data, variables, groups.back().front(), row);
    if (!same) groups.emplace_back();
    groups.back().push_back(row);
  }
  return groups;
}

struct Request {
  std::vector<int> variables;
  std::vector<std::vector<std::int64_t>> groups;
  bool all = false;
};

Request read_request(Session& session, const CommandLine& line, std::string_view names) {
  Request request;
  request.all = trim(names).empty();
  request.variables = variables_or_all(session, names);
  if (request.variables.empty()) throw StataError(111, "no variables defined");
  request.groups = groups_of(session, line, request.variables);
  session.out.line("");
  session.out.line("Duplicates in terms of " +
                   (request.all ? std::string("all variables")
                                : names_of(session.data, request.variables)));
  return request;
}

void report_duplicates(Session& session, const CommandLine& line,
                       std::string_view names) {
  parse_options(line.options, {});
  const Request request = read_request(session, line, names);
  std::map<std::int64_t, std::int64_t> groups_by_size;
  std::int64_t total = 0;
  for (const auto& group : request.groups) {
    const auto size = static_cast<std::int64_t>(group.size());
    ++groups_by_size[size];
    total += size;
  }
  const std::string rule(38, '-');
  session.out.line("");
  session.out.line(rule);
  session.out.line("   Copies | Observations       Surplus");
  session.out.line("----------+---------------------------");
  for (const auto& [copies, groups] : groups_by_size) {
    session.out.line(pad_left(std::to_string(copies), 9) + " | " +
                     pad_left(std::to_string(copies * groups), 12) +
                     pad_left(std::to_string((copies - 1) * groups), 14));
  }
  session.out.line(rule);
  session.r.clear();
  session.r.set_scalar("N", static_cast<double>(total));
  session.r.set_scalar("unique_value", static_cast<double>(request.groups.size()));
}

void drop_duplicates(Session& session, const CommandLine& line, std::string_view names) {
  const Options options = parse_options(line.options, {{"force", 5}});
  if (!trim(names).empty() && !options.has("force")) {
    throw StataError(198,
                     "option force required to drop duplicates in terms of a varlist");
  }
  const Request request = read_request(session, line, names);
  std::vector<std::uint8_t> keep(session.data.nobs(), 1);
  for (const auto& group : request.groups) {
    for (std::size_t i = 1; i < group.size(); ++i) keep[group[i]] = 0;
  }
  const std::int64_t before = session.data.nobs();
  session.data.keep_observations(keep);
  const std::int64_t gone = before - session.data.nobs();
  session.out.line("");
  if (gone == 0) return session.out.line("(0 observations are duplicates)");
  session.out.line("(" + with_commas(gone) +
                   std::string(plural(gone, " observation", " observations")) +
                   " deleted)");
}

void tag_duplicates(Session& session, const CommandLine& line, std::string_view names) {
  const Options options = parse_options(line.options, {{"generate", 1, true}});
  const auto name = options.argument("generate");
  if (!name) throw StataError(198, "option generate() required");
  parse_newvarlist(session.data, *name);
  const Request request = read_request(session, line, names);
  double most = 0;
  for (const auto& group : request.groups) {
    most = std::max(most, static_cast<double>(group.size() - 1));
  }
  const int v = session.data.add_variable(*name, {smallest_integer_type(0, most), 0});
  for (const auto& group : request.groups) {
    for (const std::int64_t row : group) {
      session.data.set_number(v, row, static_cast<double>(group.size() - 1));
    }
  }
}

}  // namespace

void run_duplicates(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowSample | kAllowOptions);
  std::string_view names = line.anything;
  const std::string action = take_text(&names);
  if (abbreviates(action, "report", 1)) return report_duplicates(session, line, names);
  if (action == "drop") return drop_duplicates(session, line, names);
  if (abbreviates(action, "tag", 1)) return tag_duplicates(session, line, names);
  fail_syntax();
}

}  // namespace adohost
