// Macro expansion ([P] macro, [U] 18.3): textual, left to right, inside out, before a
// command is parsed. Undefined macros are empty; a backslash before a backquote or `$`
// keeps it from expanding.
#pragma once

#include <string>
#include <string_view>

namespace adohost {

class Session;

/// `line` with every macro expanded. Throws what `=exp' and `:function' throw, and 920
/// where macros hold each other without end.
std::string expand_macros(Session& session, std::string_view line);

/// The text of a result as a macro holds it: `r(name)', `e(name)', `s(name)', `c(name)';
/// empty where there is none.
std::string result_text(Session& session, char family, std::string_view name);

}  // namespace adohost
