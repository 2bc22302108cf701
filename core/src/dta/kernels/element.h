// How a kernel reads an element and what becomes of its value in a cell. Shared by the
// kernels of every instruction set; everything here is in an unnamed namespace so that
// each file's copy is compiled for its own instructions.
#pragma once

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <type_traits>

#include "half.h"
#include "stata_pydata/kernels.h"
#include "stata_pydata/missing.h"
#include "stata_pydata/stata_types.h"

static_assert(std::endian::native == std::endian::little,
              "cells are stored in the order of little-endian machines");

namespace stata_pydata::dta {
namespace {

struct Boolean {
  std::uint8_t byte;
};
struct Bit {};

template <typename...>
struct ElementList {};
/// In the order of ElementType.
using AllElements = ElementList<Boolean, Bit, std::int8_t, std::int16_t, std::int32_t,
                                std::int64_t, std::uint8_t, std::uint16_t, std::uint32_t,
                                std::uint64_t, Half, float, double>;

template <typename T>
T load(const std::byte* at) noexcept {
  T value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

template <typename T>
void store(std::byte* at, T value) noexcept {
  std::memcpy(at, &value, sizeof value);
}

/// The number that an element stands for.
template <typename In>
auto element(const Elements& from, std::int64_t i, std::int64_t stride) noexcept {
  if constexpr (std::is_same_v<In, Bit>) {
    const std::int64_t bit = from.offset + i;
    return static_cast<std::int8_t>(
        std::to_integer<int>(from.values[bit >> 3] >> (bit & 7)) & 1);
  } else {
    const In value = load<In>(from.values + i * stride);
    if constexpr (std::is_same_v<In, Boolean>)
      return static_cast<std::int8_t>(value.byte != 0);
    else if constexpr (std::is_same_v<In, Half>)
      return to_float(value);
    else
      return value;
  }
}
template <typename In>
using ElementOf = decltype(element<In>(Elements{}, 0, 0));

/// Bytes between elements that lie end to end.
template <typename In>
constexpr std::int64_t kPacked = std::is_same_v<In, Bit> ? 0 : sizeof(In);

template <typename Out>
constexpr Out kLowest = std::is_same_v<Out, std::int8_t>    ? Out(kByteMin)
                        : std::is_same_v<Out, std::int16_t> ? Out(kIntMin)
                        : std::is_same_v<Out, std::int32_t> ? Out(kLongMin)
                        : std::is_same_v<Out, float>        ? Out(kFloatMin)
                                                            : Out(kDoubleMin);
template <typename Out>
constexpr Out kHighest = std::is_same_v<Out, std::int8_t>    ? Out(kByteMax)
                         : std::is_same_v<Out, std::int16_t> ? Out(kIntMax)
                         : std::is_same_v<Out, std::int32_t> ? Out(kLongMax)
                         : std::is_same_v<Out, float>        ? Out(kFloatMax)
                                                             : Out(kDoubleMax);

/// Missing value `number` in the type of a cell.
template <typename Out>
Out missing_cell(int number) noexcept {
  if constexpr (std::is_same_v<Out, std::int8_t>)
    return static_cast<Out>(kByteDot + number);
  else if constexpr (std::is_same_v<Out, std::int16_t>)
    return static_cast<Out>(kIntDot + number);
  else if constexpr (std::is_same_v<Out, std::int32_t>)
    return static_cast<Out>(kLongDot + number);
  else if constexpr (std::is_same_v<Out, float>)
    return std::bit_cast<float>(
        static_cast<std::uint32_t>(missing_bits(Storage::float_, number)));
  else
    return std::bit_cast<double>(missing_bits(Storage::double_, number));
}

template <typename In>
int missing_of(In nan) noexcept {
  if constexpr (std::is_same_v<In, float>)
    return missing_of_nan(std::bit_cast<std::uint32_t>(nan));
  else
    return missing_of_nan(std::bit_cast<std::uint64_t>(nan));
}

/// Whether `value` lies within the range of the cell's type; false for a NaN.
template <typename Out, typename In>
bool in_range(In value) noexcept {
  if constexpr (std::is_floating_point_v<In>) {
    using Wide =
        std::conditional_t<std::is_same_v<In, float> && sizeof(Out) < 4, float, double>;
    return static_cast<Wide>(value) >= static_cast<Wide>(kLowest<Out>) &&
           static_cast<Wide>(value) <= static_cast<Wide>(kHighest<Out>);
  } else if constexpr (std::is_floating_point_v<Out>) {
    return true;
  } else if constexpr (std::is_signed_v<In>) {
    return value >= static_cast<std::int64_t>(kLowest<Out>) &&
           value <= static_cast<std::int64_t>(kHighest<Out>);
  } else {
    return value <= static_cast<std::uint64_t>(kHighest<Out>);
  }
}

template <typename Out, typename In>
Out cell_of(In value) noexcept {
  if (in_range<Out>(value)) [[likely]]
    return static_cast<Out>(value);
  if constexpr (std::is_floating_point_v<In>)
    if (value != value) return missing_cell<Out>(missing_of(value));
  return missing_cell<Out>(0);
}

}  // namespace
}  // namespace stata_pydata::dta
