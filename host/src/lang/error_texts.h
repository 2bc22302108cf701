// The standard text of a return code, as `error #` prints it ([P] error).
#pragma once

#include <string>

namespace adohost {

/// Empty where the code has no text of its own (498, 499 and unknown codes).
std::string standard_error_text(int rc);

}  // namespace adohost
