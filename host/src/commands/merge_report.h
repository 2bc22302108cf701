// What merge prints, from counts alone (the layout of Stata 17 and later).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "commands/merge_request.h"

namespace adohost {

/// Observations by code, that of code 1 first.
using MergeCounts = std::array<std::int64_t, kMergeCodes>;

/// The table of results; `mark` is the variable that holds the codes, or empty.
std::string merge_table(const MergeCounts& counts, bool update, const std::string& mark);

/// The message of error 9 where assert() allows `codes` alone.
std::string merge_assertion_text(const std::vector<int>& codes, std::size_t width);

}  // namespace adohost
