#include "dta/strl_walk.h"

#include <cstring>

#include "stata_pydata/error.h"

namespace stata_pydata::dta {
namespace {

constexpr std::uint64_t low_bits(int bytes) noexcept {
  return (std::uint64_t{1} << (8 * bytes)) - 1;
}

bool is_kind(std::uint64_t kind) noexcept {
  return kind == kGsoBinary || kind == kGsoText;
}

}  // namespace

StrlWalk::StrlWalk(const ParsedImage& parsed) noexcept
    : parsed_(&parsed),
      image_(parsed.image.data()),
      at_(parsed.layout.first_strl),
      end_(parsed.strls_end),
      little_(parsed.schema.byte_order == ByteOrder::little),
      observation_bytes_(parsed.layout.widths.strl_observation) {}

std::uint64_t StrlWalk::number(std::int64_t at, int bytes) const noexcept {
  if (!little_) return load_number(image_ + at, bytes, ByteOrder::big);
  std::uint64_t value = 0;
  if (bytes == 8)
    std::memcpy(&value, image_ + at, 8);
  else
    std::memcpy(&value, image_ + at, 4);
  return value;
}

Strl StrlWalk::next() {
  const int header = gso_header_bytes(parsed_->layout.widths);
  const std::int64_t at = at_;
  if (end_ - at < header || std::memcmp(image_ + at, kGso.data(), kGso.size()) != 0)
    fail();
  Strl strl;
  strl.variable = number(at + 3, 4);
  strl.observation = number(at + 7, observation_bytes_);
  const auto kind = std::to_integer<std::uint64_t>(image_[at + header - 5]);
  const std::uint64_t size = number(at + header - 4, 4);
  if (!is_kind(kind) || size > static_cast<std::uint64_t>(end_ - at - header)) fail();
  strl.text.binary = kind == kGsoBinary;
  strl.text.bytes = {reinterpret_cast<const char*>(image_) + at + header, size};
  if (!strl.text.binary) {
    strl.closed = strl.text.bytes.ends_with('\0');
    if (strl.closed) strl.text.bytes.remove_suffix(1);
  }
  at_ = at + header + static_cast<std::int64_t>(size);
  return strl;
}

/// Says what is wrong with the strL here.
void StrlWalk::fail() const {
  ImageBytes in(parsed_->image.first(static_cast<std::size_t>(end_)));
  in.set_order(parsed_->schema.byte_order);
  in.enter("strLs");
  in.advance_to(static_cast<std::uint64_t>(at_), "a strL");
  in.expect(kGso);
  in.skip(4 + static_cast<std::uint64_t>(observation_bytes_));
  const std::uint64_t kind = in.number(1);
  if (!is_kind(kind))
    in.fail(in.offset() - 1, "found a strL of kind " + std::to_string(kind) +
                                 ", expected 129 (binary) or 130 (text)");
  in.skip(in.number(4));
  in.fail("the strL changed while it was read");
}

std::uint64_t strl_key(const ReleaseWidths& widths, ByteOrder order,
                       const std::byte* cell) noexcept {
  if (order == ByteOrder::little) {
    std::uint64_t stored;
    std::memcpy(&stored, cell, sizeof stored);
    return stored;
  }
  // Big-endian v comes first, in the number's high bytes.
  const int v = widths.strl_variable, o = 8 - v;
  const std::uint64_t stored = load_number(cell, 8, order);
  return (stored & low_bits(o)) << (8 * v) | stored >> (8 * o);
}

std::uint64_t owner_key(const ReleaseWidths& widths, const Strl& strl) noexcept {
  const int v = widths.strl_variable;
  const bool fits = strl.variable <= low_bits(v) && strl.observation <= low_bits(8 - v);
  return fits ? strl.observation << (8 * v) | strl.variable : 0;
}

}  // namespace stata_pydata::dta
