// Memory for results that are large: in huge pages where the system has them, and kept
// for the next result when it is given back. Pages that the system must first fault in
// and zero take longer than filling them does; those that are kept are marked as free to
// take, so that the system has them back as soon as it needs memory (MADV_FREE).
#pragma once

#include <cstddef>
#include <cstdint>

namespace stata_pydata {

/// Blocks below this many bytes come from the C library and are not kept.
inline constexpr std::int64_t kLargeMemory = std::int64_t{4} << 20;

/// `bytes` bytes of any value, aligned to cache lines at least. Throws memory.
std::byte* take_memory(std::int64_t bytes);

/// Gives back what take_memory(bytes) gave. Thread-safe, as all of these.
void give_memory(std::byte* memory, std::int64_t bytes) noexcept;

/// Bytes that are kept: at most a gigabyte, and an eighth of this machine's memory.
std::int64_t kept_memory() noexcept;

/// Returns what is kept to the system.
void release_kept_memory() noexcept;

}  // namespace stata_pydata
