#include "lang/timers.h"

namespace adohost {

void Timers::start(int n) {
  timers_[index(n)].since = std::chrono::steady_clock::now();
}

void Timers::stop(int n) {
  Timer& timer = timers_[index(n)];
  if (!timer.since) return;
  const std::chrono::duration<double> run =
      std::chrono::steady_clock::now() - *timer.since;
  timer.seconds += run.count();
  ++timer.runs;
  timer.since.reset();
}

}  // namespace adohost
