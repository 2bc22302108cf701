// The missing elements of a mask, one bit each.
#pragma once

#include <bit>
#include <cstdint>

#include "stata_pydata/column.h"

namespace stata_pydata::dta {

/// Sets bit i of `words` (least significant first) where element first + i is missing and
/// clears the others, up to the last word's end. Returns whether any is missing.
bool missing_words(const Mask& mask, std::int64_t first, std::int64_t count,
                   std::uint64_t* words) noexcept;

/// Calls use(i) for every set bit.
template <typename Use>
void for_set_bits(const std::uint64_t* words, std::int64_t count, const Use& use) {
  for (std::int64_t base = 0; base < count; base += 64)
    for (std::uint64_t left = words[base / 64]; left != 0; left &= left - 1)
      use(base + std::countr_zero(left));
}

}  // namespace stata_pydata::dta
