#include <cmath>
#include <optional>

#include "base/error.h"
#include "base/text.h"
#include "data/varlist.h"
#include "format/format.h"
#include "lang/session.h"
#include "lang/syntax.h"
#include "lang/syntax_spec.h"
#include "lang/words.h"

namespace adohost {
namespace {

[[noreturn]] void fail_specified(const OptionSpec& option) {
  throw StataError(198, "option " + option.name + "() incorrectly specified");
}

std::string number_text(const OptionSpec& option, std::string_view typed) {
  const std::optional<double> x = to_number(trim(typed));
  if (!x) fail_specified(option);
  if (option.kind == OptionKind::integer && !is_missing(*x) && *x != std::floor(*x))
    fail_specified(option);
  return macro_number(*x);
}

std::string level_text(const OptionSpec& option, std::string_view typed) {
  const std::optional<double> x = to_number(trim(typed));
  if (!x || *x < 10 || *x > 99.99)
    throw StataError(198, option.name + "() must be between 10 and 99.99 inclusive");
  return macro_number(*x);
}

std::string numbers_text(const OptionSpec& option, std::string_view typed) {
  try {
    std::vector<double> numbers = parse_numlist(typed);
    apply_numlist_rules(option.numlist, numbers);
    return numlist_text(numbers);
  } catch (const StataError& error) {
    throw StataError(error.rc(), option.name + "() invalid -- " + error.text());
  }
}

std::vector<std::string> names_in(Session& session, const OptionSpec& option,
                                  std::string_view typed) {
  std::vector<std::string> names;
  if (option.kind == OptionKind::varlist) {
    VarlistRules rules;
    rules.abbreviate = session.settings.varabbrev;
    rules.numeric_only = option.list.numeric;
    rules.string_only = option.list.string;
    for (const int v : parse_varlist(session.data, typed, rules))
      names.push_back(session.data.variable(v).name);
    return names;
  }
  if (option.kind == OptionKind::newvarlist) return parse_newvarlist(session.data, typed);
  names = split_blank(typed);
  for (const std::string& name : names)
    if (!is_name(name)) throw StataError(198, name + " invalid name");
  return names;
}

std::string list_option_text(Session& session, const OptionSpec& option,
                             std::string_view typed) {
  const char* what = option.kind == OptionKind::namelist ? "names" : "variables";
  try {
    const std::vector<std::string> names = names_in(session, option, typed);
    if (names.size() < option.list.minimum)
      throw StataError(102, std::string("too few ") + what + " specified");
    if (names.size() > option.list.maximum)
      throw StataError(103, std::string("too many ") + what + " specified");
    return joined(names);
  } catch (const StataError& error) {
    throw StataError(error.rc(),
                     error.text() + "\n(error in option " + option.name + "())");
  }
}

/// What the macro of an option with an argument becomes.
std::string argument_text(Session& session, const OptionSpec& option,
                          std::string_view typed) {
  switch (option.kind) {
    case OptionKind::integer:
    case OptionKind::real:
      return number_text(option, typed);
    case OptionKind::cilevel:
      return level_text(option, typed);
    case OptionKind::string:
      return std::string(without_quotes(trim(typed)));
    case OptionKind::string_asis:
      return std::string(trim(typed));
    case OptionKind::passthru:
      return option.name + "(" + std::string(typed) + ")";
    default:
      break;
  }
  if (trim(typed).empty()) return "";
  return option.kind == OptionKind::numlist ? numbers_text(option, typed)
                                            : list_option_text(session, option, typed);
}

std::string fallback_text(Session& session, const OptionSpec& option) {
  if (option.kind == OptionKind::cilevel) return macro_number(session.settings.level);
  return option.fallback;
}

std::string as_typed(const TypedOption& typed) {
  std::string text(typed.name);
  if (typed.has_argument) text += "(" + std::string(typed.argument) + ")";
  return text;
}

/// Matches what was typed against the description, option by option.
class Matcher {
 public:
  Matcher(Session& session, const SyntaxSpec& spec)
      : session_(session), spec_(spec), matched_(spec.options.size()) {}

  void take(const TypedOption& typed) {
    const std::size_t i = find(typed.name);
    if (i < matched_.size() && fits(i, typed)) return;
    if (spec_.rest_of_options) {
      rest_ += (rest_.empty() ? "" : " ") + as_typed(typed);
      return;
    }
    std::string name(typed.name);
    if (i == matched_.size() || typed.has_argument)
      fail_option(typed.has_argument ? name + "()" : name);
    fail_specified(spec_.options[i]);
  }

  MacroSettings settings() {
    MacroSettings all;
    for (std::size_t i = 0; i < matched_.size(); ++i) {
      const OptionSpec& option = spec_.options[i];
      const bool given = matched_[i] && !matched_[i]->empty();
      if (option.required && !given)
        throw StataError(198,
                         "option " + option.name +
                             (option.takes_argument() ? "() required" : " required"));
      if (matched_[i])
        all.emplace_back(option.macro, std::move(*matched_[i]));
      else
        all.emplace_back(option.macro, fallback_text(session_, option));
    }
    if (spec_.rest_of_options) all.emplace_back("options", std::move(rest_));
    return all;
  }

 private:
  std::size_t find(std::string_view word) const {
    const std::string typed = lower(word);
    std::size_t found = matched_.size();
    for (std::size_t i = 0; i < matched_.size(); ++i) {
      const OptionSpec& option = spec_.options[i];
      if (typed == option.name) return i;
      if (found == matched_.size() && abbreviates(typed, option.name, option.minimum))
        found = i;
    }
    return found;
  }

  /// Stores the option where it is what the description wants; an option with an argument
  /// is taken once. With `*`, a number that is none goes with the rest, as in Stata.
  bool fits(std::size_t i, const TypedOption& typed) {
    const OptionSpec& option = spec_.options[i];
    if (option.takes_argument() != typed.has_argument) return false;
    if (!typed.has_argument) {
      matched_[i] = option.name;
      return true;
    }
    if (matched_[i]) return false;
    const bool number =
        option.kind == OptionKind::integer || option.kind == OptionKind::real;
    try {
      matched_[i] = argument_text(session_, option, typed.argument);
    } catch (const StataError&) {
      if (!number || option.required || !spec_.rest_of_options) throw;
      return false;
    }
    return true;
  }

  Session& session_;
  const SyntaxSpec& spec_;
  std::vector<std::optional<std::string>> matched_;
  std::string rest_;
};

}  // namespace

MacroSettings match_options(Session& session, const SyntaxSpec& spec,
                            std::string_view text) {
  Matcher matcher(session, spec);
  for (const TypedOption& typed : typed_options(text)) matcher.take(typed);
  return matcher.settings();
}

}  // namespace adohost
