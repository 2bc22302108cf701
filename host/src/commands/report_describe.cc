// describe ([D] describe) of the data in memory.
#include <algorithm>

#include "base/text.h"
#include "commands/report_columns.h"
#include "commands/report_commands.h"
#include "commands/report_describe_layout.h"
#include "commands/report_layout.h"

namespace adohost {

namespace {

bool has_notes(const Dataset& data, const std::string& owner) {
  return data.characteristics.contains({owner, "note0"});
}

DescribedData contents_of(const Dataset& data) {
  DescribedData contents;
  contents.filename = data.filename;
  contents.label = data.data_label;
  contents.timestamp = data.timestamp;
  contents.observations = static_cast<double>(data.nobs());
  contents.variables = data.nvar();
  contents.width = static_cast<double>(data.width());
  contents.has_notes = has_notes(data, "_dta");
  return contents;
}

std::vector<std::string> names_of(const Dataset& data,
                                  const std::vector<int>& positions) {
  std::vector<std::string> names;
  for (const int v : positions) names.push_back(data.variable(v).name);
  return names;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : " ") + name;
  return text;
}

/// The lines of the variables; says whether one of them has notes.
std::string variable_lines(const Session& session, const std::vector<int>& variables,
                           bool full_names, bool& notes) {
  const auto linesize = static_cast<std::size_t>(session.out.linesize());
  std::string text;
  for (const int v : variables) {
    const Variable& variable = session.data.variable(v);
    DescribedVariable line{variable.name,        variable.type.name(), variable.format,
                           variable.value_label, variable.label,       false};
    line.has_notes = has_notes(session.data, variable.name);
    notes |= line.has_notes;
    text += describe_variable(line, linesize, full_names);
  }
  return text;
}

void print_variables(Session& session, const std::vector<int>& variables,
                     const Options& options, bool ruled) {
  const auto linesize = static_cast<std::size_t>(session.out.linesize());
  const std::string rule = dashes(linesize) + "\n";
  bool notes = false;
  const std::string lines =
      variable_lines(session, variables, options.has("fullnames"), notes);
  std::string text = (ruled ? rule : "") + describe_heading(linesize) + lines;
  if (ruled) text += rule;
  if (ruled && notes) {
    text += std::string(44, ' ') + "* indicated variables have notes\n" + rule;
  }
  session.out.print(text);
}

void store(Session& session, const Options& options) {
  const Dataset& data = session.data;
  session.r.clear();
  session.r.set_scalar("N", static_cast<double>(data.nobs()));
  session.r.set_scalar("k", data.nvar());
  session.r.set_scalar("width", static_cast<double>(data.width()));
  session.r.set_scalar("changed", data.changed ? 1 : 0);
  if (!data.data_label.empty()) session.r.set_macro("datalabel", data.data_label);
  if (!options.has("varlist")) return;
  std::vector<int> all;
  for (int v = 0; v < data.nvar(); ++v) all.push_back(v);
  session.r.set_macro("varlist", joined(names_of(data, all)));
  session.r.set_macro("sortlist", joined(names_of(data, data.sorted_by)));
}

}  // namespace

void report_describe(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowOptions);
  const Options options = parse_options(
      line.options,
      {{"simple", 2}, {"short", 2}, {"detail", 1}, {"fullnames", 1}, {"varlist", 4}});
  const Dataset& data = session.data;
  const bool all = line.anything.empty();
  std::vector<int> variables;
  if (!all || data.nvar() > 0) variables = varlist_or_all(session, line.anything);
  if (options.has("simple")) {
    session.out.print(describe_names(names_of(data, variables),
                                     static_cast<std::size_t>(session.out.linesize())));
  } else if (!all) {
    session.out.print("\n");
    print_variables(session, variables, options, false);
  } else {
    session.out.print("\n" + describe_contents(contents_of(data), options.has("detail")));
    if (!options.has("short") && !variables.empty()) {
      print_variables(session, variables, options, true);
    }
    session.out.print(describe_sorted_by(names_of(data, data.sorted_by), data.changed));
  }
  store(session, options);
}

}  // namespace adohost
