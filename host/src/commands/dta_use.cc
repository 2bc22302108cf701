// use ([D] use).
#include <algorithm>
#include <numeric>

#include "base/error.h"
#include "base/text.h"
#include "commands/data_commands.h"
#include "commands/dta_commands.h"
#include "data/label_sets.h"
#include "expr/expression.h"
#include "expr/sample.h"
#include "lang/file_names.h"
#include "lang/tokens.h"

namespace adohost {
namespace {

/// The variables of `data` that `text` may mean: for every word in it the variable of
/// that name, or those whose name it may abbreviate.
std::vector<int> mentioned_variables(const Dataset& data, std::string_view text) {
  std::vector<bool> wanted(data.nvar());
  while (!text.empty()) {
    const std::size_t n = std::max<std::size_t>(1, word_length(text));
    const std::string_view word = text.substr(0, n);
    text.remove_prefix(n);
    const int exact = data.find(word);
    for (int v = 0; v < data.nvar(); ++v) {
      const bool meant =
          exact >= 0 ? v == exact : data.variable(v).name.starts_with(word);
      if (meant) wanted[v] = true;
    }
  }
  std::vector<int> found;
  for (int v = 0; v < data.nvar(); ++v) {
    if (wanted[v]) found.push_back(v);
  }
  return found;
}

/// What is asked for, in terms of the file.
struct Selection {
  std::vector<int> variables;        // ascending
  std::int64_t first = 0, last = 0;  // observations
};

/// Checks everything that was typed against the file before the data in memory go.
Selection select(Session& session, const OpenedDta& opened, const CommandLine& line) {
  const DtaFile& file = opened.file;
  Selection selection;
  selection.last = file.nobs;
  if (line.using_text && !line.anything.empty()) {
    selection.variables =
        sorted_once(parse_varlist(file.data, line.anything, session_rules(session)));
  } else {
    selection.variables.resize(file.columns.size());
    std::iota(selection.variables.begin(), selection.variables.end(), 0);
  }
  if (line.in_text) {
    parse_in_range(session, *line.in_text, file.nobs, &selection.first, &selection.last);
  }
  return selection;
}

/// Throws 900 for more variables than `set maxvar` allows. The text is a guess.
void require_room(const Session& session, std::size_t variables) {
  const auto most = static_cast<std::size_t>(session.settings.maxvar);
  if (variables <= most) return;
  throw StataError(900, "no room to add more variables\n    Up to " +
                            with_commas(session.settings.maxvar) +
                            " variables are currently allowed; use set maxvar to allow "
                            "more.");
}

/// Throws what the condition would throw on the variables of the file.
void check_condition(Session& session, DtaFile& file, const std::string& condition) {
  struct Swap {
    Dataset &a, &b;
    Swap(Dataset& x, Dataset& y) : a(x), b(y) { std::swap(a, b); }
    ~Swap() { std::swap(a, b); }
  } const swapped(session.data, file.data);
  if (Expression(session, condition).is_string()) fail_type_mismatch();
}

void drop_all_but(Dataset& data, const std::vector<std::string>& names) {
  std::vector<int> unwanted;
  for (int v = 0; v < data.nvar(); ++v) {
    const auto& name = data.variable(v).name;
    if (std::find(names.begin(), names.end(), name) == names.end()) unwanted.push_back(v);
  }
  if (!unwanted.empty()) data.drop_variables(unwanted);
}

/// Reads what the condition needs, then keeps what was asked for.
void load_where(Session& session, const OpenedDta& opened, const Selection& selection,
                const CommandLine& line) {
  const DtaFile& file = opened.file;
  std::vector<int> needed = mentioned_variables(file.data, *line.if_text);
  needed.insert(needed.end(), selection.variables.begin(), selection.variables.end());
  needed = sorted_once(std::move(needed));
  session.data = read_dta(opened.input, file, needed, 0, file.nobs);
  const Sample sample(session, *line.if_text, line.in_or_empty());
  session.data.keep_observations(sample.selection(session.data.nobs()));
  std::vector<std::string> names;
  for (const int v : selection.variables) names.push_back(file.data.variable(v).name);
  drop_all_but(session.data, names);
  if (names.size() < file.columns.size()) drop_unattached_labels(session.data);
}

}  // namespace

void run_use(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowSample | kAllowUsing | kAllowOptions);
  const Options options = parse_options(line.options, {{"clear", 5}, {"nolabel", 3}});
  if (!line.using_text && (line.if_text || line.in_text)) {
    throw StataError(100, "using required");
  }
  const std::string typed =
      only_path(line.using_text ? std::string_view(line.using_raw) : line.anything);
  if (!options.has("clear")) require_saved(session);
  OpenedDta opened = open_dta(typed);
  const Selection selection = select(session, opened, line);
  require_room(session, selection.variables.size());
  if (line.if_text) check_condition(session, opened.file, *line.if_text);
  show_data_label(session, opened.file.data);
  session.data.clear();
  if (line.if_text) {
    load_where(session, opened, selection, line);
  } else {
    session.data = read_dta(opened.input, opened.file, selection.variables,
                            selection.first, selection.last);
  }
  if (options.has("nolabel")) session.data.value_labels.clear();
  session.data.filename = opened.name;
  session.data.changed = false;
  show_aliases(session, opened.file);
}

}  // namespace adohost
