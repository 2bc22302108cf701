#include "expr/random.h"

#include "base/error.h"
#include "base/text.h"

namespace adohost {

double next_uniform(Session& session) {
  constexpr double kUnit = 0x1.0p-53;
  return static_cast<double>(session.random() >> 11) * kUnit;
}

void set_seed(Session& session, std::string_view text) {
  constexpr long long kLargest = 0x7fffffff;
  const auto seed = to_integer(trim(text));
  if (!seed || *seed < 0 || *seed > kLargest) {
    throw StataError(198, "invalid syntax");
  }
  session.random.seed(static_cast<std::mt19937_64::result_type>(*seed));
}

}  // namespace adohost
