// The pages of mapped memory.
#pragma once

#include <cstddef>

namespace stata_pydata {

enum class Access { read_only, read_write };

/// Maps the pages of `bytes` bytes at `from` at once, which costs less than a fault for
/// each; a hint, without effect where the system has no such call. REQUIRES: mapped
/// memory, writable for read_write.
void populate(const std::byte* from, std::size_t bytes, Access access) noexcept;

}  // namespace stata_pydata
