#include "expr/functions.h"

namespace adohost {

std::span<const Function> string_functions() {
  return {};
}

}  // namespace adohost
