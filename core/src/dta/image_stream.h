// Writes one stretch of an image from front to back through a small buffer. finish() must
// be called; what was put since is lost otherwise.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "dta/image_target.h"

namespace stata_pydata::dta {

class ImageStream {
 public:
  ImageStream(const ImageTarget& target, std::int64_t offset);

  void put(std::string_view bytes);
  /// Room for the next `bytes` bytes, all of which the caller writes before the next
  /// call; null where they are more than the buffer holds.
  char* next(std::int64_t bytes) {
    if (bytes > limit_ - used_ && !make_room(bytes)) return nullptr;
    used_ += bytes;
    return buffer_.get() + used_ - bytes;
  }
  void put_zeros(std::int64_t count);
  /// The low `bytes` bytes of a number, little-endian.
  void put_number(std::uint64_t value, int bytes);
  /// A text in a field of `bytes` bytes, the rest zero. REQUIRES: it fits.
  void put_field(std::string_view text, int bytes);

  /// Where the next byte goes in the image.
  std::int64_t offset() const noexcept { return offset_ + used_; }
  void finish() { flush(); }

 private:
  void flush();
  bool make_room(std::int64_t bytes);

  static constexpr std::int64_t kBuffer = 1 << 16;
  const ImageTarget& target_;
  std::int64_t offset_, used_ = 0;
  std::int64_t limit_;  // of the buffer, so that it ends where a page does
  std::unique_ptr<char[]> buffer_;
};

}  // namespace stata_pydata::dta
