// c(): system values ([P] creturn). The host says what it is where Stata says its licence.
#pragma once

#include <optional>
#include <string_view>

#include "expr/value.h"

namespace adohost {

class Session;

/// c(name), or nothing where there is no such value (then `c(name)' expands to nothing).
std::optional<Value> c_value(Session& session, std::string_view name);

}  // namespace adohost
