// How a do-file shows the commands that it runs: `. command`, `> ` for continued lines,
// `  2. ` inside loops and programs.
#pragma once

#include <string_view>

#include "lang/statement.h"
#include "output/output.h"

namespace adohost {

/// One logical line behind `prompt`; its further physical lines, and what does not fit in
/// the line size, behind `> `.
void echo_line(Output& out, const Line& line, std::string_view prompt = ". ");

/// The inside and the end of a block that is not run while it is read, each command with
/// its number from `first`.
void echo_numbered(Output& out, const Statement& block, int first);

/// The inside and the end of an `if` block that is passed over.
void echo_skipped(Output& out, const Statement& block);

}  // namespace adohost
