#include "arrow/arrow_buffer.h"

#include "stata_pydata/large_memory.h"

namespace stata_pydata::dta {
namespace {

/// Arrow wants room for the rest of the last cache line.
constexpr std::int64_t kLine = 64;

}  // namespace

ArrowBuffer::ArrowBuffer(std::int64_t bytes)
    : memory_(take_memory(bytes + kLine), Give{bytes + kLine}) {}

void ArrowBuffer::Give::operator()(std::byte* memory) const noexcept {
  give_memory(memory, bytes);
}

}  // namespace stata_pydata::dta
