// A walk through the bytes of an untrusted image. Nothing is read before it is known to
// be there; what is not as it should be becomes an Error (damaged) that names the
// section, the offset and what was expected. Every number is loaded once, so that bytes
// which change underneath can't get past a check. Borrows the bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "stata_pydata/dta_format.h"

namespace stata_pydata::dta {

/// The unsigned number in `bytes` (1 to 8) bytes.
std::uint64_t load_number(const std::byte* at, int bytes, ByteOrder order) noexcept;

class ImageBytes {
 public:
  explicit ImageBytes(std::span<const std::byte> image) noexcept : image_(image) {}

  void set_order(ByteOrder order) noexcept { order_ = order; }
  ByteOrder order() const noexcept { return order_; }
  /// The section that errors name from here on.
  void enter(std::string_view section) noexcept { section_ = section; }

  std::int64_t offset() const noexcept { return at_; }
  std::int64_t left() const noexcept { return size() - at_; }
  /// Goes to the offset of `what`. Throws where that is before here or outside.
  void advance_to(std::uint64_t offset, std::string_view what);

  std::string_view take(std::uint64_t bytes);
  void skip(std::uint64_t bytes) { take(bytes); }
  /// The text of a field up to its first NUL; junk may follow that.
  std::string_view field(std::uint64_t bytes);
  std::uint64_t number(int bytes);
  std::int32_t integer() { return static_cast<std::int32_t>(number(4)); }

  bool at(std::string_view tag) const noexcept;
  void expect(std::string_view tag);

  /// Throws: "damaged image: SECTION, at offset OFFSET: MESSAGE".
  [[noreturn]] void fail(std::int64_t offset, const std::string& message) const;
  [[noreturn]] void fail(const std::string& message) const { fail(at_, message); }

 private:
  std::int64_t size() const noexcept { return static_cast<std::int64_t>(image_.size()); }

  std::span<const std::byte> image_;
  std::int64_t at_ = 0;
  ByteOrder order_ = ByteOrder::little;
  std::string_view section_ = "header";
};

/// The part of a field before its first NUL.
std::string_view before_nul(std::string_view field) noexcept;

}  // namespace stata_pydata::dta
