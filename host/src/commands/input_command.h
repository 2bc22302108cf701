// input ([D] input): observations from the lines behind the command, up to `end`.
#pragma once

#include <string_view>

#include "lang/statement.h"

namespace adohost {

class Session;

/// `rest` is what stands behind `input`, expanded; `statement` has the lines. With `echo`
/// they are shown, each behind the number of its observation. A line with a word where a
/// number belongs is refused with a message and passed over, as Stata asks again for it.
/// Throws 104 "nothing to input" where there are no variables and none are named, 103
/// where a line has more values than there are variables.
void run_input(Session& session, std::string_view rest, const Statement& statement,
               bool echo);

}  // namespace adohost
