// The kernels for processors with AVX-512 (F, BW, DQ, VL): the loops of packed.h, and
// texts through loads and stores whose masks keep within the text and the cell.
#ifdef __AVX512BW__

#include <immintrin.h>

#include "dta/kernels/packed_table.h"
#include "dta/kernels/tables.h"

namespace stata_pydata::dta {
namespace {

constexpr std::int64_t kVector = 64;

/// The lowest `count` bits; none below 1, all from 64 on.
__mmask64 low_bits(std::int64_t count) noexcept {
  if (count >= kVector) return ~__mmask64{0};
  return count <= 0 ? 0 : (__mmask64{1} << count) - 1;
}

void write_texts(const TextSlice* texts, std::int64_t count, std::int64_t width,
                 Cells to) noexcept {
  std::byte* cell = to.first;
  for (std::int64_t i = 0; i < count; ++i, cell += to.stride) {
    const std::int64_t size = texts[i].size < width ? texts[i].size : width;
    for (std::int64_t at = 0; at < width; at += kVector) {
      const __mmask64 there = low_bits(size - at);
      const __m512i part =
          there ? _mm512_maskz_loadu_epi8(there, texts[i].data + at) : __m512i{};
      _mm512_mask_storeu_epi8(cell + at, low_bits(width - at), part);
    }
  }
}

bool measure_texts(Elements cells, std::int64_t count, std::int64_t width,
                   std::int64_t* sizes) noexcept {
  __mmask64 beyond_ascii = 0;
  const std::byte* cell = cells.values;
  for (std::int64_t i = 0; i < count; ++i, cell += cells.stride) {
    std::int64_t size = width;
    for (std::int64_t at = 0; at < width; at += kVector) {
      const __mmask64 inside = low_bits(width - at);
      const __m512i part = _mm512_maskz_loadu_epi8(inside, cell + at);
      const __mmask64 nuls = _mm512_mask_testn_epi8_mask(inside, part, part);
      const __mmask64 high = _mm512_movepi8_mask(part);
      if (nuls == 0) {
        beyond_ascii |= high;
        continue;
      }
      beyond_ascii |= high & (nuls - 1) & ~nuls;  // those before the first NUL
      size = at + __builtin_ctzll(nuls);
      break;
    }
    sizes[i] = size;
  }
  return beyond_ascii == 0;
}

void copy_texts(Elements cells, std::int64_t count, const std::int64_t* offsets,
                char* bytes) noexcept {
  const std::byte* cell = cells.values;
  for (std::int64_t i = 0; i < count; ++i, cell += cells.stride) {
    const std::int64_t size = offsets[i + 1] - offsets[i];
    for (std::int64_t at = 0; at < size; at += kVector) {
      const __mmask64 there = low_bits(size - at);
      _mm512_mask_storeu_epi8(bytes + offsets[i] + at, there,
                              _mm512_maskz_loadu_epi8(there, cell + at));
    }
  }
}

}  // namespace

const KernelTable kAvx512Kernels =
    packed_table("avx512", write_texts, measure_texts, copy_texts, AllElements{});

}  // namespace stata_pydata::dta

#endif
