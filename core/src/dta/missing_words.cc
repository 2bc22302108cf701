#include "dta/missing_words.h"

#include <cstring>

namespace stata_pydata::dta {
namespace {

/// `count` (at most 64) bits of a bitmap from bit `at`, without a look beyond its last
/// byte.
std::uint64_t bits_at(const std::byte* bitmap, std::int64_t at,
                      std::int64_t count) noexcept {
  const std::byte* first = bitmap + (at >> 3);
  const std::int64_t shift = at & 7, bytes = (shift + count + 7) / 8;
  std::uint64_t word = 0;
  std::memcpy(&word, first, static_cast<std::size_t>(bytes < 8 ? bytes : 8));
  word >>= shift;
  if (bytes == 9) word |= std::to_integer<std::uint64_t>(first[8]) << (64 - shift);
  return word;
}

/// A bit for each of `count` (at most 64) bytes that is not zero.
std::uint64_t nonzero_bits(const std::byte* bytes, std::int64_t stride,
                           std::int64_t count) noexcept {
  std::uint64_t word = 0;
  for (std::int64_t i = 0; i < count; ++i)
    word |= std::uint64_t{bytes[i * stride] != std::byte{0}} << i;
  return word;
}

}  // namespace

bool missing_words(const Mask& mask, std::int64_t first, std::int64_t count,
                   std::uint64_t* words) noexcept {
  std::uint64_t any = 0;
  for (std::int64_t i = 0; i < count; i += 64) {
    const std::int64_t some = count - i < 64 ? count - i : 64;
    std::uint64_t word = 0;
    if (mask.kind == Mask::Kind::valid_bits)
      word = ~bits_at(mask.data, mask.offset + first + i, some);
    else if (mask.kind == Mask::Kind::bytes)
      word = nonzero_bits(mask.data + (first + i) * mask.stride, mask.stride, some);
    if (some < 64) word &= (std::uint64_t{1} << some) - 1;
    words[i / 64] = word;
    any |= word;
  }
  return any != 0;
}

}  // namespace stata_pydata::dta
