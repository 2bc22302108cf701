// describe ([D] describe) of the data in memory.
#include <algorithm>

#include "base/text.h"
#include "commands/dta_commands.h"
#include "commands/report_columns.h"
#include "commands/report_commands.h"
#include "commands/report_describe_layout.h"
#include "commands/report_layout.h"
#include "lang/file_names.h"
#include "lang/words.h"

namespace adohost {

namespace {

bool has_notes(const Dataset& data, const std::string& owner) {
  return data.characteristics.contains({owner, "note0"});
}

DescribedData contents_of(const Dataset& data, std::int64_t nobs) {
  DescribedData contents;
  contents.filename = data.filename;
  contents.label = data.data_label;
  contents.timestamp = data.timestamp;
  contents.observations = static_cast<double>(nobs);
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

/// The lines of the variables; says whether one of them has notes.
std::string variable_lines(const Dataset& data, const std::vector<int>& variables,
                           std::size_t linesize, bool full_names, bool& notes) {
  std::string text;
  for (const int v : variables) {
    const Variable& variable = data.variable(v);
    DescribedVariable line{variable.name,        variable.type.name(), variable.format,
                           variable.value_label, variable.label,       false};
    line.has_notes = has_notes(data, variable.name);
    notes |= line.has_notes;
    text += describe_variable(line, linesize, full_names);
  }
  return text;
}

void print_variables(Session& session, const Dataset& data,
                     const std::vector<int>& variables, bool full_names, bool ruled) {
  const auto linesize = static_cast<std::size_t>(session.out.linesize());
  const std::string rule = dashes(linesize) + "\n";
  bool notes = false;
  const std::string lines = variable_lines(data, variables, linesize, full_names, notes);
  std::string text = (ruled ? rule : "") + describe_heading(linesize) + lines;
  if (ruled) text += rule;
  if (ruled && notes) {
    text += std::string(44, ' ') + "* indicated variables have notes\n" + rule;
  }
  session.out.print(text);
}

void store(Session& session, const Dataset& data, std::int64_t nobs,
           const Options& options) {
  session.r.clear();
  session.r.set_scalar("N", static_cast<double>(nobs));
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

void print_names(Session& session, const std::vector<std::string>& names) {
  session.out.print(
      describe_names(names, static_cast<std::size_t>(session.out.linesize())));
}

void describe_memory(Session& session, const CommandLine& line) {
  const Options options = parse_options(
      line.options,
      {{"simple", 2}, {"short", 1}, {"detail", 1}, {"fullnames", 1}, {"varlist", 4}});
  const Dataset& data = session.data;
  const bool all = line.anything.empty();
  std::vector<int> variables;
  if (!all || data.nvar() > 0) variables = varlist_or_all(session, line.anything);
  const bool full_names = options.has("fullnames");
  if (options.has("simple")) {
    print_names(session, names_of(data, variables));
  } else if (!all) {
    session.out.print("\n");
    print_variables(session, data, variables, full_names, false);
  } else {
    session.out.print(
        "\n" + describe_contents(contents_of(data, data.nobs()), options.has("detail")));
    if (!options.has("short") && !variables.empty()) {
      print_variables(session, data, variables, full_names, true);
    }
    session.out.print(describe_sorted_by(names_of(data, data.sorted_by), data.changed));
  }
  store(session, data, data.nobs(), options);
}

/// Reads no observation: what stands in front of them is all that is shown.
void describe_using(Session& session, const CommandLine& line) {
  const Options options =
      parse_options(line.options, {{"simple", 2}, {"short", 1}, {"varlist", 4}});
  const OpenedDta opened = open_dta(only_path(line.using_raw));
  const Dataset& data = opened.file.data;
  const bool all = line.anything.empty();
  const std::vector<int> variables = variables_of_file(data, line.anything);
  if (options.has("simple")) {
    print_names(session, names_of(data, variables));
  } else if (!all) {
    session.out.print("\n");
    print_variables(session, data, variables, true, false);
  } else {
    session.out.print("\n" + describe_file_contents(contents_of(data, opened.file.nobs)));
    if (!options.has("short") && !variables.empty()) {
      print_variables(session, data, variables, true, true);
    }
    session.out.print(describe_sorted_by(names_of(data, data.sorted_by), false));
  }
  store(session, data, opened.file.nobs, options);
}

}  // namespace

void report_describe(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowUsing | kAllowOptions);
  return line.using_text ? describe_using(session, line) : describe_memory(session, line);
}

}  // namespace adohost
