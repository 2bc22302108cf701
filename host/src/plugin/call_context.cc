#include "plugin/call_context.h"

#include <memory>
#include <mutex>

#include "lang/session.h"

namespace adohost {

CallContext g_context;

namespace {

/// All blocks of counts ever handed out; a thread that ends gives its block back.
struct CountRegistry {
  std::mutex mutex;
  std::vector<std::unique_ptr<CallCounts>> blocks;
  std::vector<CallCounts*> idle;
};

CountRegistry& registry() {
  static CountRegistry instance;
  return instance;
}

struct CountsGuard {
  CallCounts* counts = nullptr;
  ~CountsGuard() {
    t_counts = nullptr;
    const std::lock_guard lock(registry().mutex);
    registry().idle.push_back(counts);
  }
};

std::vector<CellColumn> columns_of(const Dataset& data, const PluginCall& call) {
  std::vector<CellColumn> columns;
  const auto add = [&](int v) {
    columns.push_back({data.variable(v).offset, data.variable(v).type, v});
  };
  if (call.has_varlist) {
    for (const int v : call.variables) add(v);
  } else {
    for (int v = 0; v < data.nvar(); ++v) add(v);
  }
  return columns;
}

}  // namespace

CallScope::CallScope(Session& session, const PluginCall& call)
    : columns_(columns_of(session.data, call)) {
  g_context.cells = session.data.nobs() > 0 ? session.data.row(0) : nullptr;
  g_context.width = session.data.width();
  g_context.columns = columns_.data();
  g_context.ncolumns = columns_.size();
  g_context.nobs = static_cast<std::uint64_t>(session.data.nobs());
  g_context.strict = session.settings.strict_threads;
  g_context.session = &session;
  g_context.call = &call;
  g_context.thread = std::this_thread::get_id();
  g_context.trespass.store(-1);
}

CallScope::~CallScope() {
  g_context.cells = nullptr;
  g_context.width = 0;
  g_context.columns = nullptr;
  g_context.ncolumns = 0;
  g_context.nobs = 0;
  g_context.strict = false;
  g_context.session = nullptr;
  g_context.call = nullptr;
  g_context.thread = {};
}

CallCounts* counts_of_this_thread() {
  static thread_local CountsGuard guard;
  CountRegistry& all = registry();
  const std::lock_guard lock(all.mutex);
  if (all.idle.empty()) {
    all.blocks.push_back(std::make_unique<CallCounts>());
    t_counts = all.blocks.back().get();
  } else {
    t_counts = all.idle.back();
    all.idle.pop_back();
  }
  guard.counts = t_counts;
  return t_counts;
}

std::map<std::string, std::uint64_t> all_counts() {
  std::map<std::string, std::uint64_t> sums;
  const std::lock_guard lock(registry().mutex);
  for (const auto& block : registry().blocks) {
    for (std::size_t slot = 0; slot < kSlots; ++slot) {
      const std::uint64_t n = block->of[slot].load(std::memory_order_relaxed);
      if (n > 0) sums[std::string(slot_name(slot))] += n;
    }
  }
  return sums;
}

void reset_counts() {
  const std::lock_guard lock(registry().mutex);
  for (const auto& block : registry().blocks) {
    for (auto& n : block->of) n.store(0, std::memory_order_relaxed);
  }
}

bool note_trespass(std::size_t slot) noexcept {
  if (std::this_thread::get_id() == g_context.thread) return false;
  int none = -1;
  g_context.trespass.compare_exchange_strong(none, static_cast<int>(slot));
  return true;
}

}  // namespace adohost
