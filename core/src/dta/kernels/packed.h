// What the loops of the vector kernels share. They have the shape that a compiler turns
// into vector instructions: a run of elements is brought end to end in cache, looked at
// as a whole and converted as a whole; only a run that holds something special is gone
// through with selections. Compiled once for each instruction set, in that set's own
// file; everything is in an unnamed namespace for the reason that element.h gives.
#pragma once

#include "dta/kernels/element.h"

namespace stata_pydata::dta {
namespace {

constexpr std::int64_t kRun = 64;

template <std::size_t kBytes>
struct Unsigned;
template <>
struct Unsigned<1> {
  using Type = std::uint8_t;
};
template <>
struct Unsigned<2> {
  using Type = std::uint16_t;
};
template <>
struct Unsigned<4> {
  using Type = std::uint32_t;
};
template <>
struct Unsigned<8> {
  using Type = std::uint64_t;
};
/// An integer as wide as T: of a comparison's result, or of T's bits.
template <typename T>
using BitsOf = typename Unsigned<sizeof(T)>::Type;

/// Elements [begin, begin + count) end to end: in place where they lie so, else in
/// `buffer`.
template <typename In>
const std::byte* packed_elements(const Elements& from, std::int64_t begin,
                                 std::int64_t count, ElementOf<In>* buffer) noexcept {
  if constexpr (std::is_arithmetic_v<In>)
    if (from.stride == sizeof(In)) return from.values + begin * std::int64_t{sizeof(In)};
  for (std::int64_t i = 0; i < count; ++i)
    buffer[i] = element<In>(from, begin + i, from.stride);
  return reinterpret_cast<const std::byte*>(buffer);
}

}  // namespace
}  // namespace stata_pydata::dta
