// local, global, macro, tempvar, tempname, tempfile ([P] macro).
#include "base/error.h"
#include "base/text.h"
#include "expr/expression.h"
#include "format/format.h"
#include "lang/command.h"
#include "lang/interpreter_state.h"
#include "lang/macro_functions.h"
#include "lang/tokens.h"

namespace adohost {

namespace {

constexpr std::size_t kMaxLocalName = 31;
constexpr std::size_t kMaxGlobalName = 32;

std::string evaluated(Session& session, std::string_view text) {
  const Value value = evaluate(session, text);
  return value.is_string ? value.text : macro_number(value.number);
}

/// What `local x` or `global x` stores, from what stands behind the name.
std::string definition(Session& session, std::string_view rest) {
  const std::string_view text = trim(rest);
  if (text.starts_with('=')) return evaluated(session, text.substr(1));
  if (text.starts_with(':')) return macro_function(session, trim(text.substr(1)));
  return strip_quotes(text);
}

void check_name(std::string_view name, std::size_t limit) {
  if (name.empty() || utf8_length(name) > limit) {
    throw StataError(198, std::string(name) + " invalid name");
  }
}

/// `++x` and `--x` behind `local`; returns whether it was one.
bool step_local(Session& session, std::string_view text) {
  const bool up = text.starts_with("++");
  if (!up && !text.starts_with("--")) return false;
  const std::string_view name = trim(text.substr(2));
  check_name(name, kMaxLocalName);
  if (word_length(name) != name.size()) fail_syntax();
  const std::string* old = session.macros.local(name);
  const std::string sum = (old == nullptr ? "" : *old) + (up ? "+1" : "-1");
  session.macros.set_local(name, evaluated(session, sum));
  return true;
}

/// The name at the start of `rest`, which it is taken off.
std::string take_name(std::string_view& rest, std::size_t limit) {
  rest = trim_left(rest);
  const std::string name(rest.substr(0, word_length(rest)));
  rest.remove_prefix(name.size());
  if (name.empty()) {
    throw StataError(198, "invalid syntax");
  }
  check_name(name, limit);
  return name;
}

void run_local(Session& session, const CommandLine& line) {
  std::string_view rest = trim(line.rest);
  if (step_local(session, rest)) return;
  const std::string name = take_name(rest, kMaxLocalName);
  session.macros.set_local(name, definition(session, rest));
}

void run_global(Session& session, const CommandLine& line) {
  std::string_view rest = line.rest;
  const std::string name = take_name(rest, kMaxGlobalName);
  session.macros.set(name, definition(session, rest));
}

template <typename Make>
void set_temporaries(Session& session, const CommandLine& line, Make make) {
  const auto names = split_blank(line.rest);
  if (names.empty()) fail_syntax();
  for (const std::string& name : names) {
    if (!is_name(name)) throw StataError(198, name + " invalid name");
    session.macros.set_local(name, make(session));
  }
}

void run_tempvar(Session& session, const CommandLine& line) {
  set_temporaries(session, line, make_temporary_name);
}

void run_tempfile(Session& session, const CommandLine& line) {
  set_temporaries(session, line, make_temporary_file);
}

void list_macro(Session& session, const std::string& name, const std::string& text) {
  const std::string shown = name + ":";
  session.out.line(pad_right(shown, 16) + text);
}

void list_all(Session& session) {
  for (const std::string& name : session.macros.global_names()) {
    list_macro(session, name, *session.macros.global(name));
  }
  for (const std::string& name : session.macros.local_names()) {
    list_macro(session, "_" + name, *session.macros.local(name));
  }
}

[[noreturn]] void fail_macro(const std::string& name) {
  if (name.starts_with('_')) {
    throw StataError(111, "local macro `" + name.substr(1) + "' not found");
  }
  throw StataError(111, "global macro $" + name + " not found");
}

void macro_list(Session& session, std::string_view rest) {
  const auto names = split_blank(rest);
  if (names.empty() || names[0] == "_all") return list_all(session);
  for (const std::string& name : names) {
    const std::string* text = session.macros.find(name);
    if (text == nullptr) fail_macro(name);
    list_macro(session, name, *text);
  }
}

void drop_matching(Session& session, const std::string& pattern) {
  const std::string prefix = pattern.substr(0, pattern.size() - 1);
  for (const std::string& name : session.macros.global_names()) {
    if (name.starts_with(prefix)) session.macros.set_global(name, "");
  }
  for (const std::string& name : session.macros.local_names()) {
    if (("_" + name).starts_with(prefix)) session.macros.set_local(name, "");
  }
}

void macro_drop(Session& session, std::string_view rest) {
  const auto names = split_blank(rest);
  if (names.empty()) fail_syntax();
  for (const std::string& name : names) {
    if (name == "_all") {
      drop_matching(session, "*");
    } else if (name.ends_with('*')) {
      drop_matching(session, name);
    } else {
      session.macros.erase(name);
    }
  }
}

/// `macro shift [#]`: `2' becomes `1' and so on; `*' follows.
void macro_shift(Session& session, std::string_view rest) {
  const auto by = trim(rest).empty() ? 1 : to_integer(trim(rest)).value_or(-1);
  if (by < 0) fail_syntax();
  std::string all;
  for (long long n = 1;; ++n) {
    const std::string* next = session.macros.local(std::to_string(n + by));
    const bool gone = session.macros.local(std::to_string(n)) == nullptr;
    if (next == nullptr && gone) break;
    const std::string text = next == nullptr ? "" : *next;
    if (!text.empty()) all.append(all.empty() ? "" : " ").append(text);
    session.macros.set_local(std::to_string(n), text);
  }
  session.macros.set_local("*", all);
}

void run_macro(Session& session, const CommandLine& line) {
  std::string_view rest = trim_left(line.rest);
  const std::string_view verb = rest.substr(0, word_length(rest));
  rest.remove_prefix(verb.size());
  CommandLine inner;
  inner.rest = rest;
  if (abbreviates(verb, "list", 1) || abbreviates(verb, "dir", 1) || verb.empty()) {
    macro_list(session, rest);
  } else if (abbreviates(verb, "drop", 1)) {
    macro_drop(session, rest);
  } else if (abbreviates(verb, "shift", 1)) {
    macro_shift(session, rest);
  } else if (abbreviates(verb, "define", 3)) {
    run_global(session, inner);
  } else {
    fail_syntax();
  }
}

constexpr Command kCommands[] = {
    {"local", 3, run_local, Split::verbatim},
    {"global", 2, run_global, Split::verbatim},
    {"macro", 2, run_macro, Split::verbatim},
    {"tempvar", 7, run_tempvar, Split::verbatim},
    {"tempname", 8, run_tempvar, Split::verbatim},
    {"tempfile", 8, run_tempfile, Split::verbatim},
};

}  // namespace

std::span<const Command> macro_commands() {
  return kCommands;
}

}  // namespace adohost
