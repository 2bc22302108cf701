// The hundred timers of `timer` ([P] timer). A Session owns one.
#pragma once

#include <array>
#include <chrono>
#include <optional>

namespace adohost {

class Timers {
 public:
  static constexpr int kCount = 100;

  struct Timer {
    double seconds = 0;  // of the runs that have ended
    int runs = 0;
    std::optional<std::chrono::steady_clock::time_point> since;  // while it runs
  };

  /// REQUIRES: 1 <= n <= kCount, here and below.
  void start(int n);
  void stop(int n);  // nothing where it is not running
  void clear(int n) { timers_[index(n)] = {}; }
  void clear_all() { timers_.fill({}); }
  const Timer& get(int n) const { return timers_[index(n)]; }

 private:
  static std::size_t index(int n) { return static_cast<std::size_t>(n) - 1; }
  std::array<Timer, kCount> timers_{};
};

}  // namespace adohost
