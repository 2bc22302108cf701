#include "commands/dta_combine.h"

#include "base/error.h"
#include "base/paragraph.h"
#include "data/combine.h"

namespace adohost {
namespace {

/// For append the text is known from users' reports; that for a string in memory is made
/// after it.
[[noreturn]] void fail_mismatch(const Session& session, const Variable& master,
                                const Variable& other, const std::string& command) {
  const bool number = master.type.is_numeric();
  std::string text = "You could specify " + command + "'s force option to ignore this ";
  text += number ? "numeric/string" : "string/numeric";
  text += " mismatch.  The using variable would then be treated as if it contained ";
  text += number ? "numeric missing value." : "\"\".";
  throw StataError(106, "variable " + master.name + " is " + master.type.name() +
                            " in master but " + other.type.name() + " in using data\n" +
                            paragraph(text, 4, 4, paragraph_width(session.out)));
}

void say_widened(Session& session, int v, VarType type) {
  const Variable& variable = session.data.variable(v);
  session.out.line("(variable " + variable.name + " was " + variable.type.name() +
                   ", now " + type.name() + " to accommodate using data's values)");
}

}  // namespace

ColumnPairs combine_variables(Session& session, const Dataset& other,
                              const std::vector<int>& wanted,
                              const CombineOptions& options) {
  Dataset& data = session.data;
  ColumnPairs pairs;
  std::vector<int> fresh;
  std::vector<std::pair<int, VarType>> changes;
  for (const int v : wanted) {
    const Variable& from = other.variable(v);
    const int place = data.find(from.name);
    if (place < 0) {
      fresh.push_back(v);
      continue;
    }
    const Variable& to = data.variable(place);
    if (from.type.is_string() != to.type.is_string()) {
      if (!options.force) fail_mismatch(session, to, from, options.command);
      session.out.line("(note: variable " + from.name + " was " + from.type.name() +
                       " in the using data, but will be " + to.type.name() + " now)");
      continue;
    }
    const VarType type = common_type(to.type, from.type);
    if (!(type == to.type)) changes.emplace_back(place, type);
    pairs.emplace_back(v, place);
  }
  for (const auto& [v, type] : changes) say_widened(session, v, type);
  data.change_types(changes);
  for (const int v : fresh) pairs.emplace_back(v, adopt_variable(other, v, data));
  return pairs;
}

void combine_labels(Session& session, const Dataset& other, bool labels, bool notes) {
  if (labels) {
    for (const std::string& name : adopt_value_labels(other, session.data)) {
      session.out.line("(label " + name + " already defined)");
    }
  }
  if (notes) adopt_notes(other, session.data);
  adopt_characteristics(other, session.data);
}

}  // namespace adohost
