// The values of a plain Arrow array of numbers, one at a time. Borrows the array, which
// check_array() has looked at.
#pragma once

#include <cstddef>
#include <cstdint>

#include "arrow/arrow_type.h"
#include "stata_pydata/column.h"

namespace stata_pydata::dta {

/// Its elements from `first` on that are missing.
Mask mask_of(const ArrowArray& array, std::int64_t first) noexcept;

/// Its second buffer: numbers, offsets, views, fields or codes.
const std::byte* values_of(const ArrowArray& array) noexcept;

/// The integer of `type` that is number `index` at `values`.
std::int64_t integer_at(const std::byte* values, std::int64_t index,
                        const ArrowType& type) noexcept;

class ArrayValues {
 public:
  ArrayValues(const ArrowArray& array, const ArrowType& type) noexcept;

  /// The type of the elements that copy() makes: a byte for a bit, a double for a
  /// decimal.
  static ElementType element_type(const ArrowType& type) noexcept;

  std::int64_t count() const noexcept { return array_->length; }
  bool missing(std::int64_t index) const noexcept { return mask_.missing(index); }
  /// Writes value `index` as an element.
  void copy(std::int64_t index, std::byte* to) const noexcept;
  /// Bytes of an element.
  std::int64_t width() const noexcept { return width_; }
  /// REQUIRES: a decimal.
  double decimal(std::int64_t index) const noexcept;

 private:
  const ArrowArray* array_;
  const std::byte* values_;
  ArrowType::Kind kind_;
  bool bits_;
  int scale_;
  std::int64_t bytes_, width_;
  Mask mask_;
};

}  // namespace stata_pydata::dta
