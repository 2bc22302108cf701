// scalar ([P] scalar): define, list, dir, drop.
#include "base/error.h"
#include "base/text.h"
#include "commands/expression_family.h"
#include "expr/expression.h"
#include "format/format.h"
#include "lang/tokens.h"

namespace adohost {

namespace {

void define(Session& session, std::string_view name, std::string_view exp) {
  if (!is_name(name) || is_reserved(name)) {
    throw StataError(198, std::string(name) + " invalid name");
  }
  Value value = evaluate(session, exp);
  session.scalars[std::string(name)] = {value.is_string, value.number,
                                        std::move(value.text)};
}

void show(Session& session, const std::string& name, const Scalar& scalar) {
  const std::string text =
      scalar.is_string ? " " + scalar.text : format_number(scalar.number, "%10.0g");
  session.out.line(pad_left(abbreviate(name, 10), 10) + " = " + text);
}

void list(Session& session, const std::vector<std::string>& names) {
  if (names.empty() || (names.size() == 1 && names[0] == "_all")) {
    for (const auto& [name, scalar] : session.scalars) show(session, name, scalar);
    return;
  }
  for (const std::string& name : names) {
    const auto it = session.scalars.find(name);
    if (it == session.scalars.end()) fail_not_found("scalar " + name);
    show(session, name, it->second);
  }
}

void drop(Session& session, const std::vector<std::string>& names) {
  if (names.empty()) fail_syntax();
  if (names.size() == 1 && names[0] == "_all") return session.scalars.clear();
  for (const std::string& name : names) {
    if (session.scalars.erase(name) == 0) fail_not_found("scalar " + name);
  }
}

}  // namespace

void run_scalar(Session& session, const CommandLine& line) {
  std::string_view rest = trim(line.rest);
  const std::string_view word = rest.substr(0, word_length(rest));
  std::string_view after = trim_left(rest.substr(word.size()));
  if (word.empty() && !rest.empty()) fail_syntax();
  const bool assigns = after.starts_with('=') && !after.starts_with("==");
  if (assigns) return define(session, word, after.substr(1));
  if (word.empty() || abbreviates(word, "list", 1) || word == "dir") {
    return list(session, split_blank(after));
  }
  if (word == "drop") return drop(session, split_blank(after));
  if (!abbreviates(word, "define", 3)) fail_syntax();
  const std::string_view name = after.substr(0, word_length(after));
  after = trim_left(after.substr(name.size()));
  if (!after.starts_with('=')) fail_syntax();
  define(session, name, after.substr(1));
}

}  // namespace adohost
