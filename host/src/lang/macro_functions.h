// Extended macro functions ([P] macro): what follows the colon in `local x : word count a
// b` and in `: word 1 of `list''.
#pragma once

#include <string>
#include <string_view>

namespace adohost {

class Session;

/// The value of the macro function in `text` (macros already expanded, but for what the
/// function itself looks up: `copy local x`, `list a - b`). Throws 198 for an unknown
/// one, 111 for a variable that is not there.
std::string macro_function(Session& session, std::string_view text);

}  // namespace adohost
