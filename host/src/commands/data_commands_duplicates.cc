// duplicates ([D] duplicates).
#include <algorithm>
#include <map>

#include "base/text.h"
#include "commands/data_commands.h"
#include "commands/report_commands.h"
#include "data/row_order.h"
#include "expr/sample.h"
#include "lang/command.h"

namespace adohost {
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

/// Headings and numbers of columns.
using NumberColumns = std::vector<std::pair<std::string, std::vector<double>>>;

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
  session.r.clear();
  session.r.set_scalar("N", static_cast<double>(before));
  session.r.set_scalar("N_drop", static_cast<double>(gone));
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

/// Lists observations as `list` does, behind two columns of numbers.
void list_rows(Session& session, const CommandLine& line, const Request& request,
               const std::vector<std::int64_t>& rows, const NumberColumns& numbers) {
  Dataset shown = session.data.clone();
  shown.reorder_observations(rows);
  std::vector<int> order;
  std::string names;
  for (const auto& [name, values] : numbers) {
    const int v = shown.add_variable(name, {Storage::long_, 0});
    for (std::size_t i = 0; i < values.size(); ++i) {
      shown.set_number(v, static_cast<std::int64_t>(i), values[i]);
    }
    names += name + " ";
  }
  CommandLine list;
  list.anything = names + names_of(session.data, request.variables);
  list.options = "noobs " + line.options;
  std::swap(session.data, shown);
  struct PutBack {
    Dataset &a, &b;
    ~PutBack() { std::swap(a, b); }
  } const back{session.data, shown};
  report_list(session, list);
}

std::vector<double> as_numbers(const std::vector<std::int64_t>& rows) {
  std::vector<double> numbers;
  for (const std::int64_t row : rows) numbers.push_back(static_cast<double>(row + 1));
  return numbers;
}

bool say_none(Session& session, const std::vector<std::int64_t>& rows) {
  session.r.clear();
  session.r.set_scalar("N", static_cast<double>(session.data.nobs()));
  if (!rows.empty()) return false;
  session.out.line("\n(0 observations are duplicates)");
  return true;
}

void list_duplicates(Session& session, const CommandLine& line, std::string_view names) {
  const Request request = read_request(session, line, names);
  std::vector<std::int64_t> rows;
  std::vector<double> group_numbers;
  double number = 0;
  for (const auto& group : request.groups) {
    if (group.size() < 2) continue;
    ++number;
    rows.insert(rows.end(), group.begin(), group.end());
    group_numbers.insert(group_numbers.end(), group.size(), number);
  }
  if (say_none(session, rows)) return;
  list_rows(session, line, request, rows,
            {{"Group", group_numbers}, {"Obs", as_numbers(rows)}});
}

/// The first observation of each group. The headings of the columns are a guess.
void list_examples(Session& session, const CommandLine& line, std::string_view names) {
  const Request request = read_request(session, line, names);
  std::vector<std::int64_t> rows;
  std::vector<double> group_numbers, counts;
  for (const auto& group : request.groups) {
    if (group.size() < 2) continue;
    rows.push_back(group.front());
    group_numbers.push_back(static_cast<double>(rows.size()));
    counts.push_back(static_cast<double>(group.size()));
  }
  if (say_none(session, rows)) return;
  list_rows(session, line, request, rows,
            {{"Group", group_numbers}, {"Count", counts}, {"Obs", as_numbers(rows)}});
}

}  // namespace

void run_duplicates(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowSample | kAllowOptions);
  std::string_view names = line.anything;
  const std::string action = take_text(&names);
  if (abbreviates(action, "report", 1)) return report_duplicates(session, line, names);
  if (abbreviates(action, "list", 1)) return list_duplicates(session, line, names);
  if (abbreviates(action, "examples", 1)) return list_examples(session, line, names);
  if (action == "drop") return drop_duplicates(session, line, names);
  if (abbreviates(action, "tag", 1)) return tag_duplicates(session, line, names);
  fail_syntax();
}

}  // namespace adohost
