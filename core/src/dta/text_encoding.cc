#include "stata_pydata/text_encoding.h"

#include <bit>
#include <cstring>

namespace stata_pydata::dta {
namespace {

constexpr std::uint64_t kHighBits = 0x8080808080808080u;

// Windows-1252 from 0x80 to 0x9F; the rest is that of Latin-1.
constexpr char16_t kWindows1252[] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
    0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

char16_t character_of(unsigned char byte) noexcept {
  return byte >= 0x80 && byte < 0xA0 ? kWindows1252[byte - 0x80] : byte;
}

/// Bytes of the well-formed sequence at the front of `text`; 0 where there is none.
std::size_t sequence_bytes(std::string_view text) noexcept {
  const auto at = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  const auto continues = [&](std::size_t i) { return (at(i) & 0xC0u) == 0x80u; };
  const unsigned lead = at(0), second = at(1);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4 || !continues(1)) return 0;
  if (lead < 0xE0) return 2;
  if (!continues(2)) return 0;
  if (lead < 0xF0) {
    const bool overlong = lead == 0xE0 && second < 0xA0;
    const bool surrogate = lead == 0xED && second > 0x9F;
    return overlong || surrogate ? 0 : 3;
  }
  const bool outside = (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F);
  return outside || !continues(3) ? 0 : 4;
}

bool stays(std::string_view stored, bool utf8) noexcept {
  return is_ascii(stored) || (utf8 && is_utf8(stored));
}

}  // namespace

bool is_ascii(std::string_view text) noexcept {
  std::uint64_t bits = 0;
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + at, 8);
    bits |= word;
  }
  for (; at < text.size(); ++at) bits |= static_cast<unsigned char>(text[at]);
  return (bits & kHighBits) == 0;
}

bool is_utf8(std::string_view text) noexcept {
  static_assert(std::endian::native == std::endian::little);
  while (!text.empty()) {
    if (text.size() >= 8) {  // ASCII characters, up to 8 at once
      std::uint64_t word;
      std::memcpy(&word, text.data(), 8);
      const int ascii = std::countr_zero(word & kHighBits) / 8;
      text.remove_prefix(static_cast<std::size_t>(ascii));
      if (ascii == 8) continue;
    }
    const std::size_t bytes = sequence_bytes(text);
    if (bytes == 0) return false;
    text.remove_prefix(bytes);
  }
  return true;
}

std::int64_t utf8_bytes(std::string_view stored, bool utf8) noexcept {
  if (stays(stored, utf8)) return static_cast<std::int64_t>(stored.size());
  std::int64_t bytes = 0;
  for (const char c : stored) {
    const char16_t character = character_of(static_cast<unsigned char>(c));
    bytes += character < 0x80 ? 1 : character < 0x800 ? 2 : 3;
  }
  return bytes;
}

char* write_utf8(std::string_view stored, bool utf8, char* to) noexcept {
  if (stays(stored, utf8)) {
    if (!stored.empty()) std::memcpy(to, stored.data(), stored.size());
    return to + stored.size();
  }
  for (const char c : stored) {
    const unsigned character = character_of(static_cast<unsigned char>(c));
    if (character < 0x80) {
      *to++ = c;
      continue;
    }
    if (character < 0x800) {
      *to++ = static_cast<char>(0xC0 | character >> 6);
    } else {
      *to++ = static_cast<char>(0xE0 | character >> 12);
      *to++ = static_cast<char>(0x80 | (character >> 6 & 0x3F));
    }
    *to++ = static_cast<char>(0x80 | (character & 0x3F));
  }
  return to;
}

std::string as_utf8(std::string_view stored, bool utf8) {
  if (stays(stored, utf8)) return std::string(stored);
  std::string text(static_cast<std::size_t>(utf8_bytes(stored, utf8)), '\0');
  write_utf8(stored, utf8, text.data());
  return text;
}

}  // namespace stata_pydata::dta
