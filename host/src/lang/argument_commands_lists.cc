// unab, numlist, levelsof: lists as text.
#include <set>

#include "base/text.h"
#include "data/varlist.h"
#include "expr/sample.h"
#include "format/format.h"
#include "lang/argument_commands.h"
#include "lang/numlist.h"
#include "lang/words.h"

namespace adohost {
namespace {

constexpr auto npos = std::string_view::npos;

std::size_t option_count(const Options& options, std::string_view name,
                         std::size_t otherwise) {
  const auto text = options.argument(name);
  if (!text) return otherwise;
  const auto n = to_integer(*text);
  if (!n || *n < 0)
    throw StataError(198, "option " + std::string(name) + "() incorrectly specified");
  return static_cast<std::size_t>(*n);
}

void check_count(const Options& options, std::size_t n) {
  const std::string name = options.argument("name").value_or("");
  const std::string prefix = name.empty() ? "" : name + ":  ";
  if (n < option_count(options, "min", 1))
    throw StataError(102, prefix + "too few variables specified");
  if (n > option_count(options, "max", 120000))
    throw StataError(103, prefix + "too many variables specified");
}

struct Levels {
  std::vector<std::string> words;  // the distinct values in ascending order
  std::int64_t observations = 0;   // that have one of them
};

Levels levels(Session& session, int v, const Sample& sample, bool with_missing,
              bool quotes) {
  const Dataset& data = session.data;
  Levels found;
  if (data.variable(v).type.is_string()) {
    std::set<std::string, std::less<>> seen;
    for (std::int64_t i = sample.begin(); i < sample.end(); ++i) {
      if (!sample.has(i)) continue;
      const std::string_view text = data.text(v, i);
      if (!with_missing && text.empty()) continue;
      ++found.observations;
      if (seen.find(text) == seen.end()) seen.emplace(text);
    }
    for (const std::string& text : seen)
      found.words.push_back(quotes ? "`\"" + text + "\"'" : text);
    return found;
  }
  std::set<double> seen;
  for (std::int64_t i = sample.begin(); i < sample.end(); ++i) {
    if (!sample.has(i)) continue;
    const double x = data.number(v, i);
    if (!with_missing && is_missing(x)) continue;
    ++found.observations;
    seen.insert(x);
  }
  for (const double x : seen) found.words.push_back(macro_number(x));
  return found;
}

}  // namespace

/// unab name : varlist [, min(#) max(#) name(text)]
void run_unab(Session& session, const CommandLine& line) {
  std::string_view rest = line.rest;
  const std::size_t colon = rest.find(':');
  if (colon == npos) fail_syntax();
  const std::string_view macro = trim(rest.substr(0, colon));
  if (!is_name("_" + std::string(macro))) fail_syntax();
  rest.remove_prefix(colon + 1);
  const std::string_view text = cut_options(rest);
  const Options options =
      parse_options(rest, {{"min", 3, true}, {"max", 3, true}, {"name", 1, true}});
  VarlistRules rules;
  rules.abbreviate = session.settings.varabbrev;
  std::string names;
  const std::vector<int> variables = parse_varlist(session.data, text, rules);
  check_count(options, variables.size());
  for (const int v : variables)
    names += (names.empty() ? "" : " ") + session.data.variable(v).name;
  session.macros.set_local(macro, std::move(names));
}

/// numlist "numlist" [, ascending descending integer missingokay min() max() range()
/// sort]
void run_numlist(Session& session, const CommandLine& line) {
  std::string_view rest = line.rest;
  const std::string_view text = without_quotes(cut_options(rest));
  NumlistRules rules;
  for (const TypedOption& option : typed_options(rest)) {
    std::string word(option.name);
    if (option.has_argument) word += "(" + std::string(option.argument) + ")";
    if (!add_numlist_rule(rules, word)) fail_option(word);
  }
  std::vector<double> numbers = parse_numlist(text);
  apply_numlist_rules(rules, numbers);
  session.r.clear();
  session.r.set_macro("numlist", numlist_text(numbers));
}

void run_levelsof(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowSample | kAllowOptions);
  const Options options = parse_options(
      line.options,
      {{"clean", 1}, {"local", 1, true}, {"missing", 4}, {"separate", 1, true}});
  if (line.anything.empty()) throw StataError(100, "varlist required");
  VarlistRules rules;
  rules.abbreviate = session.settings.varabbrev;
  rules.maximum = 1;
  const int v = parse_varlist(session.data, line.anything, rules).at(0);
  const Sample sample(session, line.if_or_empty(), line.in_or_empty());
  const std::string macro = options.argument("local").value_or("");
  if (options.has("local") && !is_name("_" + macro))
    throw StataError(198, macro + " invalid name");
  const std::string separator(without_quotes(options.argument("separate").value_or(" ")));

  const Levels found =
      levels(session, v, sample, options.has("missing"), !options.has("clean"));
  std::string text;
  for (const std::string& word : found.words)
    text += (text.empty() ? "" : separator) + word;
  session.out.line(text, Style::result);
  session.r.clear();
  session.r.set_scalar("r", static_cast<double>(found.words.size()));
  session.r.set_scalar("N", static_cast<double>(found.observations));
  session.r.set_macro("levels", text);
  if (!macro.empty()) session.macros.set_local(macro, std::move(text));
}

}  // namespace adohost
