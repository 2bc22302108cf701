#include "arrow/array_values.h"

#include <cstring>

#include "arrow/decimal.h"

namespace stata_pydata::dta {

Mask mask_of(const ArrowArray& array, std::int64_t first) noexcept {
  const auto* bits = static_cast<const std::byte*>(array.buffers[0]);
  if (!bits || array.null_count == 0) return {};
  return {.kind = Mask::Kind::valid_bits, .data = bits, .offset = array.offset + first};
}

const std::byte* values_of(const ArrowArray& array) noexcept {
  return static_cast<const std::byte*>(array.buffers[1]);
}

std::int64_t integer_at(const std::byte* values, std::int64_t index,
                        const ArrowType& type) noexcept {
  const std::byte* at = values + index * type.bytes;
  std::int64_t value = 0;
  std::memcpy(&value, at, static_cast<std::size_t>(type.bytes));
  if (type.element > ElementType::int64) return value;
  const int spare = 64 - 8 * static_cast<int>(type.bytes);
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(value) << spare) >> spare;
}

ElementType ArrayValues::element_type(const ArrowType& type) noexcept {
  if (type.kind == ArrowType::Kind::decimal) return ElementType::float64;
  return type.element == ElementType::bitmap ? ElementType::boolean : type.element;
}

ArrayValues::ArrayValues(const ArrowArray& array, const ArrowType& type) noexcept
    : array_(&array),
      values_(values_of(array)),
      kind_(type.kind),
      bits_(type.element == ElementType::bitmap),
      scale_(type.scale),
      bytes_(type.bytes),
      width_(type.kind == ArrowType::Kind::decimal ? 8
             : bits_                               ? 1
                                                   : type.bytes),
      mask_(mask_of(array, 0)) {}

double ArrayValues::decimal(std::int64_t index) const noexcept {
  return decimal_to_double(values_ + (array_->offset + index) * bytes_,
                           static_cast<int>(bytes_), scale_);
}

void ArrayValues::copy(std::int64_t index, std::byte* to) const noexcept {
  const std::int64_t at = array_->offset + index;
  if (kind_ == ArrowType::Kind::decimal) {
    const double value = decimal(index);
    std::memcpy(to, &value, sizeof value);
  } else if (bits_) {
    *to = values_[at >> 3] >> (at & 7) & std::byte{1};
  } else {
    std::memcpy(to, values_ + at * bytes_, static_cast<std::size_t>(bytes_));
  }
}

}  // namespace stata_pydata::dta
