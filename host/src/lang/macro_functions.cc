#include "lang/macro_functions.h"

#include "base/error.h"
#include "base/text.h"
#include "lang/macro_functions_table.h"
#include "lang/session.h"
#include "lang/words.h"

namespace adohost {
namespace {

/// The name at the start of `text`: letters and `_`.
std::string_view leading_name(std::string_view text) {
  std::size_t n = 0;
  while (n < text.size() && (text[n] == '_' || (text[n] >= 'a' && text[n] <= 'z'))) ++n;
  return text.substr(0, n);
}

const MacroFunction* find_function(std::string_view word) {
  for (const auto& family : {data_macro_functions(), text_macro_functions(),
                             result_macro_functions(), system_macro_functions()})
    for (const MacroFunction& function : family)
      if (abbreviates(word, function.name, function.minimum)) return &function;
  return nullptr;
}

}  // namespace

std::string macro_function(Session& session, std::string_view text) {
  text = trim(text);
  const std::string_view word = leading_name(text);
  const MacroFunction* function = word.empty() ? nullptr : find_function(word);
  if (function == nullptr) fail_syntax();
  return function->run(session, trim_left(text.substr(word.size())));
}

const std::string& take_macro(Session& session, std::string_view& text) {
  static const std::string none;
  const std::string_view kind = take_word(text);
  const std::string_view name = take_word(text);
  const std::string* found = nullptr;
  if (abbreviates(kind, "local", 3))
    found = session.macros.local(name);
  else if (abbreviates(kind, "global", 2))
    found = session.macros.global(name);
  else
    fail_syntax();
  return found != nullptr ? *found : none;
}

std::string_view take_word(std::string_view& text) {
  const Token token = next_token(text, {.parse = " ,"});
  if (!token.found || token.raw == ",") fail_syntax();
  text = token.rest;
  return token.text;
}

void require_end(std::string_view text) {
  if (!trim(text).empty()) fail_syntax();
}

}  // namespace adohost
