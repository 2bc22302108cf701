// args, gettoken, tokenize, c_local, creturn; the table of the family.
#include "lang/argument_commands.h"

#include <optional>

#include "base/text.h"
#include "expr/expression.h"
#include "format/format.h"
#include "lang/c_values.h"
#include "lang/macro_functions.h"
#include "lang/syntax.h"
#include "lang/words.h"

namespace adohost {
namespace {

constexpr auto npos = std::string_view::npos;

void run_syntax_command(Session& session, const CommandLine& line) {
  run_syntax(session, line.rest);
}

void run_args(Session& session, const CommandLine& line) {
  std::size_t i = 0;
  for (const std::string& name : split_blank(line.rest)) {
    if (!is_name("_" + name)) throw StataError(198, name + " invalid name");
    const std::string* value = session.macros.local(std::to_string(++i));
    session.macros.set_local(name, value != nullptr ? *value : "");
  }
}

// ---- gettoken

struct MacroName {
  bool global = false;
  std::string name;
};

/// Takes `name`, `(local) name` or `(global) name` off `text`.
MacroName take_macro_name(std::string_view& text) {
  MacroName macro;
  Token token = next_token(text, {.bind = true});
  if (token.raw == "(local)" || token.raw == "(global)") {
    macro.global = token.raw == "(global)";
    token = next_token(token.rest);
  }
  macro.name = token.raw;
  text = trim_left(token.rest);
  if (!is_name(macro.global ? macro.name : "_" + macro.name)) fail_syntax();
  return macro;
}

std::string get_macro(Session& session, const MacroName& macro) {
  const std::string* text =
      macro.global ? session.macros.global(macro.name) : session.macros.local(macro.name);
  return text != nullptr ? *text : "";
}

void set_macro(Session& session, const MacroName& macro, std::string_view text) {
  if (macro.global)
    session.macros.set_global(macro.name, std::string(text));
  else
    session.macros.set_local(macro.name, std::string(text));
}

struct GettokenOptions {
  TokenRules rules;
  bool quotes = false;
  std::string qed, match;  // locals to be set, empty for none
};

GettokenOptions gettoken_options(std::string_view text) {
  GettokenOptions options;
  for (const TypedOption& option : typed_options(text)) {
    const std::string_view argument = trim(option.argument);
    if (abbreviates(option.name, "parse", 1) && option.has_argument)
      options.rules.parse = without_quotes(argument);
    else if (abbreviates(option.name, "quotes", 1) && !option.has_argument)
      options.quotes = true;
    else if (option.name == "qed" && option.has_argument)
      options.qed = argument;
    else if (abbreviates(option.name, "match", 1) && option.has_argument)
      options.match = argument;
    else if (option.name == "bind" && !option.has_argument)
      options.rules.bind = true;
    else
      fail_option(std::string(option.name) + (option.has_argument ? "()" : ""));
  }
  options.rules.match = !options.match.empty();
  return options;
}

/// gettoken name1 [name2] : name3 [, parse() quotes qed() match() bind]
void run_gettoken(Session& session, const CommandLine& line) {
  const std::string_view rest = line.rest;
  const std::size_t colon = rest.find(':');
  if (colon == npos) fail_syntax();
  std::string_view targets = rest.substr(0, colon);
  const MacroName first = take_macro_name(targets);
  std::optional<MacroName> second;
  if (!targets.empty()) second = take_macro_name(targets);
  if (!targets.empty()) fail_syntax();
  const std::size_t comma = rest.find(',', colon);
  std::string_view source = trim(rest.substr(colon + 1, comma - colon - 1));
  if (comma == npos) source = trim(rest.substr(colon + 1));
  const MacroName from = take_macro_name(source);
  if (!source.empty()) fail_syntax();
  const GettokenOptions options =
      gettoken_options(comma == npos ? "" : rest.substr(comma + 1));

  const std::string text = get_macro(session, from);
  const Token token = next_token(text, options.rules);
  set_macro(session, first, options.quotes && token.quoted ? token.raw : token.text);
  if (second) set_macro(session, *second, token.rest);
  if (!options.qed.empty())
    session.macros.set_local(options.qed, token.quoted ? "1" : "0");
  if (!options.match.empty())
    session.macros.set_local(options.match, token.parenthesised ? "(" : "");
}

// ---- tokenize

/// tokenize text [, parse("chars")]
void run_tokenize(Session& session, const CommandLine& line) {
  const std::size_t comma = find_outside(line.rest, ',');
  TokenRules rules;
  if (comma != npos) {
    const std::string_view options = std::string_view(line.rest).substr(comma + 1);
    for (const TypedOption& option : typed_options(options)) {
      if (!abbreviates(option.name, "parse", 1) || !option.has_argument)
        fail_option(std::string(option.name));
      rules.parse = without_quotes(trim(option.argument));
    }
  }
  const std::string text(
      without_quotes(trim(std::string_view(line.rest).substr(0, comma))));
  std::size_t n = 0;
  std::string all;
  for (const Token& token : tokens(text, rules)) {
    all.append(all.empty() ? "" : " ").append(token.text);
    session.macros.set_local(std::to_string(++n), std::string(token.text));
  }
  session.macros.set_local("*", std::move(all));
  while (session.macros.local(std::to_string(++n)) != nullptr)
    session.macros.set_local(std::to_string(n), "");
}

// ---- c_local, creturn

/// c_local name text | c_local name = exp | c_local name : macro function
void run_c_local(Session& session, const CommandLine& line) {
  std::string_view rest = line.rest;
  const MacroName macro = take_macro_name(rest);
  std::string text;
  if (rest.starts_with('=')) {
    const Value value = evaluate(session, rest.substr(1));
    text = value.is_string ? value.text : macro_number(value.number);
  } else if (rest.starts_with(':')) {
    text = macro_function(session, rest.substr(1));
  } else {
    text = without_quotes(trim(rest));
  }
  session.macros.set_callers_local(macro.name, std::move(text));
}

void run_creturn(Session& session, const CommandLine& line) {
  if (!abbreviates(trim(line.rest), "list", 1)) fail_syntax();
  list_c_values(session);
}

constexpr Command kCommands[] = {
    {"syntax", 6, run_syntax_command, Split::verbatim},
    {"args", 4, run_args, Split::verbatim},
    {"gettoken", 8, run_gettoken, Split::verbatim},
    {"tokenize", 5, run_tokenize, Split::verbatim},
    {"c_local", 7, run_c_local, Split::verbatim},
    {"creturn", 4, run_creturn, Split::verbatim},
    {"confirm", 4, run_confirm, Split::verbatim},
    {"mark", 4, run_mark},
    {"marksample", 10, run_marksample},
    {"markout", 7, run_markout},
    {"unab", 4, run_unab, Split::verbatim},
    {"numlist", 7, run_numlist, Split::verbatim},
    {"levelsof", 8, run_levelsof},
};

}  // namespace

std::span<const Command> argument_commands() {
  return kCommands;
}

}  // namespace adohost
