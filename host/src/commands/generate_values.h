// What generate, replace and egen share: making a variable out of an expression, and the
// message about missing values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "lang/session.h"

namespace adohost {

/// `[type] name[:label]` of a new variable. Throws 198 "x invalid name", 103 for more
/// words, 110 where the name exists.
struct NewVariable {
  std::optional<VarType> type;
  bool sized_by_values = false;  // `str` alone: as wide as the longest value
  std::string name;
  std::string label;
};
NewVariable parse_new_variable(const Session& session, std::string_view text);

/// "(5 missing values generated)"; nothing for 0.
void say_missing(Session& session, std::int64_t n);

/// 12345 as "12,345".
std::string with_thousands(std::int64_t n);

}  // namespace adohost
