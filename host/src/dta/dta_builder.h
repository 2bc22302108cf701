// Puts together the small parts of a .dta file: integers, fields of fixed width, tags.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "base/text.h"

namespace adohost {

class DtaBuilder {
 public:
  std::size_t size() const { return bytes_.size(); }
  const std::string& bytes() const { return bytes_; }

  void add(std::string_view text) { bytes_ += text; }
  /// The low `width` bytes, in the byte order of this machine.
  void number(std::uint64_t value, std::size_t width) {
    const std::size_t at = bytes_.size();
    bytes_.resize(at + width);
    place(at, value, width);
  }
  /// Overwrites what stands at `at`.
  void place(std::size_t at, std::uint64_t value, std::size_t width) {
    static_assert(std::endian::native == std::endian::little);
    std::memcpy(bytes_.data() + at, &value, width);
  }
  /// `text` and zeros, with at least one of them.
  void field(std::string_view text, std::size_t width) {
    text = cut(text, width - 1);
    bytes_ += text;
    bytes_.append(width - text.size(), '\0');
  }
  void open(std::string_view tag) { bytes_.append("<").append(tag).append(">"); }
  void close(std::string_view tag) { bytes_.append("</").append(tag).append(">"); }

  /// The start of `text` that fits `bytes` and ends between two characters.
  static std::string_view cut(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes) return text;
    const auto continues = [&text](std::size_t i) { return (text[i] & 0xC0) == 0x80; };
    while (bytes > 0 && continues(bytes)) --bytes;
    return text.substr(0, bytes);
  }

 private:
  std::string bytes_;
};

}  // namespace adohost
