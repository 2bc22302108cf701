// plugin call ([P] plugin). `program NAME, plugin using(file)` is among the programs.
#include <algorithm>

#include "base/text.h"
#include "data/varlist.h"
#include "expr/sample.h"
#include "lang/command.h"
#include "lang/interpreter.h"
#include "lang/runner.h"
#include "lang/words.h"
#include "plugin/plugins.h"

namespace adohost {
namespace {

/// Takes the first word off `text`; a comma ends it too.
std::string take_word(std::string_view* text) {
  const std::string_view from = trim_left(*text);
  const std::size_t end = std::min(from.find_first_of(" \t,"), from.size());
  *text = from.substr(end);
  return std::string(from.substr(0, end));
}

PluginCall plan_call(Session& session, const CommandLine& line) {
  PluginCall call;
  if (!trim(line.anything).empty()) {
    VarlistRules rules;
    rules.abbreviate = session.settings.varabbrev;
    call.variables = parse_varlist(session.data, line.anything, rules);
    call.has_varlist = true;
  }
  const Sample sample(session, line.if_or_empty(), line.in_or_empty());
  call.in1 = sample.begin() + 1;
  call.in2 = sample.end();
  if (!sample.everything()) {
    for (std::int64_t i = sample.begin(); i < sample.end(); ++i) {
      call.selected.push_back(sample.has(i) ? 1 : 0);
    }
  }
  for (const Token& token : tokens(line.options)) {
    call.arguments.emplace_back(token.text);
  }
  return call;
}

void run_plugin(Session& session, const CommandLine& line) {
  std::string_view rest = line.rest;
  if (take_word(&rest) != "call") fail_syntax();
  const std::string name = take_word(&rest);
  if (name.empty()) fail_syntax();
  if (!session.interpreter->sees_plugin(name)) {
    throw StataError(111, "plugin " + name + " not found");
  }
  const CommandLine call = split_command("plugin", rest);
  require_only(call, kAllowAnything | kAllowSample | kAllowOptions);
  const int rc = session.plugins->call(name, plan_call(session, call));
  constexpr int kBreak = 1;
  if (rc == kBreak) forget_break(session);
  if (rc != 0) throw StataError(rc, "");
}

constexpr Command kCommands[] = {{"plugin", 6, run_plugin, Split::verbatim}};

}  // namespace

std::span<const Command> plugin_commands() {
  return kCommands;
}

}  // namespace adohost
