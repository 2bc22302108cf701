// Elements to cells, run by run; see packed.h.
#pragma once

#include "dta/kernels/packed.h"

namespace stata_pydata::dta {
namespace {

/// A whole number of at most 31 bits as a floating-point number, towards zero.
template <typename Real>
constexpr Real towards_zero(std::int64_t whole) noexcept {
  if constexpr (sizeof(Real) == 8) return static_cast<Real>(whole);
  const std::int64_t size = whole < 0 ? -whole : whole;
  const std::int64_t kept = size >= 1 << 24 ? size & ~std::int64_t{0x7F} : size;
  return static_cast<Real>(whole < 0 ? -kept : kept);
}

/// The least and greatest In that lie within the range of cells of type Out: in_range()
/// as two comparisons in In's own type.
template <typename In, typename Out>
constexpr In least() noexcept {
  using Limits = std::numeric_limits<In>;
  if constexpr (std::is_floating_point_v<In> && std::is_integral_v<Out>)
    return towards_zero<In>(kLowest<Out>);
  else if constexpr (std::is_floating_point_v<In>)
    return sizeof(Out) < sizeof(In)   ? In(kLowest<Out>)
           : sizeof(Out) > sizeof(In) ? Limits::lowest()
                                      : In(kLowest<Out>);
  else if constexpr (std::is_floating_point_v<Out> || std::is_unsigned_v<In> ||
                     sizeof(In) < sizeof(Out))
    return Limits::min();
  else
    return In(kLowest<Out>);
}
template <typename In, typename Out>
constexpr In greatest() noexcept {
  using Limits = std::numeric_limits<In>;
  if constexpr (std::is_floating_point_v<In> && std::is_integral_v<Out>)
    return towards_zero<In>(kHighest<Out>);
  else if constexpr (std::is_floating_point_v<In>)
    return sizeof(Out) > sizeof(In) ? Limits::max() : In(kHighest<Out>);
  else if constexpr (std::is_floating_point_v<Out> || sizeof(In) < sizeof(Out))
    return Limits::max();
  else
    return In(kHighest<Out>);
}

template <typename In, typename Out>
bool all_in_range(const std::byte* values, std::int64_t count) noexcept {
  BitsOf<In> outside = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    const In value = load<In>(values + i * std::int64_t{sizeof(In)});
    outside |= static_cast<BitsOf<In>>(value < least<In, Out>()) |
               static_cast<BitsOf<In>>(value > greatest<In, Out>());
    if constexpr (std::is_floating_point_v<In>)
      outside |= static_cast<BitsOf<In>>(value != value);
  }
  return outside == 0;
}

/// missing_of_nan() without branches, for any bits: 0 where they are no tagged NaN.
template <typename Real>
BitsOf<Real> tag_of(Real value) noexcept {
  using Bits = BitsOf<Real>;
  constexpr int shift = sizeof(Real) == 8 ? kDoubleTagShift : 0;
  const Bits bits = std::bit_cast<Bits>(value);
  const Bits payload = bits >> shift & 0x3FFFFF, tag = payload & 31;
  const Bits spill = bits & ((Bits{1} << shift) - 1);
  const bool named = value != value && spill == 0 &&
                     payload >> kFloatTagBits == kNanMark && tag < kMissingValues;
  return named ? tag : Bits{0};
}

/// cell_of() without branches.
template <typename Out, typename In>
Out selected_cell(In value) noexcept {
  const bool inside = value >= least<In, Out>() && value <= greatest<In, Out>();
  if constexpr (std::is_floating_point_v<In>) {
    const Out missing = missing_cell<Out>(static_cast<int>(tag_of(value)));
    return inside ? static_cast<Out>(inside ? value : In{0}) : missing;
  } else {
    return inside ? static_cast<Out>(value) : missing_cell<Out>(0);
  }
}

template <typename In, typename Out>
void write_run(const std::byte* values, std::int64_t count, std::byte* cell,
               std::int64_t stride) noexcept {
  if (all_in_range<In, Out>(values, count)) [[likely]] {
    for (std::int64_t i = 0; i < count; ++i)
      store(cell + i * stride,
            static_cast<Out>(load<In>(values + i * std::int64_t{sizeof(In)})));
  } else {
    for (std::int64_t i = 0; i < count; ++i)
      store(cell + i * stride,
            selected_cell<Out>(load<In>(values + i * std::int64_t{sizeof(In)})));
  }
}

template <typename In, typename Out>
void write_numbers_packed(Elements from, Cells to, std::int64_t count) noexcept {
  using Value = ElementOf<In>;
  Value buffer[kRun];
  for (std::int64_t begin = 0; begin < count; begin += kRun) {
    const std::int64_t run = count - begin < kRun ? count - begin : kRun;
    const std::byte* values = packed_elements<In>(from, begin, run, buffer);
    std::byte* cell = to.first + begin * to.stride;
    if (to.stride == sizeof(Out))  // a stride that the compiler knows
      write_run<Value, Out>(values, run, cell, sizeof(Out));
    else
      write_run<Value, Out>(values, run, cell, to.stride);
  }
}

}  // namespace
}  // namespace stata_pydata::dta
