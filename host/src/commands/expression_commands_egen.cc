// egen ([D] egen): a new variable from a function of many observations or variables.
#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "commands/egen_functions.h"
#include "commands/expression_family.h"
#include "commands/generate_values.h"
#include "data/varlist.h"
#include "lang/tokens.h"

namespace adohost {

namespace {

/// `function(arguments)`, and nothing after it.
std::string_view split_call(std::string_view exp, std::string_view* arguments) {
  exp = trim(exp);
  const std::string_view name = exp.substr(0, word_length(exp));
  const std::string_view rest = exp.substr(name.size());
  if (name.empty() || !rest.starts_with('(')) fail_syntax();
  const std::size_t end = skip_brackets(rest, 0);
  if (end != rest.size()) fail_syntax();
  *arguments = trim(rest.substr(1, end - 2));
  return name;
}

std::int64_t store(Session& session, const NewVariable& made, const EgenFunction& f,
                   const EgenCall& call) {
  VarType type = made.type.value_or(
      f.type == Storage::float_ ? session.settings.default_type : VarType{f.type, 0});
  std::size_t longest = 1;
  for (const std::string& s : call.texts) longest = std::max(longest, s.size());
  if (f.gives_text && (!made.type || made.sized_by_values)) {
    type = longest > static_cast<std::size_t>(kMaxStrWidth)
               ? VarType{Storage::strl, 0}
               : VarType{Storage::str, static_cast<std::uint16_t>(longest)};
  }
  const int v = session.data.add_variable(made.name, type);
  std::int64_t missing = 0;
  for (std::int64_t obs = 0; obs < session.data.nobs(); ++obs) {
    if (f.gives_text) {
      session.data.set_text(v, obs, call.texts[obs]);
      missing += call.texts[obs].empty();
    } else {
      session.data.set_number(v, obs, call.numbers[obs]);
      missing += is_missing(call.numbers[obs]);
    }
  }
  session.data.variable(v).value_label = made.label;
  session.data.changed = true;
  return missing;
}

}  // namespace

void run_egen(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowExp | kAllowSample | kAllowOptions);
  const NewVariable made = parse_new_variable(session, line.anything);
  if (!line.exp) throw StataError(100, "=exp required");
  std::string_view arguments;
  const std::string_view name = split_call(*line.exp, &arguments);
  const EgenFunction* f = find_egen_function(name);
  if (!f) {
    throw StataError(133, "unknown egen function " + std::string(name) + "()");
  }
  if (made.type && made.type->is_string() != f->gives_text) fail_type_mismatch();
  const Sample sample(session, line.if_or_empty(), line.in_or_empty());
  EgenCall call{session, sample, std::string(arguments), {}, {}, {}, {}};
  call.options = parse_options(line.options, {{"by", 2, true},
                                              {"missing", 1},
                                              {"field", 5},
                                              {"track", 5},
                                              {"unique", 6},
                                              {"p", 1, true},
                                              {"punct", 5, true},
                                              {"format", 6, true},
                                              {"from", 1, true},
                                              {"to", 1, true},
                                              {"block", 1, true}});
  if (const auto by = call.options.argument("by")) {
    if (session.by) throw StataError(190, "by() may not be combined with by prefix");
    VarlistRules rules;
    rules.abbreviate = session.settings.varabbrev;
    call.by = parse_varlist(session.data, *by, rules);
  }
  if (f->gives_text) {
    call.texts.resize(session.data.nobs());
  } else {
    call.numbers.assign(session.data.nobs(), missing_value());
  }
  f->run(call);
  say_missing(session, store(session, made, *f, call));
}

}  // namespace adohost
