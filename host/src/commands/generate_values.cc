#include "commands/generate_values.h"

#include "base/error.h"
#include "base/text.h"
#include "format/format.h"

namespace adohost {

NewVariable parse_new_variable(const Session& session, std::string_view text) {
  NewVariable made;
  std::string spaced;
  for (char c : text) {
    if (c == ':') {
      spaced += " : ";
    } else {
      spaced += c;
    }
  }
  std::vector<std::string> words = split_blank(spaced);
  if (words.size() > 1 && words[1] != ":") {
    made.type = VarType::parse(words[0]);
    made.sized_by_values = words[0] == "str";
    if (made.type) words.erase(words.begin());
  }
  if (words.size() == 3 && words[1] == ":") {
    made.label = words[2];
    if (!is_name(made.label)) throw StataError(198, made.label + " invalid name");
    words.resize(1);
  }
  if (words.empty()) throw StataError(102, "too few variables specified");
  if (words.size() > 1) throw StataError(103, "too many variables specified");
  made.name = words[0];
  if (!is_name(made.name) || is_reserved(made.name)) {
    throw StataError(198, made.name + " invalid name");
  }
  if (session.data.find(made.name) >= 0) {
    throw StataError(110, "variable " + made.name + " already defined");
  }
  return made;
}

std::string with_thousands(std::int64_t n) {
  return std::string(trim(format_number(static_cast<double>(n), "%20.0gc")));
}

void say_missing(Session& session, std::int64_t n) {
  if (n == 0) return;
  session.out.line("(" + with_thousands(n) + " missing value" + (n == 1 ? "" : "s") +
                   " generated)");
}

}  // namespace adohost
