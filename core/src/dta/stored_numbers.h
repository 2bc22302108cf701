// Numbers of an image as input of another. Every cell is known to lie in its image.
#pragma once

#include <cstdint>

#include "stata_pydata/kernels.h"
#include "stata_pydata/stored_cells.h"

namespace stata_pydata::dta {

/// Bytes of a cell of a numeric type.
constexpr std::int64_t numeric_width(Storage storage) noexcept {
  constexpr std::int64_t widths[] = {1, 2, 4, 4, 8};
  return widths[static_cast<std::size_t>(storage)];
}

/// Reads rows [first, first + count) as doubles, missing values as tagged NaNs.
void read_stored(const StoredCells& cells, std::int64_t first, std::int64_t count,
                 const KernelTable& kernels, double* numbers) noexcept;

/// Copies rows [begin, end), little-endian.
void copy_stored(const StoredCells& cells, std::int64_t begin, std::int64_t end,
                 Cells to) noexcept;

}  // namespace stata_pydata::dta
