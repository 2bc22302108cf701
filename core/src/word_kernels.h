// Elements of a chunk into the words of a segment. Kernels see pointers, counts and
// strides; they allocate nothing and throw nothing, so that any thread may run them on
// its own rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>

#include "stata_pydata/column.h"

namespace stata_pydata {

enum class WordKind { integers, doubles };

/// Writes elements [begin, end) of `chunk` as 8-byte words at `words` (8-aligned). As
/// integers, values beyond int64 wrap and masks are ignored: the plan has excluded both.
/// As doubles, missing elements become NaN.
void convert_words(const Chunk& chunk, ElementType type, WordKind kind,
                   std::int64_t begin, std::int64_t end, std::byte* words) noexcept;

/// Whether any of the elements [begin, end) is missing.
bool any_missing(const Mask& mask, std::int64_t begin, std::int64_t end) noexcept;

inline constexpr std::int64_t kNone = std::numeric_limits<std::int64_t>::max();

/// The first element of [begin, end) that is not missing and lies outside [low, high];
/// kNone where there is none. REQUIRES: type is int64 or uint64 (no other type reaches
/// the limits).
std::int64_t first_beyond(const Chunk& chunk, ElementType type, std::int64_t low,
                          std::int64_t high, std::int64_t begin,
                          std::int64_t end) noexcept;

}  // namespace stata_pydata
