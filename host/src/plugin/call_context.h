// What the running plugin works on. The C functions of the interface get no pointer to
// their caller, and one plugin runs at a time, so this is the host's one global: set by
// CallScope for the length of pginit or stata_call, and empty outside, where every entry
// answers with an error. Set and cleared on the calling thread; read from any.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "data/dataset.h"
#include "plugin/interface_table.h"
#include "plugin/plugins.h"

namespace adohost {

/// A variable as the cell entries need it.
struct CellColumn {
  std::size_t offset = 0;
  VarType type;
  int position = 0;  // in the data set
};

struct CallContext {
  // What the cell entries read, together in front.
  std::byte* cells = nullptr;
  std::size_t width = 0;
  const CellColumn* columns = nullptr;
  std::uint64_t ncolumns = 0;
  std::uint64_t nobs = 0;
  bool strict = false;

  Session* session = nullptr;
  const PluginCall* call = nullptr;
  std::thread::id thread;
  std::atomic<int> trespass{-1};  // first slot called where it must not be
};

extern CallContext g_context;

/// Sets g_context for a call on the session's data. REQUIRES: no other scope is alive.
class CallScope {
 public:
  CallScope(Session& session, const PluginCall& call);
  ~CallScope();
  CallScope(const CallScope&) = delete;
  CallScope& operator=(const CallScope&) = delete;

  /// The slot that was called off the calling thread where that is not allowed, or -1.
  int trespass() const { return g_context.trespass.load(); }

 private:
  std::vector<CellColumn> columns_;
};

/// One thread's counts; written by it alone, read by counters().
struct CallCounts {
  std::atomic<std::uint64_t> of[kSlots] = {};
};
CallCounts* counts_of_this_thread();
inline constinit thread_local CallCounts* t_counts = nullptr;

std::map<std::string, std::uint64_t> all_counts();
void reset_counts();

inline void count(std::size_t slot) noexcept {
  CallCounts* counts = t_counts;
  if (counts == nullptr) [[unlikely]]
    counts = counts_of_this_thread();
  auto& n = counts->of[slot];
  n.store(n.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
}

bool note_trespass(std::size_t slot) noexcept;

/// Every entry begins with one of these two. Entries that any thread may call for
/// distinct cells: strict mode reports the call and lets it happen.
inline void enter(std::size_t slot) noexcept {
  count(slot);
  if (g_context.strict) [[unlikely]]
    note_trespass(slot);
}
/// Entries for the calling thread alone: false, and reported in both modes, off it.
inline bool enter_alone(std::size_t slot) noexcept {
  count(slot);
  return !note_trespass(slot);
}

}  // namespace adohost
