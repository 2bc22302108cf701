// recode ([D] recode): values of numeric variables changed by rules.
#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "commands/data_commands.h"
#include "data/label_sets.h"
#include "expr/sample.h"
#include "format/format.h"
#include "lang/session.h"
#include "lang/tokens.h"
#include "lang/words.h"

namespace adohost {
namespace {

/// An end of a range: a number, or the smallest or largest of the variable.
struct RecodeEnd {
  enum class Kind { number, min, max } kind = Kind::number;
  double number = 0;

  double value(double low, double high) const {
    return kind == Kind::min ? low : kind == Kind::max ? high : number;
  }
};

struct RecodeRule {
  enum class Kind { values, missing, nonmissing, otherwise } kind = Kind::values;
  std::vector<std::pair<RecodeEnd, RecodeEnd>> from;
  RecodeEnd to;
  std::optional<std::string> label;

  bool matches(double x, double low, double high) const {
    if (kind == Kind::missing) return is_missing(x);
    if (kind == Kind::nonmissing) return !is_missing(x);
    if (kind == Kind::otherwise) return true;
    return std::any_of(from.begin(), from.end(), [&](const auto& range) {
      return x >= range.first.value(low, high) && x <= range.second.value(low, high);
    });
  }
};

[[noreturn]] void fail_rule(std::string_view text) {
  throw StataError(198, "unknown el " + std::string(text) + " in rule");
}

RecodeEnd parse_end(std::string_view text) {
  if (text == "min") return {RecodeEnd::Kind::min, 0};
  if (text == "max") return {RecodeEnd::Kind::max, 0};
  const auto number = to_number(text);
  if (!number) fail_rule(text);
  return {RecodeEnd::Kind::number, *number};
}

/// `1 2 = 1 "low"`, `3/max=2`, `missing=.a`, `else = 0`.
RecodeRule parse_rule(std::string_view text) {
  const std::size_t equal = text.find('=');
  if (equal == std::string_view::npos) fail_syntax();
  RecodeRule rule;
  for (const std::string& word : split_blank(text.substr(0, equal))) {
    if (abbreviates(word, "nonmissing", 4)) {
      rule.kind = RecodeRule::Kind::nonmissing;
    } else if (abbreviates(word, "missing", 3)) {
      rule.kind = RecodeRule::Kind::missing;
    } else if (word == "else" || word == "*") {
      rule.kind = RecodeRule::Kind::otherwise;
    } else {
      const std::size_t slash = word.find('/');
      const RecodeEnd first = parse_end(word.substr(0, slash));
      rule.from.emplace_back(
          first, slash == std::string::npos ? first : parse_end(word.substr(slash + 1)));
    }
  }
  const bool keyword = rule.kind != RecodeRule::Kind::values;
  if (keyword != rule.from.empty()) fail_syntax();
  const Token to = next_token(text.substr(equal + 1));
  rule.to = parse_end(to.text);
  const std::string_view label = trim(to.rest);
  if (!label.empty()) rule.label = unquoted(label);
  return rule;
}

struct RecodeRequest {
  std::vector<int> variables;
  std::vector<RecodeRule> rules;
};

/// Rules in parentheses or, for one variable, without.
RecodeRequest parse_rules(Session& session, std::string_view text) {
  RecodeRequest request;
  const std::size_t open = text.find('(');
  const bool bare = open == std::string_view::npos;
  const std::size_t end = bare ? std::min(text.find_first_of(" \t"), text.size()) : open;
  VarlistRules rules = session_rules(session);
  rules.numeric_only = true;
  if (trim(text.substr(0, end)).empty()) throw StataError(100, "varlist required");
  request.variables =
      without_repeats(parse_varlist(session.data, text.substr(0, end), rules));
  text = trim(text.substr(end));
  if (bare) {
    // `1 2=1 3=2`: a rule ends with the word behind its `=`.
    while (!text.empty()) {
      const std::size_t equal = text.find('=');
      if (equal == std::string_view::npos) fail_syntax();
      const std::string_view after = trim_left(text.substr(equal + 1));
      const std::size_t length = std::min(after.find_first_of(" \t"), after.size());
      request.rules.push_back(parse_rule(std::string(text.substr(0, equal + 1)) +
                                         std::string(after.substr(0, length))));
      text = trim_left(after.substr(length));
    }
  } else {
    while (!text.empty()) {
      if (text.front() != '(') fail_syntax();
      const std::size_t length = skip_brackets(text, 0);
      request.rules.push_back(parse_rule(text.substr(1, length - 2)));
      text = trim_left(text.substr(length));
    }
  }
  if (request.rules.empty()) throw StataError(198, "no rules specified");
  return request;
}

/// The names of the variables to make; none where the old ones are overwritten.
std::vector<std::string> new_names(const Session& session, const RecodeRequest& request,
                                   const Options& options) {
  const auto prefix = options.argument("prefix");
  std::string names = options.argument("generate").value_or("");
  if (prefix && !names.empty()) {
    throw StataError(198, "options generate() and prefix() may not be combined");
  }
  if (prefix) {
    for (const int v : request.variables) {
      names += *prefix + session.data.variable(v).name + " ";
    }
  }
  if (names.empty()) return {};
  const auto list = parse_newvarlist(session.data, names);
  if (list.size() != request.variables.size()) {
    throw StataError(198, "number of new variables must match number of variables");
  }
  return list;
}

class Recoding {
 public:
  Recoding(Session& session, const CommandLine& line, const RecodeRequest& request)
      : data_(session.data),
        rules_(request.rules),
        sample_(session, line.if_or_empty(), line.in_or_empty()) {}

  /// The values of `v` by the rules; those outside the sample are as they were.
  std::vector<double> values_of(int v) const {
    double low = missing_value(), high = missing_value();
    for (std::int64_t i = sample_.begin(); i < sample_.end(); ++i) {
      const double x = data_.number(v, i);
      if (!sample_.has(i) || is_missing(x)) continue;
      low = is_missing(low) ? x : std::min(low, x);
      high = is_missing(high) ? x : std::max(high, x);
    }
    std::vector<double> values(data_.nobs());
    for (std::int64_t i = 0; i < data_.nobs(); ++i) {
      values[i] = data_.number(v, i);
      if (!has(i)) continue;
      const auto rule = std::find_if(rules_.begin(), rules_.end(), [&](const auto& r) {
        return r.matches(values[i], low, high);
      });
      if (rule != rules_.end()) values[i] = rule->to.value(low, high);
    }
    return values;
  }

  bool has(std::int64_t i) const {
    return i >= sample_.begin() && i < sample_.end() && sample_.has(i);
  }

  /// The labels that the rules give to their new values.
  ValueLabel labels() const {
    ValueLabel made;
    for (const RecodeRule& rule : rules_) {
      std::int32_t key = 0;
      if (!rule.label) continue;
      if (!label_key(rule.to.number, &key)) {
        throw StataError(
            198,
            "may not label " + std::string(trim(plain_number(rule.to.number, "%9.0g"))));
      }
      made[key] = *rule.label;
    }
    return made;
  }

 private:
  const Dataset& data_;
  const std::vector<RecodeRule>& rules_;
  Sample sample_;
};

/// The type of `type` or wider that holds all values.
VarType type_for(VarType type, const std::vector<double>& values) {
  const auto fits = [&values](Storage storage) {
    return std::all_of(values.begin(), values.end(),
                       [storage](double x) { return holds(storage, x); });
  };
  for (const Storage wider :
       {type.storage, Storage::int_, Storage::long_, Storage::float_}) {
    if (wider >= type.storage && fits(wider)) return {wider, 0};
  }
  return {Storage::double_, 0};
}

void store(Dataset& data, int v, const std::vector<double>& values) {
  for (std::int64_t i = 0; i < data.nobs(); ++i) data.set_number(v, i, values[i]);
}

std::int64_t overwrite(Dataset& data, int v, const std::vector<double>& values) {
  std::int64_t changes = 0;
  for (std::int64_t i = 0; i < data.nobs(); ++i) {
    changes += values[i] == data.number(v, i) ? 0 : 1;
  }
  data.change_type(v, type_for(data.variable(v).type, values));
  store(data, v, values);
  const auto sorted = std::find(data.sorted_by.begin(), data.sorted_by.end(), v);
  if (changes > 0) data.sorted_by.erase(sorted, data.sorted_by.end());
  data.changed = true;
  return changes;
}

}  // namespace

void run_recode(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowExp | kAllowSample | kAllowOptions);
  const Options options = parse_options(line.options, {{"generate", 1, true},
                                                       {"prefix", 3, true},
                                                       {"label", 1, true},
                                                       {"copyrest", 4},
                                                       {"test", 1}});
  // The splitter takes what follows the first `=` for an expression.
  const RecodeRequest request =
      parse_rules(session, line.exp ? line.anything + "=" + *line.exp : line.anything);
  const std::vector<std::string> names = new_names(session, request, options);
  const Recoding recoding(session, line, request);
  const ValueLabel labels = recoding.labels();
  if (names.empty() && (!labels.empty() || options.has("label"))) {
    throw StataError(198, "labels may be defined for new variables only");
  }
  Dataset& data = session.data;
  for (std::size_t k = 0; k < request.variables.size(); ++k) {
    const int v = request.variables[k];
    const std::string name = data.variable(v).name;
    std::vector<double> values = recoding.values_of(v);
    if (names.empty()) {
      const std::int64_t n = overwrite(data, v, values);
      session.out.line("(" + with_commas(n) +
                       std::string(plural(n, " change", " changes")) + " made to " +
                       name + ")");
      continue;
    }
    std::int64_t n = 0;
    for (std::int64_t i = 0; i < data.nobs(); ++i) {
      if (!recoding.has(i) && !options.has("copyrest")) values[i] = missing_value();
      n += recoding.has(i) && values[i] != data.number(v, i) ? 1 : 0;
    }
    const int made = data.add_variable(names[k], type_for(data.variable(v).type, values));
    store(data, made, values);
    const std::string about = data.variable(v).label;
    data.variable(made).label = std::string(
        utf8_prefix("RECODE of " + name + (about.empty() ? "" : " (" + about + ")"), 80));
    if (!labels.empty()) {
      const std::string set = options.argument("label").value_or(names[k]);
      data.value_labels[set] = labels;
      data.variable(made).value_label = set;
      fit_formats_to_labels(data, set);
    }
    session.out.line("(" + with_commas(n) +
                     std::string(plural(n, " difference", " differences")) + " between " +
                     name + " and " + names[k] + ")");
  }
}

}  // namespace adohost
