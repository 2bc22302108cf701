#include "commands/data_commands.h"

#include <algorithm>

#include "base/text.h"
#include "lang/command.h"
#include "lang/interpreter.h"
#include "lang/words.h"

namespace adohost {

VarlistRules session_rules(const Session& session) {
  VarlistRules rules;
  rules.abbreviate = session.settings.varabbrev;
  return rules;
}

std::vector<int> variables_or_all(Session& session, std::string_view text) {
  if (!trim(text).empty()) {
    return parse_varlist(session.data, text, session_rules(session));
  }
  std::vector<int> all;
  for (int v = 0; v < session.data.nvar(); ++v) all.push_back(v);
  return all;
}

std::vector<int> required_variables(Session& session, std::string_view text) {
  if (trim(text).empty()) throw StataError(100, "varlist required");
  return parse_varlist(session.data, text, session_rules(session));
}

std::vector<int> without_repeats(const std::vector<int>& list) {
  std::vector<int> once;
  for (const int v : list) {
    if (std::find(once.begin(), once.end(), v) == once.end()) once.push_back(v);
  }
  return once;
}

std::string names_of(const Dataset& data, const std::vector<int>& variables) {
  std::string names;
  for (const int v : variables) {
    names += (names.empty() ? "" : " ") + data.variable(v).name;
  }
  return names;
}

void drop_variables(Session& session, const std::vector<int>& variables) {
  session.data.drop_variables(variables);
  if (session.data.nvar() == 0) session.data.set_nobs(0);
}

std::string with_commas(std::int64_t n) {
  std::string digits = std::to_string(n);
  const std::size_t first = n < 0 ? 1 : 0;
  for (std::size_t i = digits.size(); i > first + 3;) digits.insert(i -= 3, 1, ',');
  return digits;
}

std::string_view plural(std::int64_t n, std::string_view one, std::string_view many) {
  return n == 1 ? one : many;
}

std::string take_text(std::string_view* text) {
  const Token token = next_token(*text);
  *text = token.rest;
  return std::string(token.text);
}

std::string unquoted(std::string_view text) {
  return std::string(without_quotes(trim(text)));
}

void set_obs(Session& session, std::string_view argument) {
  const auto number = to_number(trim(argument));
  const std::int64_t before = session.data.nobs();
  const bool whole = number && holds(Storage::double_, *number) && !is_missing(*number) &&
                     *number == static_cast<double>(static_cast<std::int64_t>(*number));
  if (!whole) fail_syntax();
  const auto after = static_cast<std::int64_t>(*number);
  if (after < before || after > 2147483619) {
    throw StataError(198, "observation numbers out of range");
  }
  if (after == before) return;
  session.data.set_nobs(after);
  session.out.line("Number of observations (_N) was " + with_commas(before) + ", now " +
                   with_commas(after) + ".");
}

void clear_data(Session& session) {
  session.data.clear();
}

void run_preserve(Session& session, const CommandLine& line) {
  require_only(line, kAllowOptions);
  parse_options(line.options, {{"changed", 7}});
  const std::size_t depth = session.interpreter->depth();
  if (!session.preserved.empty() && session.preserved.back().depth == depth) {
    throw StataError(621, "already preserved");
  }
  session.preserved.push_back({session.data.clone(), depth, session.frames.current()});
}

void run_restore(Session& session, const CommandLine& line) {
  require_only(line, kAllowOptions);
  const Options options = parse_options(line.options, {{"not", 3}, {"preserve", 8}});
  if (options.has("not") && options.has("preserve")) {
    throw StataError(198, "options not and preserve may not be combined");
  }
  const bool any = !session.preserved.empty() &&
                   session.preserved.back().depth == session.interpreter->depth();
  if (!any) throw StataError(622, "nothing to restore");
  if (options.has("not")) return session.preserved.pop_back();
  session.restore_preserved(options.has("preserve"));
}

namespace {

constexpr Command kCommands[] = {
    {"char", 4, run_char, Split::verbatim},
    {"characteristic", 4, run_char, Split::verbatim},
    {"compress", 8, run_compress},
    {"decode", 3, run_decode},
    {"destring", 8, run_destring},
    {"drop", 4, run_drop, Split::standard, ByMode::whole},
    {"ds", 2, run_ds},
    {"duplicates", 10, run_duplicates},
    {"encode", 2, run_encode},
    {"expand", 6, run_expand},
    {"format", 4, run_format},
    {"gsort", 5, run_gsort},
    {"isid", 4, run_isid},
    {"keep", 4, run_keep, Split::standard, ByMode::whole},
    {"label", 2, run_label, Split::verbatim},
    {"notes", 4, run_notes, Split::verbatim},
    {"order", 5, run_order},
    {"preserve", 8, run_preserve},
    {"recast", 6, run_recast},
    {"recode", 6, run_recode},
    {"rename", 3, run_rename},
    {"reshape", 7, run_reshape},
    {"restore", 7, run_restore},
    {"sort", 2, run_sort},
    {"tostring", 8, run_tostring},
};

}  // namespace

std::span<const Command> data_commands() {
  return kCommands;
}

}  // namespace adohost
