#include "lang/clock.h"

#include <cstdlib>
#include <ctime>

#include "base/text.h"

namespace adohost {

std::string time_stamp() {
  const char* fixed = std::getenv("SOURCE_DATE_EPOCH");
  const auto seconds = fixed != nullptr ? to_integer(fixed) : std::nullopt;
  const std::time_t now =
      seconds ? static_cast<std::time_t>(*seconds) : std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  char text[32];
  const std::string format = "%e " + std::string(kMonths[local.tm_mon]) + " %Y %H:%M";
  return {text, std::strftime(text, sizeof text, format.c_str(), &local)};
}

}  // namespace adohost
