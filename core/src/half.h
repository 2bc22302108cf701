// IEEE half-precision numbers, which C++20 has no type for.
#pragma once

#include <bit>
#include <cstdint>

namespace stata_pydata {

struct Half {
  std::uint16_t bits;
};

/// Exact: the exponent is rebased by a multiplication, which brings subnormals with it.
inline float to_float(Half half) noexcept {
  const std::uint32_t magnitude = (half.bits & 0x7fffu) << 13;
  const std::uint32_t special = (half.bits & 0x7c00u) == 0x7c00u ? 0x7f800000u : 0u;
  const float finite = std::bit_cast<float>(magnitude) * 0x1p112f;
  const std::uint32_t sign = (half.bits & 0x8000u) << 16;
  return std::bit_cast<float>(std::bit_cast<std::uint32_t>(finite) | special | sign);
}

}  // namespace stata_pydata
