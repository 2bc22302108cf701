#include "data/cell_memory.h"

#include <sys/mman.h>

#include <algorithm>
#include <fstream>
#include <limits>
#include <string>

#include "base/error.h"

namespace adohost {
namespace {

constexpr std::size_t kGranule = std::size_t{1} << 21;  // a huge page
// Below this, asking the system how much memory there is would cost more than it tells.
constexpr std::size_t kAskFrom = std::size_t{256} << 20;

std::size_t round_up(std::size_t bytes) {
  return (bytes + kGranule - 1) / kGranule * kGranule;
}

[[noreturn]] void fail_memory(std::size_t bytes) {
  throw StataError(
      909, "op. sys. refuses to provide memory\n    " + std::to_string(bytes >> 20) +
               " MB are needed to hold the data in memory; drop variables or\n"
               "    observations, or store them in smaller types");
}

/// Memory that can be had without swapping. Linux promises more than it has and kills
/// whom it disappoints, so the promise is not asked for.
std::size_t available_memory() {
  std::ifstream info("/proc/meminfo");
  for (std::string key; info >> key;) {
    std::size_t kilobytes = 0;
    info >> kilobytes;
    if (key == "MemAvailable:") return kilobytes << 10;
    info.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
  }
  return std::numeric_limits<std::size_t>::max();
}

}  // namespace

void CellMemory::reserve(std::size_t bytes) {
  if (bytes <= capacity_) return;
  const std::size_t more = bytes - capacity_;
  if (bytes > std::numeric_limits<std::size_t>::max() / 4) fail_memory(bytes);
  if (more >= kAskFrom && more > available_memory()) fail_memory(bytes);
  const std::size_t next = round_up(std::max(bytes, 2 * capacity_));
  void* memory = data_ == nullptr ? mmap(nullptr, next, PROT_READ | PROT_WRITE,
                                         MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
                                  : mremap(data_, capacity_, next, MREMAP_MAYMOVE);
  if (memory == MAP_FAILED) fail_memory(bytes);
  if (next > 2 * kGranule) madvise(memory, next, MADV_HUGEPAGE);
  data_ = static_cast<std::byte*>(memory);
  capacity_ = next;
}

void CellMemory::trim(std::size_t bytes) noexcept {
  if (bytes == 0) return release();
  const std::size_t next = round_up(bytes);
  if (next > capacity_ / 2) return;
  if (mremap(data_, capacity_, next, 0) != MAP_FAILED) capacity_ = next;
}

void CellMemory::release() noexcept {
  if (data_ != nullptr) munmap(data_, capacity_);
  data_ = nullptr;
  capacity_ = 0;
}

}  // namespace adohost
