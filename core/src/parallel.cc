#include "stata_pydata/parallel.h"

#include <sched.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace stata_pydata {
namespace {

constexpr std::int64_t kRowsWorthAThread = 1 << 16;
constexpr int kMostThreads = 256;
constexpr std::chrono::milliseconds kPollInterval{5};

int usable_processors() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (::sched_getaffinity(0, sizeof set, &set) == 0) return std::max(1, CPU_COUNT(&set));
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

using Work = std::function<void(std::int64_t, std::int64_t)>;

/// What the threads of one call share. The blocks are handed out by `next_`.
class BlockRun {
 public:
  BlockRun(std::int64_t rows, std::int64_t block, const Work& work)
      : rows_(rows), block_(block), count_((rows - 1) / block + 1), work_(work) {}

  std::int64_t blocks() const { return count_; }

  /// Does one block; false where none is left or the run has stopped.
  bool step() {
    if (stopped_.load(std::memory_order_relaxed)) return false;
    const std::int64_t index = next_.fetch_add(1, std::memory_order_relaxed);
    if (index >= count_) return false;
    try {
      work_(index * block_, std::min(rows_, (index + 1) * block_));
      done_.fetch_add(1, std::memory_order_relaxed);
      return true;
    } catch (...) {
      stop(std::current_exception());
      return false;
    }
  }

  void stop(std::exception_ptr error = nullptr) {
    const std::lock_guard lock(mutex_);
    if (!error_) error_ = error;
    stopped_.store(true, std::memory_order_relaxed);
  }

  void thread_begins() {
    const std::lock_guard lock(mutex_);
    ++running_;
  }

  void thread_ends() {
    const std::lock_guard lock(mutex_);
    if (--running_ == 0) idle_.notify_one();
  }

  /// Waits for the other threads for a few milliseconds; true when all are done.
  bool wait_a_little() {
    std::unique_lock lock(mutex_);
    return idle_.wait_for(lock, kPollInterval, [this] { return running_ == 0; });
  }

  /// REQUIRES: all threads joined.
  bool finish() {
    if (error_) std::rethrow_exception(error_);
    return done_.load(std::memory_order_relaxed) == count_;
  }

 private:
  const std::int64_t rows_, block_, count_;
  const Work& work_;
  std::atomic<std::int64_t> next_{0}, done_{0};
  std::atomic<bool> stopped_{false};
  std::mutex mutex_;
  std::condition_variable idle_;
  int running_ = 0;
  std::exception_ptr error_;
};

/// Starts up to `count` helpers; where the system refuses a thread, fewer do.
std::vector<std::thread> start_helpers(BlockRun& run, int count) {
  count = static_cast<int>(std::min<std::int64_t>(count, run.blocks() - 1));
  std::vector<std::thread> helpers;
  helpers.reserve(static_cast<std::size_t>(std::max(0, count)));
  for (int i = 0; i < count; ++i) {
    run.thread_begins();
    try {
      helpers.emplace_back([&run] {
        while (run.step()) {
        }
        run.thread_ends();
      });
    } catch (const std::system_error&) {
      run.thread_ends();
      break;
    }
  }
  return helpers;
}

}  // namespace

int choose_threads(int requested, std::int64_t rows, int most) {
  const std::int64_t one_each = std::max<std::int64_t>(1, rows);
  if (requested > 0)
    return static_cast<int>(std::min<std::int64_t>({requested, kMostThreads, one_each}));
  const std::int64_t worth = rows / kRowsWorthAThread + 1;
  return static_cast<int>(std::min<std::int64_t>({worth, most, usable_processors()}));
}

bool for_row_blocks(std::int64_t rows, std::int64_t block, int threads, const Work& work,
                    const std::function<bool()>& stop) {
  if (rows <= 0) return true;
  BlockRun run(rows, std::max<std::int64_t>(1, block), work);
  auto helpers = start_helpers(run, threads - 1);
  const auto poll = [&] {
    try {
      if (stop && stop()) run.stop();
    } catch (...) {
      run.stop(std::current_exception());
    }
  };
  do poll();
  while (run.step());
  while (!run.wait_a_little()) poll();
  for (auto& helper : helpers) helper.join();
  return run.finish();
}

}  // namespace stata_pydata
