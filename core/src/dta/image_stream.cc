#include "dta/image_stream.h"

#include <algorithm>
#include <cstring>

namespace stata_pydata::dta {

ImageStream::ImageStream(const ImageTarget& target, std::int64_t offset)
    : target_(target),
      offset_(offset),
      limit_(kBuffer - offset % kBuffer),
      buffer_(std::make_unique_for_overwrite<char[]>(kBuffer)) {}

void ImageStream::flush() {
  target_.write(offset_, buffer_.get(), used_);
  offset_ += used_;
  limit_ = kBuffer - offset_ % kBuffer;
  used_ = 0;
}

bool ImageStream::make_room(std::int64_t bytes) {
  flush();
  if (bytes > limit_) limit_ = kBuffer;
  return bytes <= limit_;
}

void ImageStream::put(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto size = static_cast<std::int64_t>(bytes.size());
    if (used_ == 0 && size >= limit_) {
      target_.write(offset_, bytes.data(), size);
      offset_ += size;
      limit_ = kBuffer - offset_ % kBuffer;
      return;
    }
    const auto some = static_cast<std::size_t>(std::min(size, limit_ - used_));
    std::memcpy(buffer_.get() + used_, bytes.data(), some);
    used_ += static_cast<std::int64_t>(some);
    bytes.remove_prefix(some);
    if (used_ == limit_) flush();
  }
}

void ImageStream::put_zeros(std::int64_t count) {
  while (count > 0) {
    if (used_ == limit_) flush();
    const std::int64_t some = std::min(count, limit_ - used_);
    std::memset(buffer_.get() + used_, 0, static_cast<std::size_t>(some));
    used_ += some;
    count -= some;
  }
}

void ImageStream::put_number(std::uint64_t value, int bytes) {
  char little[8];
  for (int i = 0; i < bytes; ++i) little[i] = static_cast<char>(value >> (8 * i) & 0xFF);
  put({little, static_cast<std::size_t>(bytes)});
}

void ImageStream::put_field(std::string_view text, int bytes) {
  put(text);
  put_zeros(bytes - static_cast<std::int64_t>(text.size()));
}

}  // namespace stata_pydata::dta
