// mark, marksample, markout ([P] mark): the variable that marks the sample of a command.
#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "data/varlist.h"
#include "expr/expression.h"
#include "expr/sample.h"
#include "lang/argument_commands.h"
#include "lang/interpreter_state.h"
#include "lang/syntax_spec.h"

namespace adohost {
namespace {

constexpr auto npos = std::string::npos;

std::string local_or_empty(Session& session, std::string_view name) {
  const std::string* text = session.macros.local(name);
  return text != nullptr ? *text : "";
}

/// Clears the mark where the weight is missing or (unless `zero_ok`) zero. Throws 402 for
/// a negative weight, 401 for a frequency weight that is no integer.
void mark_weight(Session& session, int mark, const std::string& weight, bool zero_ok) {
  const std::size_t equal = weight.find('=');
  if (equal == npos) fail_syntax();
  const std::string_view text = weight;
  const std::string_view kind = weight_name(trim(text.substr(0, equal)));
  const Expression exp(session, text.substr(equal + 1));
  if (exp.is_string()) fail_type_mismatch();
  const std::int64_t n = session.data.nobs();
  for (std::int64_t i = 0; i < n; ++i) {
    if (session.data.number(mark, i) == 0) continue;
    const double w = exp.number({i, 0, n});
    if (is_missing(w) || (w == 0 && !zero_ok)) {
      session.data.set_number(mark, i, 0);
      continue;
    }
    if (w < 0 && kind != "iweight") throw StataError(402, "negative weights encountered");
    if (kind == "fweight" && w != std::floor(w))
      throw StataError(401, "may not use noninteger frequency weights");
  }
}

/// Puts the by group that the running program was called for in force: a mark honours it.
class ProgramsGroup {
 public:
  explicit ProgramsGroup(Session& session) : session_(session) { swap(); }
  ~ProgramsGroup() { swap(); }
  ProgramsGroup(const ProgramsGroup&) = delete;
  ProgramsGroup& operator=(const ProgramsGroup&) = delete;

 private:
  void swap() { std::swap(session_.by, session_.interpreter->state().frame().by); }

  Session& session_;
};

Sample sample_of(Session& session, const CommandLine& line, bool no_by) {
  if (no_by) return Sample(session, line.if_or_empty(), line.in_or_empty());
  const ProgramsGroup group(session);
  return Sample(session, line.if_or_empty(), line.in_or_empty());
}

struct MarkRules {
  bool zero_ok = false;
  bool no_by = false;
};

/// Creates `name` (byte): 1 in the sample, else 0.
int make_mark(Session& session, const std::string& name, const CommandLine& line,
              const MarkRules& rules) {
  const Sample sample = sample_of(session, line, rules.no_by);
  const int mark = session.data.add_variable(name, {Storage::byte_, 0});
  for (std::int64_t i = 0; i < session.data.nobs(); ++i) {
    const bool inside = i >= sample.begin() && i < sample.end() && sample.has(i);
    session.data.set_number(mark, i, inside ? 1 : 0);
  }
  if (!line.weight) return mark;
  try {
    mark_weight(session, mark, *line.weight, rules.zero_ok);
  } catch (...) {
    session.data.drop_variables({mark});
    throw;
  }
  return mark;
}

void mark_out_numeric(Dataset& data, int mark, int v) {
  for (std::int64_t i = 0; i < data.nobs(); ++i)
    if (is_missing(data.number(v, i))) data.set_number(mark, i, 0);
}

/// A string variable leaves no observation in the sample, unless `strings_ok`.
void mark_out_text(Dataset& data, int mark, int v, bool strings_ok) {
  for (std::int64_t i = 0; i < data.nobs(); ++i)
    if (!strings_ok || data.text(v, i).empty()) data.set_number(mark, i, 0);
}

void mark_out(Session& session, int mark, const std::vector<int>& variables,
              bool strings_ok) {
  for (const int v : variables) {
    if (session.data.variable(v).type.is_string())
      mark_out_text(session.data, mark, v, strings_ok);
    else
      mark_out_numeric(session.data, mark, v);
  }
}

VarlistRules typed_names(const Session& session) {
  VarlistRules rules;
  rules.abbreviate = session.settings.varabbrev;
  return rules;
}

}  // namespace

void run_mark(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowSample | kAllowWeight | kAllowOptions);
  const Options options = parse_options(line.options, {{"zeroweight", 4}, {"noby", 4}});
  if (!is_name(line.anything)) fail_syntax();
  make_mark(session, line.anything, line,
            {options.has("zeroweight"), options.has("noby")});
}

void run_marksample(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowOptions);
  const Options options = parse_options(
      line.options, {{"novarlist", 5}, {"strok", 5}, {"zeroweight", 4}, {"noby", 4}});
  if (!is_name("_" + line.anything)) fail_syntax();
  const std::string weight = local_or_empty(session, "weight");
  std::string sample =
      local_or_empty(session, "if") + " " + local_or_empty(session, "in");
  if (!weight.empty()) sample += " [" + weight + local_or_empty(session, "exp") + "]";
  const CommandLine parts = split_command("marksample", sample);

  session.interpreter->execute("tempvar " + line.anything);
  const std::string name = local_or_empty(session, line.anything);
  const int mark =
      make_mark(session, name, parts, {options.has("zeroweight"), options.has("noby")});
  if (options.has("novarlist")) return;
  const std::string varlist = local_or_empty(session, "varlist");
  mark_out(session, mark, parse_varlist(session.data, varlist, typed_names(session)),
           options.has("strok"));
}

void run_markout(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowOptions);
  const Options options = parse_options(line.options, {{"strok", 5}, {"sysmissok", 9}});
  std::vector<int> variables =
      parse_varlist(session.data, line.anything, typed_names(session));
  if (variables.empty()) throw StataError(100, "varlist required");
  const int mark = variables.front();
  if (session.data.variable(mark).type.is_string()) fail_type_mismatch();
  variables.erase(variables.begin());
  mark_out(session, mark, variables, options.has("strok"));
}

}  // namespace adohost
