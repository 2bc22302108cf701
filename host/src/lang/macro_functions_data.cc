// Macro functions on the data: type, format, labels, characteristics, sort order.
#include "base/error.h"
#include "base/text.h"
#include "data/storage.h"
#include "data/varlist.h"
#include "format/format.h"
#include "lang/macro_functions_table.h"
#include "lang/session.h"
#include "lang/tokens.h"
#include "lang/words.h"

namespace adohost {
namespace {

const Variable& take_variable(Session& session, std::string_view& text) {
  const int v = find_variable(session.data, take_word(text), session.settings.varabbrev);
  return session.data.variable(v);
}

const Variable& only_variable(Session& session, std::string_view text) {
  const Variable& variable = take_variable(session, text);
  require_end(text);
  return variable;
}

std::string run_type(Session& session, std::string_view rest) {
  return only_variable(session, rest).type.name();
}

std::string run_format(Session& session, std::string_view rest) {
  return only_variable(session, rest).format;
}

void take_label_word(std::string_view& rest) {
  if (!abbreviates(take_word(rest), "label", 1)) fail_syntax();
}

std::string run_variable(Session& session, std::string_view rest) {
  take_label_word(rest);
  return only_variable(session, rest).label;
}

std::string run_value(Session& session, std::string_view rest) {
  take_label_word(rest);
  return only_variable(session, rest).value_label;
}

std::string run_data(Session& session, std::string_view rest) {
  take_label_word(rest);
  require_end(rest);
  return session.data.data_label;
}

/// The name of the value label in `lblname` or `(varname)`; takes it off `text`.
std::string take_label_name(Session& session, std::string_view& text) {
  if (!text.starts_with('(')) return std::string(take_word(text));
  const std::size_t n = skip_brackets(text, 0);
  const std::string name = only_variable(session, text.substr(1, n - 2)).value_label;
  text.remove_prefix(n);
  return name;
}

const ValueLabel& value_label(Session& session, const std::string& name) {
  static const ValueLabel none;
  const auto found = session.data.value_labels.find(name);
  return found == session.data.value_labels.end() ? none : found->second;
}

std::size_t longest(const ValueLabel& labels) {
  std::size_t most = 0;
  for (const auto& [key, text] : labels) most = std::max(most, utf8_length(text));
  return most;
}

/// label {lblname | (varname)} {maxlength | # [length]} [, strict]
std::string run_label(Session& session, std::string_view rest) {
  const std::size_t comma = find_outside(rest, ',');
  const bool has_options = comma != std::string_view::npos;
  const std::string_view options = has_options ? trim(rest.substr(comma + 1)) : "";
  if (has_options && options != "strict") fail_option(std::string(options));
  rest = rest.substr(0, comma);
  const ValueLabel& labels = value_label(session, take_label_name(session, rest));
  const std::string_view what = take_word(rest);
  if (abbreviates(what, "maxlength", 3)) return std::to_string(longest(labels));
  const std::optional<double> number = to_number(what);
  if (!number) fail_syntax();
  std::optional<long long> width;
  if (!trim(rest).empty()) {
    width = to_integer(take_word(rest));
    if (!width || *width < 0) fail_syntax();
  }
  require_end(rest);
  const std::string* text = label_text(labels, *number);
  if (text == nullptr) return options.empty() ? macro_number(*number) : "";
  return std::string(width ? utf8_prefix(*text, static_cast<std::size_t>(*width))
                           : *text);
}

std::string run_sortedby(Session& session, std::string_view rest) {
  require_end(rest);
  std::string names;
  for (const int v : session.data.sorted_by) {
    if (!names.empty()) names += ' ';
    names += session.data.variable(v).name;
  }
  return names;
}

/// char owner[name], char owner[]
std::string run_char(Session& session, std::string_view rest) {
  const std::size_t open = rest.find('[');
  if (open == std::string_view::npos || !rest.ends_with(']')) fail_syntax();
  std::string owner(trim(rest.substr(0, open)));
  const std::string name(trim(rest.substr(open + 1, rest.size() - open - 2)));
  if (owner != "_dta") owner = only_variable(session, owner).name;
  const auto& all = session.data.characteristics;
  if (!name.empty()) {
    const auto found = all.find({owner, name});
    return found == all.end() ? "" : found->second;
  }
  std::string names;
  for (auto it = all.lower_bound({owner, ""}); it != all.end(); ++it) {
    if (it->first.first != owner) break;
    if (!names.empty()) names += ' ';
    names += it->first.second;
  }
  return names;
}

constexpr MacroFunction kFunctions[] = {
    {"type", 1, run_type},         {"format", 1, run_format},
    {"variable", 3, run_variable}, {"value", 3, run_value},
    {"data", 4, run_data},         {"label", 3, run_label},
    {"sortedby", 8, run_sortedby}, {"char", 4, run_char},
};

}  // namespace

std::span<const MacroFunction> data_macro_functions() {
  return kFunctions;
}

}  // namespace adohost
