// What the words of a segment hold: the kind of number (a segment of type code 2 may hold
// either, see scan_segment), the range of its values and whether any is missing. One
// pass, on several threads; the caller owns the bytes.
#pragma once

#include <cstddef>
#include <cstdint>

#include "stata_pydata/info_file.h"

namespace stata_pydata {

enum class ValueKind { integers, doubles };

struct SegmentScan {
  ValueKind kind = ValueKind::integers;
  std::int64_t present = 0;  // values that are not missing (NaN); all, for integers
  /// Over the values of an integers segment; 0 where it has none.
  std::int64_t min_integer = 0, max_integer = 0;
  /// Over the values of a doubles segment that are not NaN; 0 where it has none.
  double min_double = 0, max_double = 0;
  bool any_missing = false;   // a NaN among doubles
  bool all_integral = false;  // doubles: every value that is not NaN is a whole number
  bool all_float =
      false;  // doubles: every value that is not NaN is one of Stata's floats
  /// Index of the first double that Stata can't hold (an infinity, or beyond kDoubleMax);
  /// -1 where there is none.
  std::int64_t first_outside = -1;
};

/// Bytes of a segment of `elements` elements: a segment can't be empty.
inline std::size_t segment_bytes(std::int64_t elements) noexcept {
  return static_cast<std::size_t>(elements > 0 ? elements : 1) * 8;
}

/// Scans `elements` words at `data` (8-aligned, at least elements * 8 bytes). Type int_
/// holds C longs and float_ C doubles. long_ holds C longs as the protocol says, but the
/// original program under Python 2 wrote C doubles: it is taken as doubles when it has a
/// non-zero word and every non-zero word, read as a double, is a whole number of
/// magnitude 1 or more. As longs such words would all be beyond 4.6e18.
SegmentScan scan_segment(const std::byte* data, std::int64_t elements, SegmentType type,
                         int threads);

/// The rule for type long_ alone.
bool holds_doubles(const std::byte* data, std::int64_t elements, int threads);

}  // namespace stata_pydata
