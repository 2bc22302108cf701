// The kernels for processors with AVX-512 (F, BW, DQ, VL): the loops of packed.h, and
// texts through loads and stores whose masks keep within the text and the cell.
#ifdef __AVX512BW__

#include <immintrin.h>

#include "dta/kernels/packed_table.h"
#include "dta/kernels/tables.h"
#include "stata_pydata/text_encoding.h"

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

/// Bytes of `part`, among those of `which`, from `first` to `last`.
__mmask64 between(__mmask64 which, __m512i part, int first, int last) noexcept {
  const __m512i from = _mm512_sub_epi8(part, _mm512_set1_epi8(static_cast<char>(first)));
  const auto range = static_cast<char>(last - first);
  return _mm512_mask_cmple_epu8_mask(which, from, _mm512_set1_epi8(range));
}

/// Whether the bytes of a text at `high`, all of those that aren't ASCII, are well-formed
/// UTF-8: each lead is followed by as many continuations as it says, and there are no
/// others. False, too, where only a closer look tells: at sequences that leave the vector
/// and at the leads that don't go with every continuation.
bool surely_utf8(__m512i part, __mmask64 high) noexcept {
  const __mmask64 follow = between(high, part, 0x80, 0xBF);
  const __mmask64 two = between(high, part, 0xC2, 0xDF);
  const __mmask64 three =
      between(high, part, 0xE1, 0xEF) & ~between(high, part, 0xED, 0xED);
  const __mmask64 four = between(high, part, 0xF1, 0xF3);
  const __mmask64 cut = (two | three | four) >> 63 | (three | four) >> 62 | four >> 61;
  const __mmask64 wanted = (two | three | four) << 1 | (three | four) << 2 | four << 3;
  return cut == 0 && (follow | two | three | four) == high && wanted == follow;
}

TextBytes measure_texts(Elements cells, std::int64_t count, std::int64_t width,
                        std::int64_t* sizes) noexcept {
  TextBytes bytes = TextBytes::ascii;
  const std::byte* cell = cells.values;
  for (std::int64_t i = 0; i < count; ++i, cell += cells.stride) {
    std::int64_t size = width;
    bool doubtful = false;
    for (std::int64_t at = 0; at < width; at += kVector) {
      const __mmask64 inside = low_bits(width - at);
      const __m512i part = _mm512_maskz_loadu_epi8(inside, cell + at);
      const __mmask64 nuls = _mm512_mask_testn_epi8_mask(inside, part, part);
      const __mmask64 before = nuls == 0 ? ~__mmask64{0} : (nuls - 1) & ~nuls;
      const __mmask64 high = _mm512_movepi8_mask(part) & before;
      // Where some are not ASCII all are looked at: nobody foresees which ones are.
      if (bytes == TextBytes::utf8 || (bytes == TextBytes::ascii && high != 0)) {
        bytes = TextBytes::utf8;
        doubtful |= !surely_utf8(part, high);
      }
      if (nuls == 0) continue;
      size = at + __builtin_ctzll(nuls);
      break;
    }
    sizes[i] = size;
    if (doubtful &&
        !is_utf8({reinterpret_cast<const char*>(cell), static_cast<std::size_t>(size)}))
      bytes = TextBytes::other;
  }
  return bytes;
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
