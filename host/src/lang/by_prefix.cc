// by and bysort in front of a command ([D] by).
#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "data/varlist.h"
#include "format/format.h"
#include "lang/command.h"
#include "lang/runner.h"
#include "lang/statement.h"
#include "lang/tokens.h"

namespace adohost {

namespace {

struct ByPrefix {
  std::vector<int> groups;  // positions of the variables that make groups
  std::vector<int> within;  // those in parentheses: sorted by, no groups
  bool sorts = false;
  bool rc0 = false;
  std::string_view command;
};

std::size_t find_colon(std::string_view s) {
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s[i] == '(') {
      i = skip_brackets(s, i) - 1;
    } else if (s[i] == ':') {
      return i;
    }
  }
  throw StataError(100, "varlist required");
}

std::vector<int> variables_of(Session& session, std::string_view text) {
  if (trim(text).empty()) return {};
  return parse_varlist(session.data, text,
                       VarlistRules{.abbreviate = session.settings.varabbrev});
}

ByPrefix parse_by(Session& session, std::string_view rest, bool sorts) {
  const std::size_t colon = find_colon(rest);
  ByPrefix by;
  by.sorts = sorts;
  by.command = trim_left(rest.substr(colon + 1));
  const CommandLine line = split_command("by", rest.substr(0, colon));
  require_only(line, kAllowAnything | kAllowOptions);
  const Options options = parse_options(line.options, {{"sort", 1}, {"rc0", 3}});
  by.sorts = sorts || options.has("sort");
  by.rc0 = options.has("rc0");
  const std::string_view text = line.anything;
  const std::size_t open = text.find('(');
  by.groups = variables_of(session, text.substr(0, open));
  if (open != text.npos) {
    const std::size_t close = skip_brackets(text, open);
    if (!trim(text.substr(close)).empty()) fail_syntax();
    by.within = variables_of(session, text.substr(open + 1, close - open - 2));
  }
  if (by.groups.empty()) throw StataError(100, "varlist required");
  return by;
}

bool is_sorted(const Dataset& data, const ByPrefix& by) {
  std::vector<int> wanted = by.groups;
  wanted.insert(wanted.end(), by.within.begin(), by.within.end());
  return data.sorted_by.size() >= wanted.size() &&
         std::equal(wanted.begin(), wanted.end(), data.sorted_by.begin());
}

void sort_for(Session& session, const ByPrefix& by) {
  if (is_sorted(session.data, by)) return;
  if (!by.sorts) throw StataError(5, "not sorted");
  std::string command = "sort";
  for (const auto* list : {&by.groups, &by.within}) {
    for (const int v : *list) command += " " + session.data.variable(v).name;
  }
  session.interpreter->execute(command + ", stable");
}

bool same_group(const Dataset& data, const std::vector<int>& variables, std::int64_t a,
                std::int64_t b) {
  return std::all_of(variables.begin(), variables.end(), [&](int v) {
    return data.variable(v).type.is_string() ? data.text(v, a) == data.text(v, b)
                                             : data.number(v, a) == data.number(v, b);
  });
}

ByState find_groups(const Dataset& data, const ByPrefix& by) {
  ByState state;
  state.rc0 = by.rc0;
  for (const int v : by.groups) state.names.push_back(data.variable(v).name);
  std::int64_t first = 0;
  for (std::int64_t i = 1; i <= data.nobs(); ++i) {
    if (i < data.nobs() && same_group(data, by.groups, i - 1, i)) continue;
    state.groups.emplace_back(first, i);
    first = i;
  }
  return state;
}

std::string shown_value(const Dataset& data, int v, std::int64_t obs) {
  const Variable& variable = data.variable(v);
  if (variable.type.is_string()) return std::string(data.text(v, obs));
  const double x = data.number(v, obs);
  const auto labels = data.value_labels.find(variable.value_label);
  if (labels != data.value_labels.end()) {
    if (const std::string* text = label_text(labels->second, x)) return *text;
  }
  return std::string(trim(format_number(x, variable.format)));
}

void print_header(Session& session, const std::vector<int>& variables, std::int64_t obs) {
  Output& out = session.out;
  out.print("\n");
  out.line(std::string(static_cast<std::size_t>(out.linesize()), '-'));
  std::string text = "-> ";
  for (std::size_t i = 0; i < variables.size(); ++i) {
    if (i > 0) text += ", ";
    text += session.data.variable(variables[i]).name + " = " +
            shown_value(session.data, variables[i], obs);
  }
  out.line(text);
}

ByMode mode_of(Session& session, std::string_view command) {
  const std::string_view text = after_prefixes(command);
  const std::string_view word = text.substr(0, word_length(text));
  if (const Command* row = find_command(word)) return row->by;
  const auto program = find_program(session, word);
  if (program == nullptr) {
    throw StataError(199, "command " + std::string(word) + " is unrecognized");
  }
  if (program->byable_recall) return ByMode::repeat;
  return program->byable_onecall ? ByMode::whole : ByMode::none;
}

}  // namespace

Flow Runner::run_by(std::string_view rest, bool sorts, const Context& context) {
  const ByPrefix by = parse_by(session_, rest, sorts);
  if (session_.by || context.has_block()) fail_syntax();
  const ByMode mode = mode_of(session_, by.command);
  if (mode == ByMode::none) {
    throw StataError(190, "request may not be combined with by");
  }
  sort_for(session_, by);
  struct Restore {
    Session& session;
    ~Restore() { session.by.reset(); }
  } const restore{session_};
  session_.by = find_groups(session_.data, by);
  if (mode == ByMode::whole) return run_text(by.command, context);
  const auto groups = session_.by->groups;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    print_header(session_, by.groups, groups[i].first);
    session_.by->current = groups[i];
    session_.by->index = static_cast<std::int64_t>(i) + 1;
    session_.by->last_group = i + 1 == groups.size();
    const Flow flow = run_group(by.command, by.rc0, context);
    if (flow != Flow::next) return flow;
  }
  return Flow::next;
}

Flow Runner::run_group(std::string_view command, bool rc0, const Context& context) {
  constexpr int kBreak = 1;
  try {
    return run_text(command, context);
  } catch (const StataError& error) {
    if (!rc0 || error.rc() == kBreak) throw;
    session_.out.line("r(" + std::to_string(error.rc()) + ");", Style::error);
    return Flow::next;
  }
}

}  // namespace adohost
