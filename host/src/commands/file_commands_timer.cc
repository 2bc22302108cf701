#include "base/text.h"
#include "commands/file_commands.h"
#include "format/format.h"
#include "lang/words.h"

namespace adohost {
namespace {

/// The number of a timer. Throws 198.
int timer_number(std::string_view text) {
  const auto n = to_integer(trim(text));
  if (!n || *n < 1 || *n > Timers::kCount) fail_syntax();
  return static_cast<int>(*n);
}

/// Prints a timer that has been used, and stores r(t#) and r(nt#).
void list_timer(Session& session, int n) {
  const Timers::Timer& timer = session.timers.get(n);
  if (timer.runs == 0) return;
  session.out.line(format_number(n, "%4.0f") + ":" +
                   format_number(timer.seconds, "%10.2f") + " /" +
                   format_number(timer.runs, "%9.0f") + " =" +
                   format_number(timer.seconds / timer.runs, "%13.4f"));
  const std::string name = "t" + std::to_string(n);
  session.r.set_scalar(name, timer.seconds);
  session.r.set_scalar("n" + name, timer.runs);
}

}  // namespace

/// timer {on|off} #, timer {list|clear} [#]
void run_timer(Session& session, const CommandLine& line) {
  const Token verb = next_token(line.rest);
  const bool all = trim(verb.rest).empty();
  if (verb.raw == "on") {
    session.timers.start(timer_number(verb.rest));
  } else if (verb.raw == "off") {
    session.timers.stop(timer_number(verb.rest));
  } else if (verb.raw == "clear") {
    if (all)
      session.timers.clear_all();
    else
      session.timers.clear(timer_number(verb.rest));
  } else if (abbreviates(verb.raw, "list", 1)) {
    const int first = all ? 1 : timer_number(verb.rest);
    session.r.clear();
    for (int n = first; n <= (all ? Timers::kCount : first); ++n) list_timer(session, n);
  } else {
    fail_syntax();
  }
}

}  // namespace adohost
