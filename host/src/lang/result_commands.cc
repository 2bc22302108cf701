// return, ereturn, sreturn and error ([P] return, [P] ereturn, [P] error).
#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "expr/expression.h"
#include "format/format.h"
#include "lang/command.h"
#include "lang/error_texts.h"
#include "lang/interpreter_state.h"
#include "lang/macro_functions.h"
#include "lang/tokens.h"

namespace adohost {

namespace {

constexpr std::size_t kNameColumn = 22;

std::string called(char family, const std::string& name) {
  return pad_left(std::string(1, family) + "(" + name + ")", kNameColumn);
}

void list_results(Output& out, char family, const Results& results) {
  if (!results.scalars.empty()) {
    out.print("\nscalars:\n");
    for (const auto& [name, x] : results.scalars) {
      out.line(called(family, name) + " =  " + macro_number(x));
    }
  }
  if (!results.macros.empty()) {
    out.print("\nmacros:\n");
    for (const auto& [name, text] : results.macros) {
      out.line(called(family, name) + " : \"" + text + "\"");
    }
  }
  if (!results.matrices.empty()) {
    out.print("\nmatrices:\n");
    for (const auto& [name, matrix] : results.matrices) {
      out.line(called(family, name) + " :  " + std::to_string(matrix.rows) + " x " +
               std::to_string(matrix.cols));
    }
  }
  if (family == 'e' && results.matrices.contains("b")) {
    out.print("\nfunctions:\n" + called('e', "sample") + "   \n");
  }
}

void forget(Results& results, const std::string& name) {
  std::erase_if(results.scalars, [&](const auto& row) { return row.first == name; });
  std::erase_if(results.macros, [&](const auto& row) { return row.first == name; });
  results.matrices.erase(name);
}

/// The name at the start of `rest`, which it is taken off.
std::string take_name(std::string_view& rest) {
  rest = trim_left(rest);
  const std::string name(rest.substr(0, word_length(rest)));
  rest = trim_left(rest.substr(name.size()));
  if (name.empty()) fail_syntax();
  if (!is_name("_" + name)) throw StataError(198, name + " invalid name");
  return name;
}

void store_local(Session& session, Results& results, std::string_view rest) {
  const std::string name = take_name(rest);
  std::string text;
  if (rest.starts_with('=')) {
    const Value value = evaluate(session, rest.substr(1));
    text = value.is_string ? value.text : macro_number(value.number);
  } else if (rest.starts_with(':')) {
    text = macro_function(session, trim(rest.substr(1)));
  } else {
    text = strip_quotes(rest);
  }
  forget(results, name);
  if (!text.empty()) results.set_macro(name, std::move(text));
}

void store_scalar(Session& session, Results& results, std::string_view rest) {
  const std::string name = take_name(rest);
  if (!rest.starts_with('=')) fail_syntax();
  const double x = evaluate_number(session, rest.substr(1));
  forget(results, name);
  results.set_scalar(name, x);
}

/// `matrix r(x) [=] name [, copy]`: without copy the matrix is moved.
void store_matrix(Session& session, Results& results, std::string_view rest) {
  const std::string name = take_name(rest);
  if (rest.starts_with('=')) rest.remove_prefix(1);
  const CommandLine line = split_command("matrix", rest);
  require_only(line, kAllowAnything | kAllowOptions);
  const Options options = parse_options(line.options, {{"copy", 4}});
  const auto it = session.matrices.find(line.anything);
  if (it == session.matrices.end()) {
    throw StataError(111, "matrix " + line.anything + " not found");
  }
  forget(results, name);
  results.matrices[name] = it->second;
  if (!options.has("copy")) session.matrices.erase(it);
}

/// The verbs that return, ereturn and sreturn share; returns whether `verb` was one.
bool store(Session& session, Results& results, std::string_view verb,
           std::string_view rest) {
  if (abbreviates(verb, "local", 3)) {
    store_local(session, results, rest);
  } else if (abbreviates(verb, "scalar", 3)) {
    store_scalar(session, results, rest);
  } else if (abbreviates(verb, "matrix", 3)) {
    store_matrix(session, results, rest);
  } else if (verb == "clear") {
    results.clear();
  } else {
    return false;
  }
  return true;
}

std::string_view take_verb(std::string_view& rest) {
  rest = trim_left(rest);
  const std::string_view verb = rest.substr(0, word_length(rest));
  rest.remove_prefix(verb.size());
  return verb;
}

/// The running program, or nullptr at the top level and in do-files.
const Program* running_program(Session& session) {
  return session.interpreter->state().frame().program.get();
}

void add_results(Results& to, const Results& from) {
  for (const auto& [name, x] : from.scalars) {
    forget(to, name);
    to.set_scalar(name, x);
  }
  for (const auto& [name, text] : from.macros) {
    forget(to, name);
    to.set_macro(name, text);
  }
  for (const auto& [name, matrix] : from.matrices) {
    forget(to, name);
    to.matrices[name] = matrix;
  }
}

void run_return(Session& session, const CommandLine& line) {
  std::string_view rest = line.rest;
  const std::string_view verb = take_verb(rest);
  const Program* program = running_program(session);
  Results& returned = session.interpreter->state().frame().returned;
  if (abbreviates(verb, "list", 1)) {
    return list_results(session.out, 'r', program == nullptr ? session.r : returned);
  }
  if (program != nullptr && !program->rclass) {
    throw StataError(151, "non r-class program may not set r()");
  }
  if (verb == "add") {
    add_results(returned, session.r);
  } else if (!store(session, returned, verb, rest)) {
    fail_syntax();
  }
}

/// `ereturn post [b [V]] [, options]`: starts e() afresh with e(b) and e(V).
void post(Session& session, std::string_view rest) {
  const CommandLine line = split_command("post", rest);
  require_only(line, kAllowAnything | kAllowOptions);
  const Options options = parse_options(line.options, {{"depname", 3, true},
                                                       {"obs", 1, true},
                                                       {"dof", 1, true},
                                                       {"properties", 4, true}});
  const auto names = split_blank(line.anything);
  if (names.size() > 2) fail_syntax();
  Results next;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto it = session.matrices.find(names[i]);
    if (it == session.matrices.end()) {
      throw StataError(111, "matrix " + names[i] + " not found");
    }
    next.matrices[i == 0 ? "b" : "V"] = std::move(it->second);
    session.matrices.erase(it);
  }
  if (const auto n = options.argument("obs")) {
    next.set_scalar("N", evaluate_number(session, *n));
  }
  if (const auto dof = options.argument("dof")) {
    next.set_scalar("df_r", evaluate_number(session, *dof));
  }
  if (const auto name = options.argument("depname")) next.set_macro("depvar", *name);
  session.e = std::move(next);
}

void run_ereturn(Session& session, const CommandLine& line) {
  std::string_view rest = line.rest;
  const std::string_view verb = take_verb(rest);
  if (abbreviates(verb, "list", 1)) return list_results(session.out, 'e', session.e);
  const Program* program = running_program(session);
  if (program != nullptr && !program->eclass) {
    throw StataError(152, "non e-class program may not set e()");
  }
  if (verb == "post") return post(session, rest);
  if (!store(session, session.e, verb, rest)) fail_syntax();
}

void run_sreturn(Session& session, const CommandLine& line) {
  std::string_view rest = line.rest;
  const std::string_view verb = take_verb(rest);
  if (abbreviates(verb, "list", 1)) return list_results(session.out, 's', session.s);
  const Program* program = running_program(session);
  if (program != nullptr && !program->sclass && verb != "clear") {
    throw StataError(153, "non s-class program may not set s()");
  }
  if (verb == "clear") {
    session.s.clear();
  } else if (abbreviates(verb, "local", 3)) {
    store_local(session, session.s, rest);
  } else {
    fail_syntax();
  }
}

void run_error(Session& session, const CommandLine& line) {
  const std::string code(trim(line.rest));
  if (code.empty()) fail_syntax();
  const double rc = evaluate_number(session, code);
  if (!(rc >= 0 && rc < 100000) || rc != std::floor(rc)) fail_syntax();
  if (rc == 0) return;
  throw StataError(static_cast<int>(rc), standard_error_text(static_cast<int>(rc)));
}

constexpr Command kCommands[] = {
    {"return", 3, run_return, Split::verbatim},
    {"ereturn", 3, run_ereturn, Split::verbatim},
    {"sreturn", 3, run_sreturn, Split::verbatim},
    {"error", 3, run_error, Split::verbatim},
};

}  // namespace

std::span<const Command> result_commands() {
  return kCommands;
}

}  // namespace adohost
