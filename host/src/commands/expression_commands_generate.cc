// generate ([D] generate).
#include <algorithm>
#include <numeric>

#include "base/error.h"
#include "base/text.h"
#include "commands/expression_family.h"
#include "commands/generate_values.h"
#include "data/varlist.h"
#include "expr/expression.h"
#include "expr/rows.h"
#include "expr/sample.h"
#include "lang/runner.h"

namespace adohost {

namespace {

VarType type_for_length(std::size_t longest) {
  if (longest > static_cast<std::size_t>(kMaxStrWidth)) return {Storage::strl, 0};
  return {Storage::str, static_cast<std::uint16_t>(std::max<std::size_t>(1, longest))};
}

/// Break is looked for between blocks of observations; what has been made is then taken
/// away again. (`replace` is not stopped: it would leave half of its changes.)
void check_break_between_blocks(Session& session, std::int64_t obs) {
  constexpr std::int64_t kBlock = 4096;
  if (obs % kBlock == 0) check_break(session);
}

/// Fills the variable with numbers; returns how many of the sample are not missing.
std::int64_t fill_numbers(Session& session, int v, const Expression& e,
                          const Sample& sample) {
  std::int64_t known = 0;
  for_each_value<double>(session, sample, e, false, [&](std::int64_t obs, double x) {
    check_break_between_blocks(session, obs);
    session.data.set_number(v, obs, x);
    known += !is_missing(x);
  });
  return known;
}

std::int64_t fill_texts(Session& session, int v, const Expression& e,
                        const Sample& sample) {
  std::int64_t known = 0;
  for_each_value<std::string>(session, sample, e, false,
                              [&](std::int64_t obs, const std::string& s) {
                                check_break_between_blocks(session, obs);
                                session.data.set_text(v, obs, s);
                                known += !s.empty();
                              });
  return known;
}

/// Strings that decide the width of their variable: measured first. What draws random
/// numbers is evaluated once only, into memory.
std::int64_t add_sized_texts(Session& session, const std::string& name,
                             const Expression& e, const Sample& sample) {
  std::size_t longest = 0;
  std::vector<std::pair<std::int64_t, std::string>> kept;
  for_each_value<std::string>(session, sample, e, false,
                              [&](std::int64_t obs, const std::string& s) {
                                check_break_between_blocks(session, obs);
                                longest = std::max(longest, s.size());
                                if (e.stateful()) kept.emplace_back(obs, s);
                              });
  const int v = session.data.add_variable(name, type_for_length(longest));
  if (!e.stateful()) return fill_texts(session, v, e, sample);
  for (const auto& [obs, s] : kept) session.data.set_text(v, obs, s);
  return std::count_if(kept.begin(), kept.end(),
                       [](const auto& pair) { return !pair.second.empty(); });
}

std::int64_t add_values(Session& session, const NewVariable& made, const Expression& e,
                        const Sample& sample) {
  const bool sized = made.sized_by_values || (!made.type && e.is_string());
  if (sized) return add_sized_texts(session, made.name, e, sample);
  const VarType type = made.type.value_or(session.settings.default_type);
  const int v = session.data.add_variable(made.name, type);
  return e.is_string() ? fill_texts(session, v, e, sample)
                       : fill_numbers(session, v, e, sample);
}

void place(Session& session, const Options& options) {
  const auto before = options.argument("before");
  const auto after = options.argument("after");
  if (!before && !after) return;
  const int anchor =
      find_variable(session.data, before ? *before : *after, session.settings.varabbrev);
  std::vector<int> order(session.data.nvar());
  std::iota(order.begin(), order.end(), 0);
  order.insert(order.begin() + anchor + (before ? 0 : 1), order.back());
  order.pop_back();
  session.data.reorder_variables(order);
}

}  // namespace

void run_generate(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowExp | kAllowSample | kAllowOptions);
  const Options options =
      parse_options(line.options, {{"before", 1, true}, {"after", 1, true}});
  if (options.has("before") && options.has("after")) {
    throw StataError(198, "options before() and after() may not be combined");
  }
  const NewVariable made = parse_new_variable(session, line.anything);
  if (!line.exp) throw StataError(100, "=exp required");
  const Expression e(session, *line.exp);
  const bool wants_string = made.type ? made.type->is_string() : e.is_string();
  if (wants_string != e.is_string()) fail_type_mismatch();
  const Sample sample(session, line.if_or_empty(), line.in_or_empty());
  for (const auto& option : options.given) {
    find_variable(session.data, option.second, session.settings.varabbrev);
  }

  std::int64_t known = 0;
  try {
    known = add_values(session, made, e, sample);
  } catch (...) {
    const int v = session.data.find(made.name);
    if (v >= 0) session.data.drop_variables({v});
    throw;
  }
  session.data.variable(session.data.nvar() - 1).value_label = made.label;
  session.data.changed = true;
  place(session, options);
  say_missing(session, session.data.nobs() - known);
}

}  // namespace adohost
