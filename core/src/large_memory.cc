#include "stata_pydata/large_memory.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <mutex>
#include <new>
#include <string>
#include <vector>

#include "stata_pydata/error.h"

namespace stata_pydata {
namespace {

constexpr std::int64_t kHugePage = std::int64_t{2} << 20, kLine = 64;

struct Block {
  std::byte* memory;
  std::int64_t bytes;
};

std::int64_t whole_pages(std::int64_t bytes) noexcept {
  return (bytes + kHugePage - 1) / kHugePage * kHugePage;
}

void unmap(const Block& block) noexcept {
  ::munmap(block.memory, static_cast<std::size_t>(block.bytes));
}

/// Pages of the system's, from the beginning of a huge one on. Null where it has none.
std::byte* map(std::int64_t bytes) noexcept {
  const auto room = static_cast<std::size_t>(bytes + kHugePage);
  void* mapped = ::mmap(nullptr, room, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (mapped == MAP_FAILED) return nullptr;
  auto* first = static_cast<std::byte*>(mapped);
  const auto lead = static_cast<std::int64_t>(-reinterpret_cast<std::uintptr_t>(first) %
                                              static_cast<std::uintptr_t>(kHugePage));
  if (lead > 0) unmap({first, lead});
  if (lead < kHugePage) unmap({first + lead + bytes, kHugePage - lead});
#ifdef MADV_HUGEPAGE
  ::madvise(first + lead, static_cast<std::size_t>(bytes), MADV_HUGEPAGE);
#endif
  return first + lead;
}

/// Blocks that were given back, the oldest first.
class Kept {
 public:
  std::byte* take(std::int64_t bytes) {
    const std::lock_guard lock(mutex_);
    auto best = blocks_.end();
    for (auto block = blocks_.begin(); block != blocks_.end(); ++block)
      if (block->bytes == bytes) best = block;  // the latest is the warmest
    if (best == blocks_.end()) return nullptr;
    std::byte* memory = best->memory;
    bytes_ -= best->bytes;
    blocks_.erase(best);
    return memory;
  }

  void give(const Block& block) noexcept {
    const std::lock_guard lock(mutex_);
    try {
      blocks_.push_back(block);
    } catch (const std::bad_alloc&) {
      return unmap(block);
    }
    bytes_ += block.bytes;
    while (bytes_ > limit_) {
      unmap(blocks_.front());
      bytes_ -= blocks_.front().bytes;
      blocks_.erase(blocks_.begin());
    }
  }

  std::int64_t bytes() noexcept {
    const std::lock_guard lock(mutex_);
    return bytes_;
  }

  void release() noexcept {
    const std::lock_guard lock(mutex_);
    for (const Block& block : blocks_) unmap(block);
    blocks_.clear();
    bytes_ = 0;
  }

 private:
  static std::int64_t limit() noexcept {
    const std::int64_t memory =
        std::int64_t{::sysconf(_SC_PHYS_PAGES)} * ::sysconf(_SC_PAGESIZE);
    return std::min(std::int64_t{1} << 30, memory / 8);
  }

  std::mutex mutex_;
  std::vector<Block> blocks_;
  std::int64_t bytes_ = 0;
  const std::int64_t limit_ = limit();
};

/// Never destroyed: results may be given back while the process ends.
Kept& kept() {
  static Kept* const blocks = new Kept;
  return *blocks;
}

}  // namespace

std::byte* take_memory(std::int64_t bytes) {
  std::byte* memory = nullptr;
  if (bytes < kLargeMemory) {
    const auto whole = static_cast<std::size_t>((bytes / kLine + 1) * kLine);
    memory = static_cast<std::byte*>(std::aligned_alloc(kLine, whole));
  } else {
    memory = kept().take(whole_pages(bytes));
    if (!memory) memory = map(whole_pages(bytes));
  }
  if (!memory)
    throw Error(Fault::memory, "no memory for " + std::to_string(bytes) + " bytes");
  return memory;
}

void give_memory(std::byte* memory, std::int64_t bytes) noexcept {
  if (bytes < kLargeMemory) return std::free(memory);
  const Block block{memory, whole_pages(bytes)};
#ifdef MADV_FREE
  if (::madvise(memory, static_cast<std::size_t>(block.bytes), MADV_FREE) == 0)
    return kept().give(block);
#endif
  unmap(block);
}

std::int64_t kept_memory() noexcept {
  return kept().bytes();
}

void release_kept_memory() noexcept {
  kept().release();
}

}  // namespace stata_pydata
