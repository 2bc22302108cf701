#include "expr/functions.h"

namespace adohost {

std::span<const Function> programming_functions() {
  return {};
}

}  // namespace adohost
