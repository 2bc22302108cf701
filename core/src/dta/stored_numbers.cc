#include "dta/stored_numbers.h"

#include <algorithm>
#include <cstring>

namespace stata_pydata::dta {
namespace {

template <std::size_t kWidth>
void copy_cells(const StoredCells& cells, std::int64_t begin, std::int64_t end,
                Cells to) noexcept {
  const std::byte* from = cells.first + begin * cells.stride;
  std::byte* cell = to.first;
  for (; begin < end; ++begin, from += cells.stride, cell += to.stride)
    if (cells.byte_order == ByteOrder::little)
      std::memcpy(cell, from, kWidth);
    else
      std::reverse_copy(from, from + kWidth, cell);
}

}  // namespace

void copy_stored(const StoredCells& cells, std::int64_t begin, std::int64_t end,
                 Cells to) noexcept {
  switch (cells.type.width) {
    case 1:
      return copy_cells<1>(cells, begin, end, to);
    case 2:
      return copy_cells<2>(cells, begin, end, to);
    case 4:
      return copy_cells<4>(cells, begin, end, to);
    default:
      return copy_cells<8>(cells, begin, end, to);
  }
}

void read_stored(const StoredCells& cells, std::int64_t first, std::int64_t count,
                 const KernelTable& kernels, double* numbers) noexcept {
  constexpr std::int64_t most = 512;
  const auto storage = static_cast<std::size_t>(cells.type.storage);
  const ReadNumbers read =
      kernels.read_numbers[storage][static_cast<std::size_t>(NumberForm::float64)];
  for (std::int64_t i = 0; i < count; i += most) {
    std::byte ordered[most * 8];
    const std::int64_t some = std::min(most, count - i), row = first + i;
    Elements from{cells.first + row * cells.stride, cells.stride, 0};
    if (cells.byte_order == ByteOrder::big) {
      from = {ordered, cells.type.width, 0};
      copy_stored(cells, row, row + some, {ordered, cells.type.width});
    }
    read(from, {reinterpret_cast<std::byte*>(numbers + i), sizeof(double)}, nullptr,
         some);
  }
}

}  // namespace stata_pydata::dta
