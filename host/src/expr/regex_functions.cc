#include "expr/functions.h"

namespace adohost {

std::span<const Function> regex_functions() {
  return {};
}

}  // namespace adohost
