// label ([D] label): of the data, of variables, of values.
#include <algorithm>

#include "base/text.h"
#include "commands/data_commands.h"
#include "commands/label_commands.h"
#include "data/label_sets.h"
#include "lang/command.h"
#include "lang/words.h"

namespace adohost {
namespace {

/// A label of the data or of a variable has at most 80 characters.
std::string short_label(Session& session, const std::string& label) {
  constexpr std::size_t kLongest = 80;
  if (utf8_length(label) <= kLongest) return label;
  session.out.line("note: label truncated to 80 characters");
  return std::string(utf8_prefix(label, kLongest));
}

std::string only_text(std::string_view text) {
  std::string found = take_text(&text);
  if (!trim(text).empty()) fail_syntax();
  return found;
}

void label_data(Session& session, const LabelRequest& request) {
  parse_options(request.options, {});
  session.data.data_label = short_label(session, only_text(request.text));
  session.data.changed = true;
}

void label_variable(Session& session, const LabelRequest& request) {
  parse_options(request.options, {});
  std::string_view rest = request.text;
  const std::string name = take_text(&rest);
  if (name.empty()) throw StataError(100, "varlist required");
  const int v = find_variable(session.data, name, session.settings.varabbrev);
  session.data.variable(v).label = short_label(session, only_text(rest));
  session.data.changed = true;
}

void check_label_name(const std::string& name) {
  if (!is_name(name)) throw StataError(198, name + " invalid name");
}

std::int32_t take_key(std::string_view* text) {
  const std::string word = take_text(text);
  const auto value = to_number(word);
  std::int32_t key = 0;
  if (!value) fail_syntax();
  if (!label_key(*value, &key)) throw StataError(198, "may not label " + word);
  return key;
}

/// The pairs of `0 "no" 1 "yes"`.
std::vector<std::pair<std::int32_t, std::string>> read_pairs(std::string_view text) {
  std::vector<std::pair<std::int32_t, std::string>> pairs;
  for (text = trim(text); !text.empty(); text = trim_left(text)) {
    const std::int32_t key = take_key(&text);
    if (trim(text).empty()) fail_syntax();
    pairs.emplace_back(key, take_text(&text));
  }
  if (pairs.empty()) fail_syntax();
  return pairs;
}

void label_define(Session& session, const LabelRequest& request) {
  const Options options = parse_options(
      request.options, {{"add", 1}, {"modify", 6}, {"replace", 7}, {"nofix", 5}});
  std::string_view rest = request.text;
  const std::string name = take_text(&rest);
  check_label_name(name);
  const auto pairs = read_pairs(rest);
  auto& sets = session.data.value_labels;
  const bool exists = sets.contains(name);
  const bool add = options.has("add"), modify = options.has("modify");
  if (exists && !add && !modify && !options.has("replace")) {
    throw StataError(110, "label " + name + " already defined");
  }
  ValueLabel next = exists && !options.has("replace") ? sets.at(name) : ValueLabel{};
  for (const auto& [key, text] : pairs) {
    if (exists && add && !modify && next.contains(key)) {
      throw StataError(180, "invalid attempt to modify label");
    }
    if (text.empty()) {
      next.erase(key);
    } else {
      next[key] = text;
    }
  }
  sets[name] = std::move(next);
  if (!options.has("nofix")) fit_formats_to_labels(session.data, name);
  session.data.changed = true;
}

void label_values(Session& session, const LabelRequest& request) {
  const Options options = parse_options(request.options, {{"nofix", 5}});
  std::vector<std::string> words = split_blank(request.text);
  if (words.empty()) throw StataError(100, "varlist required");
  std::string name;
  if (words.size() > 1) {
    name = words.back() == "." ? "" : words.back();
    words.pop_back();
  }
  if (!name.empty()) check_label_name(name);
  std::string names;
  for (const std::string& word : words) names += word + " ";
  const std::vector<int> variables = required_variables(session, names);
  for (const int v : variables) {
    if (session.data.variable(v).type.is_string()) {
      throw StataError(181, "may not label strings");
    }
  }
  for (const int v : variables) session.data.variable(v).value_label = name;
  if (!options.has("nofix")) fit_formats_to_labels(session.data, name);
  session.data.changed = true;
}

const ValueLabel& find_set(Session& session, const std::string& name) {
  const auto found = session.data.value_labels.find(name);
  if (found == session.data.value_labels.end()) {
    throw StataError(111, "value label " + name + " not found");
  }
  return found->second;
}

void label_drop(Session& session, const LabelRequest& request) {
  parse_options(request.options, {});
  const std::vector<std::string> names = split_blank(request.text);
  if (names.empty()) fail_syntax();
  if (names.front() == "_all") return session.data.value_labels.clear();
  for (const std::string& name : names) find_set(session, name);
  for (const std::string& name : names) session.data.value_labels.erase(name);
}

void label_copy(Session& session, const LabelRequest& request) {
  const Options options = parse_options(request.options, {{"replace", 7}});
  const std::vector<std::string> names = split_blank(request.text);
  if (names.size() != 2) fail_syntax();
  const ValueLabel from = find_set(session, names[0]);
  check_label_name(names[1]);
  if (session.data.value_labels.contains(names[1]) && !options.has("replace")) {
    throw StataError(110, "label " + names[1] + " already defined");
  }
  session.data.value_labels[names[1]] = from;
  session.data.changed = true;
}

void list_set(Session& session, const std::string& name, const ValueLabel& labels) {
  session.out.line(name + ":");
  bool has_missing = false;
  std::vector<std::int32_t> numbers;
  for (const auto& [key, text] : labels) {
    session.out.line(pad_left(label_key_text(key), 12) + " " + text);
    const bool missing = is_missing(label_value(key));
    has_missing = has_missing || missing;
    if (!missing) numbers.push_back(key);
  }
  session.r.clear();
  session.r.set_scalar("k", static_cast<double>(labels.size()));
  if (!numbers.empty()) {
    session.r.set_scalar("min", numbers.front());
    session.r.set_scalar("max", numbers.back());
  }
  session.r.set_scalar("hasemiss", has_missing ? 1 : 0);
}

void label_list(Session& session, const LabelRequest& request) {
  parse_options(request.options, {});
  std::vector<std::string> names = split_blank(request.text);
  if (names.empty()) {
    for (const auto& [name, labels] : session.data.value_labels) names.push_back(name);
  }
  for (const std::string& name : names) list_set(session, name, find_set(session, name));
}

void label_dir(Session& session, const LabelRequest& request) {
  parse_options(request.options, {});
  if (!trim(request.text).empty()) fail_syntax();
  std::string names;
  for (const auto& [name, labels] : session.data.value_labels) {
    session.out.line(name);
    names += (names.empty() ? "" : " ") + name;
  }
  session.r.clear();
  session.r.set_macro("names", names);
}

struct Subcommand {
  std::string_view name;
  std::size_t minimum;
  void (*run)(Session&, const LabelRequest&);
};

constexpr Subcommand kSubcommands[] = {
    {"copy", 4, label_copy},     {"data", 2, label_data},
    {"define", 2, label_define}, {"dir", 2, label_dir},
    {"drop", 4, label_drop},     {"language", 4, label_language},
    {"list", 1, label_list},     {"save", 4, label_save},
    {"values", 3, label_values}, {"variable", 3, label_variable},
};

}  // namespace

void run_label(Session& session, const CommandLine& line) {
  std::string_view rest = line.rest;
  const std::size_t comma = std::min(find_outside(rest, ','), rest.size());
  const std::string_view options = rest.substr(std::min(comma + 1, rest.size()));
  rest = rest.substr(0, comma);
  const std::string word = take_text(&rest);
  for (const Subcommand& subcommand : kSubcommands) {
    if (abbreviates(word, subcommand.name, subcommand.minimum)) {
      return subcommand.run(session, {trim(rest), options});
    }
  }
  fail_syntax();
}

}  // namespace adohost
