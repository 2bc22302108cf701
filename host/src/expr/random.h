// The session's random numbers: runiform() is the 64-bit Mersenne Twister, as in Stata.
#pragma once

#include <string_view>

#include "lang/session.h"

namespace adohost {

/// The next number of runiform(): in (0, 1).
double next_uniform(Session& session);
/// `set seed text`. Throws 198 where `text` is no whole number in 0 .. 2^31-1.
void set_seed(Session& session, std::string_view text);

}  // namespace adohost
