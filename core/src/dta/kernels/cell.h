// How a kernel reads a cell and what becomes of its number in the caller's memory. In an
// unnamed namespace for the reason that element.h gives.
#pragma once

#include "dta/kernels/element.h"

namespace stata_pydata::dta {
namespace {

/// The number of the missing value in a cell. REQUIRES: the cell is no value.
template <typename Cell>
int missing_of_cell(Cell cell) noexcept {
  if constexpr (std::is_integral_v<Cell>) {
    return cell - kHighest<Cell> - 1;
  } else {
    using Bits = std::conditional_t<sizeof(Cell) == 4, std::uint32_t, std::uint64_t>;
    constexpr Bits dot = sizeof(Cell) == 4 ? kFloatDotBits : Bits(kDoubleDotBits);
    constexpr Bits step =
        sizeof(Cell) == 4 ? kFloatMissingStep : Bits(kDoubleMissingStep);
    const Bits above = std::bit_cast<Bits>(cell) - dot;
    const bool named = above % step == 0 && above / step < kMissingValues;
    return named ? static_cast<int>(above / step) : 0;
  }
}

template <typename Form>
Form missing_as(int number) noexcept {
  if constexpr (std::is_same_v<Form, float>)
    return float_nan(number);
  else if constexpr (std::is_same_v<Form, double>)
    return double_nan(number);
  else
    return Form{0};
}

/// Whether every value of the cell's type has its like in the form.
template <typename Cell, typename Form>
constexpr bool kHolds = std::is_floating_point_v<Cell> == std::is_floating_point_v<Form>
                            ? sizeof(Form) >= sizeof(Cell)
                            : std::is_integral_v<Cell> && sizeof(Form) > sizeof(Cell);

template <typename Cell, typename Form>
void read_strided(Elements from, std::int64_t stride, Cells to, std::int64_t to_stride,
                  std::uint8_t* missing, std::int64_t count) noexcept {
  for (std::int64_t i = 0; i < count; ++i) {
    const Cell cell = load<Cell>(from.values + i * stride);
    if (cell <= kHighest<Cell>) [[likely]] {  // false for a NaN
      store(to.first + i * to_stride, static_cast<Form>(cell));
      if (missing) missing[i] = 0;
    } else {
      const int number = missing_of_cell(cell);
      store(to.first + i * to_stride, missing_as<Form>(number));
      if (missing) missing[i] = static_cast<std::uint8_t>(1 + number);
    }
  }
}

template <typename Cell, typename Form>
void read_numbers(Elements from, Cells to, std::uint8_t* missing,
                  std::int64_t count) noexcept {
  if (to.stride == sizeof(Form))  // a stride that the compiler knows
    read_strided<Cell, Form>(from, from.stride, to, sizeof(Form), missing, count);
  else
    read_strided<Cell, Form>(from, from.stride, to, to.stride, missing, count);
}

template <typename Cell, typename Form>
constexpr ReadNumbers read_kernel() noexcept {
  if constexpr (kHolds<Cell, Form>)
    return read_numbers<Cell, Form>;
  else
    return nullptr;
}

template <typename Cell>
constexpr std::array<ReadNumbers, kNumberForms> kReadRow = {
    read_kernel<Cell, std::int8_t>(),  read_kernel<Cell, std::int16_t>(),
    read_kernel<Cell, std::int32_t>(), read_kernel<Cell, std::int64_t>(),
    read_kernel<Cell, float>(),        read_kernel<Cell, double>()};

constexpr ReadTable kReadTable = {kReadRow<std::int8_t>, kReadRow<std::int16_t>,
                                  kReadRow<std::int32_t>, kReadRow<float>,
                                  kReadRow<double>};

}  // namespace
}  // namespace stata_pydata::dta
