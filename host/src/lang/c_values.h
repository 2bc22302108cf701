// c(): system values ([P] creturn). The host says what it is where Stata says its licence
// (edition_real); everything that programs test to find out what they may use says what
// Stata/MP 18 on Linux says, because that is what the host can do.
#pragma once

#include <optional>
#include <string_view>

#include "expr/value.h"

namespace adohost {

class Session;

/// c(name), or nothing where there is no such value (then `c(name)' expands to nothing).
std::optional<Value> c_value(Session& session, std::string_view name);

/// Prints all of them, in groups (creturn list).
void list_c_values(Session& session);

}  // namespace adohost
