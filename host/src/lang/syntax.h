// The command `syntax`: parses what was typed (the local macro 0) by a description and
// leaves the pieces in local macros ([P] syntax).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace adohost {

class Session;
struct SyntaxSpec;

/// `syntax description` in the running program. Throws 197 for a fault in the
/// description, else what is wrong with what was typed: 100, 101, 102, 103, 109, 110,
/// 111, 198 ...
void run_syntax(Session& session, std::string_view description);

/// Local macros to be set, in order.
using MacroSettings = std::vector<std::pair<std::string, std::string>>;

/// The macros for the options in `text` (what follows the comma).
MacroSettings match_options(Session& session, const SyntaxSpec& spec,
                            std::string_view text);

}  // namespace adohost
