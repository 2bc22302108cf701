// Between strings and numbers: encode, decode ([D] encode), destring, tostring ([D]
// destring).
#include <algorithm>
#include <cmath>
#include <set>

#include "base/text.h"
#include "commands/data_commands.h"
#include "data/label_sets.h"
#include "expr/sample.h"
#include "format/format.h"
#include "lang/command.h"

namespace adohost {
namespace {

int only_variable(Session& session, const CommandLine& line) {
  VarlistRules rules = session_rules(session);
  rules.minimum = rules.maximum = 1;
  if (trim(line.anything).empty()) throw StataError(100, "varlist required");
  return parse_varlist(session.data, line.anything, rules).front();
}

std::string new_name(const Session& session, const Options& options) {
  const auto name = options.argument("generate");
  if (!name) throw StataError(198, "option generate() required");
  const auto names = parse_newvarlist(session.data, *name);
  if (names.size() != 1) fail_syntax();
  return names.front();
}

/// The codes of the texts that the label set has already.
std::map<std::string, std::int32_t> known_codes(const ValueLabel& labels) {
  std::map<std::string, std::int32_t> codes;
  for (const auto& [key, text] : labels) codes.emplace(text, key);
  return codes;
}

/// Gives every new text the next code, in alphabetical order.
void add_codes(const std::set<std::string>& texts, bool noextend, ValueLabel* labels) {
  const auto codes = known_codes(*labels);
  std::int32_t next = 0;
  for (const auto& [key, text] : *labels) {
    if (!is_missing(label_value(key))) next = std::max(next, key);
  }
  for (const std::string& text : texts) {
    if (codes.contains(text)) continue;
    if (noextend) {
      throw StataError(180, "not all values are found in the value label, and noextend");
    }
    (*labels)[++next] = text;
  }
}

}  // namespace

void run_encode(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowSample | kAllowOptions);
  const Options options = parse_options(
      line.options, {{"generate", 1, true}, {"label", 1, true}, {"noextend", 8}});
  const int from = only_variable(session, line);
  Dataset& data = session.data;
  if (data.variable(from).type.is_numeric()) {
    throw StataError(107, "not possible with numeric variable");
  }
  const std::string name = new_name(session, options);
  const std::string set = options.argument("label").value_or(name);
  if (!is_name(set)) throw StataError(198, set + " invalid name");
  const Sample sample(session, line.if_or_empty(), line.in_or_empty());
  std::set<std::string> texts;
  for (std::int64_t i = sample.begin(); i < sample.end(); ++i) {
    if (sample.has(i) && !data.text(from, i).empty()) texts.emplace(data.text(from, i));
  }
  const auto known = data.value_labels.find(set);
  ValueLabel labels = known == data.value_labels.end() ? ValueLabel{} : known->second;
  add_codes(texts, options.has("noextend"), &labels);
  const auto codes = known_codes(labels);
  const int to = data.add_variable(name, {Storage::long_, 0});
  for (std::int64_t i = sample.begin(); i < sample.end(); ++i) {
    if (!sample.has(i) || data.text(from, i).empty()) continue;
    data.set_number(to, i, codes.at(std::string(data.text(from, i))));
  }
  data.value_labels[set] = std::move(labels);
  data.variable(to).value_label = set;
  data.variable(to).format = "%8.0g";
  fit_formats_to_labels(data, set);
  data.variable(to).label = data.variable(from).label;
}

void run_decode(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowSample | kAllowOptions);
  const Options options =
      parse_options(line.options, {{"generate", 1, true}, {"maxlength", 1, true}});
  const int from = only_variable(session, line);
  Dataset& data = session.data;
  if (data.variable(from).type.is_string()) {
    throw StataError(108, "not possible with string variable");
  }
  const std::string name = new_name(session, options);
  const auto set = data.value_labels.find(data.variable(from).value_label);
  if (data.variable(from).value_label.empty() || set == data.value_labels.end()) {
    throw StataError(182, data.variable(from).name + " not labeled");
  }
  const ValueLabel labels = set->second;
  std::size_t width = 1;
  for (const auto& [key, text] : labels) width = std::max(width, text.size());
  if (const auto limit = options.argument("maxlength")) {
    const auto bytes = to_integer(*limit);
    if (!bytes || *bytes < 1) fail_syntax();
    width = std::min<std::size_t>(width, static_cast<std::size_t>(*bytes));
  }
  const Sample sample(session, line.if_or_empty(), line.in_or_empty());
  const VarType type = width > kMaxStrWidth
                           ? VarType{Storage::strl, 0}
                           : VarType{Storage::str, static_cast<std::uint16_t>(width)};
  const int to = data.add_variable(name, type);
  data.variable(to).label = data.variable(from).label;
  for (std::int64_t i = sample.begin(); i < sample.end(); ++i) {
    if (!sample.has(i)) continue;
    const std::string* text = label_text(labels, data.number(from, i));
    if (text != nullptr) data.set_text(to, i, *text);
  }
}

namespace {

/// Puts `made` where `old` was and gives it the name, label and characteristics.
void take_place(Dataset& data, int old, int made) {
  const std::string name = data.variable(old).name;
  data.variable(made).label = data.variable(old).label;
  const std::string temporary = data.variable(made).name;
  for (auto it = data.characteristics.lower_bound({name, ""});
       it != data.characteristics.end() && it->first.first == name; ++it) {
    data.characteristics[{temporary, it->first.second}] = it->second;
  }
  std::vector<int> order;
  for (int v = 0; v < data.nvar() - 1; ++v) order.push_back(v == old ? made : v);
  order.push_back(old);
  data.reorder_variables(order);
  data.drop_variables({data.nvar() - 1});
  data.rename_variable(old, name);
}

constexpr const char* kTemporary = "__converted";

/// The names for generate(), one for each variable, or none under replace.
std::vector<std::string> target_names(const Session& session, const Options& options,
                                      std::size_t count) {
  const auto generate = options.argument("generate");
  if (generate.has_value() == options.has("replace")) {
    throw StataError(198, generate ? "options generate and replace are mutually exclusive"
                                   : "must specify either generate or replace option");
  }
  if (!generate) return {};
  auto names = parse_newvarlist(session.data, *generate);
  if (names.size() != count) {
    throw StataError(198,
                     "number of variables in varlist must equal\n"
                     "number of variables in generate(newvarlist)");
  }
  return names;
}

struct Parsed {
  std::vector<double> numbers;
  std::int64_t bad = 0;  // texts that are no number
  std::set<char>
      removed;  // characters of ignore(), and the percent sign, that were found
};

struct DestringRules {
  std::string ignore;
  bool percent = false;
};

double parse_cell(std::string_view cell, const DestringRules& rules, Parsed* parsed) {
  std::string text(cell);
  bool percent = false;
  if (rules.percent && text.ends_with('%')) {
    text.pop_back();
    percent = true;
  }
  if (percent) parsed->removed.insert('%');
  std::erase_if(text, [&](char c) {
    const bool ignored = rules.ignore.find(c) != std::string::npos;
    if (ignored) parsed->removed.insert(c);
    return ignored;
  });
  if (trim(text).empty()) return missing_value();
  const auto number = to_number(trim(text));
  if (!number) {
    ++parsed->bad;
    return missing_value();
  }
  return percent && !is_missing(*number) ? *number / 100 : *number;
}

Parsed parse_variable(const Dataset& data, int v, const DestringRules& rules) {
  Parsed parsed;
  parsed.numbers.reserve(data.nobs());
  for (std::int64_t i = 0; i < data.nobs(); ++i) {
    parsed.numbers.push_back(parse_cell(data.text(v, i), rules, &parsed));
  }
  return parsed;
}

/// `characters $ , removed`, in the order of ignore().
std::string removed_text(const Parsed& parsed, const DestringRules& rules) {
  std::string list;
  std::set<char> left = parsed.removed;
  for (const char c : rules.ignore + "%") {
    if (left.erase(c) > 0) list += c == ' ' ? "space " : std::string{c, ' '};
  }
  return (parsed.removed.size() == 1 ? "character " : "characters ") + list + "removed";
}

VarType type_of(const std::vector<double>& numbers, bool as_float) {
  double low = 0, high = 0;
  for (const double x : numbers) {
    if (is_missing(x)) continue;
    if (x != std::trunc(x)) return {as_float ? Storage::float_ : Storage::double_, 0};
    low = std::min(low, x);
    high = std::max(high, x);
  }
  const Storage type = smallest_integer_type(low, high);
  if (as_float && type >= Storage::long_) return {Storage::float_, 0};
  return {type, 0};
}

void report_missing(Session& session, const std::vector<double>& numbers) {
  const auto missing = std::count_if(numbers.begin(), numbers.end(),
                                     [](double x) { return is_missing(x); });
  if (missing == 0) return;
  session.out.line("(" + with_commas(missing) +
                   std::string(plural(missing, " missing value", " missing values")) +
                   " generated)");
}

void destring_one(Session& session, int v, const std::string& target,
                  const Options& options, const DestringRules& rules) {
  Dataset& data = session.data;
  const std::string name = data.variable(v).name;
  const bool replace = target.empty();
  const std::string verb = replace ? "replace" : "generate";
  if (data.variable(v).type.is_numeric()) {
    session.out.line(name + " already numeric; no " + verb);
    return;
  }
  const Parsed parsed = parse_variable(data, v, rules);
  if (parsed.bad > 0 && !options.has("force")) {
    session.out.line(name + ": contains " +
                     (rules.ignore.empty() ? "nonnumeric characters"
                                           : "characters not specified in ignore()") +
                     "; no " + verb);
    return;
  }
  const VarType type = type_of(parsed.numbers, options.has("float"));
  const int made = data.add_variable(replace ? kTemporary : target, type);
  data.variable(made).format = "%10.0g";
  for (std::int64_t i = 0; i < data.nobs(); ++i) {
    data.set_number(made, i, parsed.numbers[i]);
  }
  data.variable(made).label = data.variable(v).label;
  std::string what = "all characters numeric";
  if (parsed.bad > 0) what = "contains nonnumeric characters";
  if (parsed.bad == 0 && !parsed.removed.empty()) what = removed_text(parsed, rules);
  session.out.line(name + ": " + what + "; " +
                   (replace ? std::string("replaced") : target + " generated") + " as " +
                   type.name());
  report_missing(session, parsed.numbers);
  if (replace) take_place(data, v, made);
}

}  // namespace

void run_destring(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowOptions);
  const Options options = parse_options(line.options, {{"generate", 1, true},
                                                       {"replace", 7},
                                                       {"force", 5},
                                                       {"float", 5},
                                                       {"percent", 7},
                                                       {"ignore", 1, true}});
  const std::vector<int> variables = variables_or_all(session, line.anything);
  const auto names = target_names(session, options, variables.size());
  const DestringRules rules{unquoted(options.argument("ignore").value_or("")),
                            options.has("percent")};
  for (std::size_t i = 0; i < variables.size(); ++i) {
    destring_one(session, variables[i], names.empty() ? "" : names[i], options, rules);
  }
}

namespace {

struct Texts {
  std::vector<std::string> cells;
  std::size_t longest = 1;
  bool exact = true;  // every number can be read back
};

Texts text_of(const Dataset& data, int v, const std::string& format) {
  Texts texts;
  texts.cells.reserve(data.nobs());
  for (std::int64_t i = 0; i < data.nobs(); ++i) {
    const double x = data.number(v, i);
    texts.cells.emplace_back(trim(format_number(x, format)));
    texts.longest = std::max(texts.longest, texts.cells.back().size());
    const auto back = to_number(texts.cells.back());
    std::byte cell[8];
    store_number(cell, data.variable(v).type.storage, back.value_or(missing_value()));
    const double stored = load_number(cell, data.variable(v).type.storage);
    texts.exact = texts.exact && back && stored == x;
  }
  return texts;
}

void tostring_one(Session& session, int v, const std::string& target,
                  const Options& options) {
  Dataset& data = session.data;
  const Variable var = data.variable(v);
  const bool replace = target.empty();
  if (var.type.is_string()) {
    session.out.line(var.name + " already string; no " +
                     (replace ? "replace" : "generate"));
    return;
  }
  std::string format = unquoted(options.argument("format").value_or("%12.0g"));
  if (options.has("usedisplayformat")) format = var.format;
  if (!is_numeric_format(format)) throw StataError(120, "invalid %format");
  const Texts texts = text_of(data, v, format);
  if (!texts.exact && !options.has("force")) {
    session.out.line(var.name + " cannot be converted reversibly; no " +
                     (replace ? "replace" : "generate"));
    return;
  }
  const VarType type{Storage::str, static_cast<std::uint16_t>(texts.longest)};
  const int made = data.add_variable(replace ? kTemporary : target, type);
  for (std::int64_t i = 0; i < data.nobs(); ++i) data.set_text(made, i, texts.cells[i]);
  data.variable(made).label = var.label;
  if (replace) {
    take_place(data, v, made);
    session.out.line(var.name + " was " + var.type.name() + " now " + type.name());
  } else {
    session.out.line(target + " generated as " + type.name());
  }
  if (!texts.exact)
    session.out.line(var.name + " was forced to string; some loss of information");
}

}  // namespace

void run_tostring(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowOptions);
  const Options options = parse_options(line.options, {{"generate", 1, true},
                                                       {"replace", 7},
                                                       {"force", 5},
                                                       {"format", 1, true},
                                                       {"usedisplayformat", 1}});
  const std::vector<int> variables = required_variables(session, line.anything);
  const auto names = target_names(session, options, variables.size());
  for (std::size_t i = 0; i < variables.size(); ++i) {
    tostring_one(session, variables[i], names.empty() ? "" : names[i], options);
  }
}

}  // namespace adohost
