#include "expr/unicode.h"

#include "base/text.h"

namespace adohost {

namespace {

/// Latin Extended-A and Cyrillic pairs stand side by side, upper first; in two runs of
/// Latin the upper one is odd.
bool in_pairs(std::uint32_t c, bool* upper_is_odd) {
  *upper_is_odd = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e);
  if (*upper_is_odd) return true;
  return (c >= 0x100 && c <= 0x137 && c != 0x130 && c != 0x131) ||
         (c >= 0x14a && c <= 0x177) || (c >= 0x460 && c <= 0x481) ||
         (c >= 0x48a && c <= 0x4bf) || (c >= 0x4d0 && c <= 0x52f);
}

std::uint32_t lower_of(std::uint32_t c) {
  if (c >= 'A' && c <= 'Z') return c + 32;
  if (c >= 0xc0 && c <= 0xde && c != 0xd7) return c + 32;
  if (c >= 0x391 && c <= 0x3a9 && c != 0x3a2) return c + 32;
  if (c >= 0x410 && c <= 0x42f) return c + 32;
  if (c >= 0x400 && c <= 0x40f) return c + 80;
  if (c == 0x178) return 0xff;
  bool upper_is_odd = false;
  if (in_pairs(c, &upper_is_odd) && (c % 2 == 1) == upper_is_odd) return c + 1;
  return c;
}

std::uint32_t upper_of(std::uint32_t c) {
  if (c >= 'a' && c <= 'z') return c - 32;
  if (c >= 0xe0 && c <= 0xfe && c != 0xf7) return c - 32;
  if (c >= 0x3b1 && c <= 0x3c9 && c != 0x3c2) return c - 32;
  if (c == 0x3c2) return 0x3a3;
  if (c >= 0x430 && c <= 0x44f) return c - 32;
  if (c >= 0x450 && c <= 0x45f) return c - 80;
  if (c == 0xff) return 0x178;
  bool upper_is_odd = false;
  if (in_pairs(c, &upper_is_odd) && (c % 2 == 0) == upper_is_odd) return c - 1;
  return c;
}

std::string mapped(std::string_view s, std::uint32_t (*f)(std::uint32_t)) {
  std::string out;
  while (!s.empty()) {
    const std::string_view whole = s;
    const std::uint32_t c = take_code_point(&s);
    const std::string_view bytes = whole.substr(0, whole.size() - s.size());
    const std::uint32_t other = bytes.size() == 1 && c >= 0x80 ? c : f(c);
    out += other == c ? std::string(bytes) : encode_utf8(other);
  }
  return out;
}

}  // namespace

std::string encode_utf8(std::uint32_t c) {
  const auto tail = [c](int shift) {
    return static_cast<char>(0x80 | ((c >> shift) & 0x3f));
  };
  if (c < 0x80) return {static_cast<char>(c)};
  if (c < 0x800) return {static_cast<char>(0xc0 | (c >> 6)), tail(0)};
  if (c < 0x10000) return {static_cast<char>(0xe0 | (c >> 12)), tail(6), tail(0)};
  return {static_cast<char>(0xf0 | (c >> 18)), tail(12), tail(6), tail(0)};
}

std::uint32_t take_code_point(std::string_view* s) {
  const std::string_view bytes = utf8_prefix(*s, 1);
  s->remove_prefix(bytes.size());
  const auto lead = static_cast<unsigned char>(bytes[0]);
  if (bytes.size() == 1) return lead;
  std::uint32_t c = lead & (0xff >> (bytes.size() + 1));
  for (std::size_t i = 1; i < bytes.size(); ++i) {
    c = (c << 6) | (static_cast<unsigned char>(bytes[i]) & 0x3f);
  }
  return c;
}

std::string unicode_upper(std::string_view s) {
  return mapped(s, upper_of);
}
std::string unicode_lower(std::string_view s) {
  return mapped(s, lower_of);
}

}  // namespace adohost
