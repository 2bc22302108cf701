#include "dta/image_bytes.h"

#include <algorithm>

#include "stata_pydata/error.h"

namespace stata_pydata::dta {
namespace {

/// Bytes as they can be shown in a sentence.
std::string shown(std::string_view bytes) {
  std::string text(bytes);
  for (char& c : text)
    if (c < ' ' || c > '~') c = '?';
  return "'" + text + "'";
}

}  // namespace

std::uint64_t load_number(const std::byte* at, int bytes, ByteOrder order) noexcept {
  std::uint64_t value = 0;
  for (int i = 0; i < bytes; ++i) {
    const int place = order == ByteOrder::little ? i : bytes - 1 - i;
    value |= std::to_integer<std::uint64_t>(at[i]) << (8 * place);
  }
  return value;
}

std::string_view before_nul(std::string_view field) noexcept {
  return field.substr(0, field.find('\0'));
}

void ImageBytes::advance_to(std::uint64_t offset, std::string_view what) {
  if (offset < static_cast<std::uint64_t>(at_) ||
      offset > static_cast<std::uint64_t>(size()))
    fail("expected " + std::string(what) + " between here and " + std::to_string(size()) +
         ", not at " + std::to_string(offset));
  at_ = static_cast<std::int64_t>(offset);
}

std::string_view ImageBytes::take(std::uint64_t bytes) {
  if (bytes > static_cast<std::uint64_t>(left()))
    fail("expected " + std::to_string(bytes) + " bytes, the image ends after " +
         std::to_string(left()));
  const auto* begin = reinterpret_cast<const char*>(image_.data()) + at_;
  at_ += static_cast<std::int64_t>(bytes);
  return {begin, static_cast<std::size_t>(bytes)};
}

std::string_view ImageBytes::field(std::uint64_t bytes) {
  return before_nul(take(bytes));
}

std::uint64_t ImageBytes::number(int bytes) {
  const std::string_view taken = take(static_cast<std::uint64_t>(bytes));
  return load_number(reinterpret_cast<const std::byte*>(taken.data()), bytes, order_);
}

bool ImageBytes::at(std::string_view tag) const noexcept {
  const auto* here = reinterpret_cast<const char*>(image_.data()) + at_;
  return static_cast<std::size_t>(left()) >= tag.size() &&
         std::string_view(here, tag.size()) == tag;
}

void ImageBytes::expect(std::string_view tag) {
  if (!at(tag)) {
    ImageBytes rest = *this;
    const auto found = rest.take(
        std::min<std::uint64_t>(static_cast<std::uint64_t>(left()), tag.size()));
    fail("expected " + std::string(tag) + ", found " +
         (found.size() < tag.size() ? "the image's end" : shown(found)));
  }
  at_ += static_cast<std::int64_t>(tag.size());
}

void ImageBytes::fail(std::int64_t offset, const std::string& message) const {
  throw Error(Fault::damaged, "damaged image: " + std::string(section_) + ", at offset " +
                                  std::to_string(offset) + ": " + message);
}

}  // namespace stata_pydata::dta
