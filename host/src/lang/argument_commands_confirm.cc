// confirm ([P] confirm): error 6, 7, 110, 111, 601, 602 or 603 where something is not as
// it is said to be.
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/text.h"
#include "data/varlist.h"
#include "format/format.h"
#include "lang/argument_commands.h"
#include "lang/system_directories.h"
#include "lang/words.h"

namespace adohost {
namespace {

constexpr auto npos = std::string_view::npos;

[[noreturn]] void fail_found(std::string_view found, const std::string& expected) {
  const std::string what = found.empty() ? "nothing" : "'" + std::string(found) + "'";
  throw StataError(7, what + " found where " + expected + " expected");
}

/// The words that may stand between `confirm` and the thing: at most one of them.
struct Adjective {
  bool is_new = false;
  bool integer = false;
  bool numeric = false;
  bool string = false;
  bool date = false;
  std::optional<VarType> type;  // byte, str10 ...

  bool none() const {
    return !is_new && !integer && !numeric && !string && !date && !type;
  }
};

Adjective take_adjective(std::string_view& text) {
  const Token token = next_token(text);
  const std::string_view word = token.raw;
  Adjective adjective;
  if (word == "new")
    adjective.is_new = true;
  else if (word != "int" && abbreviates(word, "integer", 4))
    adjective.integer = true;
  else if (abbreviates(word, "numeric", 3))
    adjective.numeric = true;
  else if (word == "str" || abbreviates(word, "string", 4))
    adjective.string = true;
  else if (word == "date")
    adjective.date = true;
  else
    adjective.type = VarType::parse(word);
  if (!adjective.none()) text = token.rest;
  return adjective;
}

// ---- things

void confirm_file(const Adjective& adjective, std::string_view text) {
  if (!adjective.none() && !adjective.is_new) fail_syntax();
  const std::string name(without_quotes(text));
  const std::string path = expand_home(name);
  const bool exists = access(path.c_str(), F_OK) == 0;
  if (!adjective.is_new) {
    if (name.empty() || !exists) throw StataError(601, "file " + name + " not found");
    return;
  }
  if (exists) throw StataError(602, "file " + name + " already exists");
  const auto folder = std::filesystem::path(path).parent_path();
  if (name.empty() || access(folder.empty() ? "." : folder.c_str(), W_OK) != 0)
    throw StataError(603, "file " + name + " could not be opened");
}

void confirm_number(const Adjective& adjective, std::string_view text) {
  if (!adjective.none() && !adjective.integer) fail_syntax();
  if (adjective.integer) {
    const std::optional<double> x = to_number(text);
    if (!x || is_missing(*x) || *x != static_cast<double>(static_cast<long long>(*x)))
      fail_found(text, "integer");
    return;
  }
  const std::optional<double> x = to_number(text);
  if (!x || is_missing(*x)) fail_found(text, "number");
}

std::string type_words(const Adjective& adjective) {
  if (adjective.numeric) return "numeric variable";
  if (adjective.string) return "string variable";
  return adjective.type->name() + " variable";
}

bool has_type(const VarType& type, const Adjective& adjective) {
  if (adjective.numeric) return type.is_numeric();
  if (adjective.string) return type.is_string();
  return type == *adjective.type;
}

void confirm_new_variable(Session& session, std::string_view text) {
  if (text.empty()) fail_found(text, "newvar");
  parse_newvarlist(session.data, text);
}

void confirm_variable(Session& session, const Adjective& adjective,
                      std::string_view text) {
  bool exact = false;
  if (const std::size_t comma = text.find(','); comma != npos) {
    const std::string_view option = trim(text.substr(comma + 1));
    exact = abbreviates(option, "exact", 2);
    if (!exact) fail_option(std::string(option));
    text = trim(text.substr(0, comma));
  }
  if (adjective.is_new) return confirm_new_variable(session, text);
  if (adjective.integer || adjective.date) fail_syntax();
  if (text.empty()) fail_found(text, "variable");
  VarlistRules rules;
  rules.abbreviate = session.settings.varabbrev && !exact;
  for (const int v : parse_varlist(session.data, text, rules)) {
    const Variable& variable = session.data.variable(v);
    if (adjective.none() || has_type(variable.type, adjective)) continue;
    fail_found(variable.name, type_words(adjective));
  }
}

void confirm_format(const Adjective& adjective, std::string_view text) {
  const bool numeric = is_numeric_format(text);
  if (adjective.numeric && !numeric) fail_found(text, "numeric format");
  if (adjective.string && !is_string_format(text)) fail_found(text, "string format");
  if (adjective.date && !is_date_format(text)) fail_found(text, "date format");
  if (adjective.is_new || adjective.integer || adjective.type) fail_syntax();
  if (!numeric && !is_string_format(text)) fail_found(text, "format");
}

void confirm_names(std::string_view text) {
  if (text.empty()) fail_found(text, "name");
  for (const std::string& word : split_blank(text))
    if (!is_name(word)) fail_found(word, "name");
}

void confirm_frame(const Session& session, const Adjective& adjective,
                   std::string_view text) {
  const bool exists = session.frames.has(text);
  const std::string name(text);
  if (adjective.is_new) {
    if (!is_name(text)) fail_found(text, "name");
    if (exists) throw StataError(110, "frame " + name + " already defined");
  } else if (!exists) {
    throw StataError(111, "frame " + name + " not found");
  }
}

void confirm_plain(Session& session, std::string_view thing, std::string_view text) {
  const std::string name(text);
  if (abbreviates(thing, "existence", 1)) {
    if (!without_quotes(text).empty()) return;
    throw StataError(6, "nothing found where something expected");
  }
  if (abbreviates(thing, "names", 4)) return confirm_names(text);
  if (abbreviates(thing, "matrix", 3)) {
    if (session.matrices.count(name) == 0)
      throw StataError(111, "matrix " + name + " not found");
    return;
  }
  if (abbreviates(thing, "scalar", 3)) {
    if (session.scalars.count(name) == 0)
      throw StataError(111, "scalar " + name + " not found");
    return;
  }
  fail_syntax();
}

}  // namespace

void run_confirm(Session& session, const CommandLine& line) {
  std::string_view rest = line.rest;
  const Adjective adjective = take_adjective(rest);
  const Token thing = next_token(rest, {.parse = " ,"});
  const std::string_view text = trim(thing.rest);
  if (abbreviates(thing.raw, "file", 1)) return confirm_file(adjective, text);
  if (abbreviates(thing.raw, "variable", 1))
    return confirm_variable(session, adjective, text);
  if (abbreviates(thing.raw, "number", 1) && thing.raw != "name")
    return confirm_number(adjective, text);
  if (abbreviates(thing.raw, "format", 3)) return confirm_format(adjective, text);
  if (thing.raw == "frame") return confirm_frame(session, adjective, text);
  if (!adjective.none()) fail_syntax();
  confirm_plain(session, thing.raw, text);
}

}  // namespace adohost
