// reshape long, reshape wide ([D] reshape). What was asked for is kept in characteristics
// of the data, so that `reshape wide` alone goes back.
#include "base/error.h"
#include "commands/data_commands.h"
#include "commands/reshape_request.h"

namespace adohost {

void run_reshape(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowOptions);
  std::string_view typed = line.anything;
  const std::string direction = take_text(&typed);
  const bool to_long = direction == "long";
  if (!to_long && direction != "wide") fail_syntax();
  const ReshapeRequest request = parse_reshape(session, line, typed);
  if (to_long) {
    reshape_long(session, request);
  } else {
    reshape_wide(session, request);
  }
}

}  // namespace adohost
