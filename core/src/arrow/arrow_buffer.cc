#include "arrow/arrow_buffer.h"

#include <sys/mman.h>

#include <cstdlib>
#include <string>

#include "stata_pydata/error.h"

namespace stata_pydata::dta {

ArrowBuffer::ArrowBuffer(std::int64_t bytes) {
  constexpr std::size_t line = 64, huge_page = 2 << 20;
  const auto size = static_cast<std::size_t>(bytes);
  const std::size_t alignment = size >= 2 * huge_page ? huge_page : line;
  const std::size_t whole = (size / alignment + 1) * alignment;
  memory_.reset(static_cast<std::byte*>(std::aligned_alloc(alignment, whole)));
  if (!memory_)
    throw Error(Fault::memory, "no memory for " + std::to_string(bytes) + " bytes");
#ifdef MADV_HUGEPAGE
  if (alignment == huge_page) ::madvise(memory_.get(), whole, MADV_HUGEPAGE);
#endif
}

void ArrowBuffer::Free::operator()(std::byte* memory) const noexcept {
  std::free(memory);
}

}  // namespace stata_pydata::dta
