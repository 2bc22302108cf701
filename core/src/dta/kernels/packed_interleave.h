// Columns to rows and back by tiles: as many cells of as many columns as fill a vector of
// 16 bytes are transposed in registers. See packed.h.
#pragma once

#include <emmintrin.h>

#include "dta/kernels/plain_interleave.h"

namespace stata_pydata::dta {
namespace {

template <int kWidth>
__m128i low_pairs(__m128i a, __m128i b) noexcept {
  if constexpr (kWidth == 1) return _mm_unpacklo_epi8(a, b);
  return _mm_unpacklo_epi16(a, b);
}

template <int kWidth>
__m128i high_pairs(__m128i a, __m128i b) noexcept {
  if constexpr (kWidth == 1) return _mm_unpackhi_epi8(a, b);
  return _mm_unpackhi_epi16(a, b);
}

/// Lines of a tile, and the bytes from one to the next.
struct TileLines {
  std::byte* first;
  std::int64_t stride;
};

/// Transposes a tile: cell j of line i becomes cell i of line j. Interleaving the first
/// half of the lines with the second, over and over, brings every cell to its place.
template <int kWidth>
void transpose_tile(const TileLines& from, const TileLines& to) noexcept {
  constexpr int lines = 16 / kWidth, half = lines / 2;
  __m128i tile[lines], next[lines];
  for (int i = 0; i < lines; ++i)
    tile[i] =
        _mm_loadu_si128(reinterpret_cast<const __m128i*>(from.first + i * from.stride));
  for (int stage = 1; stage < lines; stage *= 2) {
    for (int i = 0; i < half; ++i) {
      next[2 * i] = low_pairs<kWidth>(tile[i], tile[i + half]);
      next[2 * i + 1] = high_pairs<kWidth>(tile[i], tile[i + half]);
    }
    for (int i = 0; i < lines; ++i) tile[i] = next[i];
  }
  for (int i = 0; i < lines; ++i)
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to.first + i * to.stride), tile[i]);
}

/// Calls use(column, row) for every whole tile.
template <int kWidth, typename Use>
void for_tiles(std::int64_t columns, std::int64_t rows, const Use& use) noexcept {
  constexpr std::int64_t cells = 16 / kWidth;
  for (std::int64_t row = 0; row + cells <= rows; row += cells)
    for (std::int64_t column = 0; column + cells <= columns; column += cells)
      use(column, row);
}

template <int kWidth>
void interleave_tiles(const CellColumns& columns, std::int64_t rows, Cells to) noexcept {
  for_tiles<kWidth>(columns.count, rows, [&](std::int64_t column, std::int64_t row) {
    transpose_tile<kWidth>(
        {columns.first + column * columns.pitch + row * kWidth, columns.pitch},
        {to.first + row * to.stride + column * kWidth, to.stride});
  });
  interleave_rest<kWidth>(columns, rows, to, 16 / kWidth);
}

void deinterleave_tiles(Elements from, std::int64_t rows,
                        const CellColumns& columns) noexcept {
  auto* cells = const_cast<std::byte*>(from.values);  // which are only read
  for_tiles<1>(columns.count, rows, [&](std::int64_t column, std::int64_t row) {
    transpose_tile<1>({cells + row * from.stride + column, from.stride},
                      {columns.first + column * columns.pitch + row, columns.pitch});
  });
  deinterleave_rest(from, rows, columns, 16);
}

}  // namespace
}  // namespace stata_pydata::dta
