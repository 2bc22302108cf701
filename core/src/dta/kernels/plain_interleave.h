// Columns to rows and back, cell by cell. In an unnamed namespace for the reason that
// element.h gives.
#pragma once

#include <cstring>

#include "stata_pydata/kernels.h"

namespace stata_pydata::dta {
namespace {

/// What whole tiles of `tile` cells leave; all where `tile` is larger than either side.
template <int kWidth>
void interleave_rest(const CellColumns& columns, std::int64_t rows, Cells to,
                     std::int64_t tile) noexcept {
  const std::int64_t done_rows = rows / tile * tile;
  for (std::int64_t k = 0; k < columns.count; ++k) {
    const bool tiled = k < columns.count / tile * tile;
    const std::byte* column = columns.first + k * columns.pitch;
    for (std::int64_t i = tiled ? done_rows : 0; i < rows; ++i)
      std::memcpy(to.first + i * to.stride + k * kWidth, column + i * kWidth, kWidth);
  }
}

void deinterleave_rest(Elements from, std::int64_t rows, const CellColumns& columns,
                       std::int64_t tile) noexcept {
  const std::int64_t done_rows = rows / tile * tile;
  for (std::int64_t k = 0; k < columns.count; ++k) {
    const bool tiled = k < columns.count / tile * tile;
    std::byte* column = columns.first + k * columns.pitch;
    for (std::int64_t i = tiled ? done_rows : 0; i < rows; ++i)
      column[i] = from.values[i * from.stride + k];
  }
}

}  // namespace
}  // namespace stata_pydata::dta
