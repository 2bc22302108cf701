// Cells to numbers, run by run; see packed.h.
#pragma once

#include "dta/kernels/cell.h"
#include "dta/kernels/packed.h"

namespace stata_pydata::dta {
namespace {

template <typename Cell>
bool all_present(const std::byte* cells, std::int64_t count) noexcept {
  BitsOf<Cell> missing = 0;
  for (std::int64_t i = 0; i < count; ++i)
    missing |= static_cast<BitsOf<Cell>>(
        !(load<Cell>(cells + i * std::int64_t{sizeof(Cell)}) <= kHighest<Cell>));
  return missing == 0;
}

/// missing_of_cell() without branches, for any cell: of a value the result means nothing.
template <typename Cell>
BitsOf<Cell> number_of_missing(Cell cell) noexcept {
  using Bits = BitsOf<Cell>;
  if constexpr (std::is_integral_v<Cell>) {
    return static_cast<Bits>(static_cast<Bits>(cell) - static_cast<Bits>(kHighest<Cell>) -
                             1);
  } else {
    constexpr Bits dot = sizeof(Cell) == 4 ? kFloatDotBits : Bits(kDoubleDotBits);
    constexpr Bits step =
        sizeof(Cell) == 4 ? kFloatMissingStep : Bits(kDoubleMissingStep);
    const Bits above = std::bit_cast<Bits>(cell) - dot, number = above / step;
    return above % step == 0 && number < kMissingValues ? number : Bits{0};
  }
}

/// Numbers of a run of cells, which lie end to end. `to` may be where they are if the
/// form is the cell's own type.
template <typename Cell, typename Form>
void read_run(const std::byte* cells, std::int64_t count, std::byte* to,
              std::int64_t stride, std::uint8_t* missing) noexcept {
  if (all_present<Cell>(cells, count)) [[likely]] {
    if (!std::is_same_v<Cell, Form> || to != cells)
      for (std::int64_t i = 0; i < count; ++i)
        store(to + i * stride,
              static_cast<Form>(load<Cell>(cells + i * std::int64_t{sizeof(Cell)})));
    if (missing) std::memset(missing, 0, static_cast<std::size_t>(count));
    return;
  }
  for (std::int64_t i = 0; i < count; ++i) {
    const auto cell = load<Cell>(cells + i * std::int64_t{sizeof(Cell)});
    const bool present = cell <= kHighest<Cell>;
    const auto number = number_of_missing(cell);
    const auto replaced = missing_as<Form>(static_cast<int>(number));
    store(to + i * stride, present ? static_cast<Form>(cell) : replaced);
    if (missing) missing[i] = present ? 0 : static_cast<std::uint8_t>(1 + number);
  }
}

// Cells that are brought end to end in one go: what is loaded as a vector must have left
// the processor's store buffer, where cells stored one by one can't be put together.
constexpr std::int64_t kStagedCells = 1024;

template <typename Cell>
void stage_cells(const Elements& from, std::int64_t begin, std::int64_t count,
                 std::byte* staged) noexcept {
  const std::byte* cell = from.values + begin * from.stride;
  for (std::int64_t i = 0; i < count; ++i)
    store(staged + i * std::int64_t{sizeof(Cell)}, load<Cell>(cell + i * from.stride));
}

/// Like read_run, for any number of cells.
template <typename Cell, typename Form>
void read_runs(const std::byte* cells, std::int64_t count, std::byte* to,
               std::int64_t stride, std::uint8_t* missing) noexcept {
  for (std::int64_t i = 0; i < count; i += kRun)
    read_run<Cell, Form>(cells + i * std::int64_t{sizeof(Cell)},
                         count - i < kRun ? count - i : kRun, to + i * stride, stride,
                         missing ? missing + i : nullptr);
}

template <typename Cell, typename Form>
void read_numbers_packed(Elements from, Cells to, std::uint8_t* missing,
                         std::int64_t count) noexcept {
  Cell buffer[kStagedCells];
  const bool packed = to.stride == sizeof(Form);
  for (std::int64_t begin = 0; begin < count; begin += kStagedCells) {
    const std::int64_t some = count - begin < kStagedCells ? count - begin : kStagedCells;
    std::byte* numbers = to.first + begin * to.stride;
    std::byte* staged = reinterpret_cast<std::byte*>(buffer);
    if (std::is_same_v<Cell, Form> && packed) staged = numbers;
    stage_cells<Cell>(from, begin, some, staged);
    std::uint8_t* flags = missing ? missing + begin : nullptr;
    if (packed)  // a stride that the compiler knows
      read_runs<Cell, Form>(staged, some, numbers, sizeof(Form), flags);
    else
      read_runs<Cell, Form>(staged, some, numbers, to.stride, flags);
  }
}

}  // namespace
}  // namespace stata_pydata::dta
