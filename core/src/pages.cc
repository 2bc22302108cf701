#include "stata_pydata/pages.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>

namespace stata_pydata {

void populate(const std::byte* from, std::size_t bytes, Access access) noexcept {
  // Linux 5.14 knows these two; older systems say EINVAL, and older headers nothing.
  constexpr int kPopulateRead = 22, kPopulateWrite = 23;
  const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  const auto begin = reinterpret_cast<std::uintptr_t>(from) / page * page;
  const auto end = reinterpret_cast<std::uintptr_t>(from) + bytes;
  ::madvise(reinterpret_cast<void*>(begin), end - begin,
            access == Access::read_only ? kPopulateRead : kPopulateWrite);
}

}  // namespace stata_pydata
