#include "expr/functions.h"

namespace adohost {

std::span<const Function> date_functions() {
  return {};
}

}  // namespace adohost
