// The range of elements, run by run; see packed.h.
#pragma once

#include "dta/kernels/packed.h"

namespace stata_pydata::dta {
namespace {

template <typename Value>
struct Extremes {
  static constexpr Value kNoLow = std::is_floating_point_v<Value>
                                      ? std::numeric_limits<Value>::infinity()
                                      : std::numeric_limits<Value>::max();
  static constexpr Value kNoHigh = std::is_floating_point_v<Value>
                                       ? -std::numeric_limits<Value>::infinity()
                                       : std::numeric_limits<Value>::min();
  Value low = kNoLow, high = kNoHigh;

  void add(Value value) noexcept {  // a NaN fails both comparisons
    low = value < low ? value : low;
    high = value > high ? value : high;
  }

  void add_packed(const std::byte* values, std::int64_t count) noexcept {
    constexpr std::int64_t lanes = 128 / sizeof(Value);
    Value lows[lanes], highs[lanes];
    for (std::int64_t k = 0; k < lanes; ++k) lows[k] = low, highs[k] = high;
    std::int64_t i = 0;
    for (; i + lanes <= count; i += lanes)
      for (std::int64_t k = 0; k < lanes; ++k) {
        const auto value = load<Value>(values + (i + k) * std::int64_t{sizeof(Value)});
        lows[k] = value < lows[k] ? value : lows[k];
        highs[k] = value > highs[k] ? value : highs[k];
      }
    for (std::int64_t k = 0; k < lanes; ++k) {
      low = lows[k] < low ? lows[k] : low;
      high = highs[k] > high ? highs[k] : high;
    }
    for (; i < count; ++i) add(load<Value>(values + i * std::int64_t{sizeof(Value)}));
  }
};

template <typename Value>
NumberRange range_of(const Extremes<Value>& found) noexcept {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  NumberRange range = NumberRange::none();
  const auto clipped = [](Value value) {
    if constexpr (std::is_same_v<Value, std::uint64_t>)
      return static_cast<std::int64_t>(value < std::uint64_t{most} ? value : most);
    else
      return static_cast<std::int64_t>(value);
  };
  if constexpr (std::is_floating_point_v<Value>) {
    range.low = found.low, range.high = found.high;
  } else if (found.low <= found.high) {
    range.low_integer = clipped(found.low), range.high_integer = clipped(found.high);
  }
  return range;
}

/// Moves the elements that `skip` leaves to the front of `buffer`; returns their number.
template <typename Value>
std::int64_t squeezed(const std::byte* values, std::int64_t count, std::uint64_t skip,
                      Value* buffer) noexcept {
  std::int64_t kept = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    buffer[kept] = load<Value>(values + i * std::int64_t{sizeof(Value)});
    kept += static_cast<std::int64_t>(~skip >> i & 1);
  }
  return kept;
}

template <typename In>
NumberRange scan_numbers_packed(Elements from, std::int64_t count,
                                const std::uint64_t* skip) noexcept {
  using Value = ElementOf<In>;
  static_assert(kRun == 64, "a run is a word of skip");
  Extremes<Value> found;
  if (std::is_arithmetic_v<In> && !skip && from.stride == kPacked<In>) {
    found.add_packed(from.values, count);
    return range_of(found);
  }
  Value buffer[kRun], kept[kRun];
  for (std::int64_t begin = 0; begin < count; begin += kRun) {
    std::int64_t run = count - begin < kRun ? count - begin : kRun;
    const std::byte* values = packed_elements<In>(from, begin, run, buffer);
    const std::uint64_t left_out = skip ? skip[begin / kRun] : 0;
    if (left_out != 0) {
      run = squeezed(values, run, left_out, kept);
      values = reinterpret_cast<const std::byte*>(kept);
    }
    found.add_packed(values, run);
  }
  return range_of(found);
}

}  // namespace
}  // namespace stata_pydata::dta
