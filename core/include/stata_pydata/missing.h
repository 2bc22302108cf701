// Missing values as Stata stores them in each type, and as NaNs outside Stata. A missing
// value is known by its number: 0 for `.`, 1 to 26 for `.a` to `.z`.
//
// Outside, `.` is a plain NaN and `.a` ... `.z` are NaNs with a tag in the payload's high
// bits, so that it survives a cast between float and double (of IEEE hardware).
#pragma once

#include <bit>
#include <cstdint>

#include "stata_pydata/dta_format.h"

namespace stata_pydata::dta {

inline constexpr int kMissingValues = 27;

// `.` of each type, and the step to the next missing value.
inline constexpr std::int8_t kByteDot = 101;
inline constexpr std::int16_t kIntDot = 32741;
inline constexpr std::int32_t kLongDot = 2147483621;
inline constexpr std::uint32_t kFloatDotBits = 0x7F000000, kFloatMissingStep = 0x800;
inline constexpr std::uint64_t kDoubleDotBits = 0x7FE0000000000000,
                               kDoubleMissingStep = std::uint64_t{1} << 40;

/// The bits of missing value `number` in a numeric type, in the low bytes of the result.
constexpr std::uint64_t missing_bits(Storage storage, int number) noexcept {
  const auto step = static_cast<std::uint64_t>(number);
  switch (storage) {
    case Storage::byte_:
      return kByteDot + step;
    case Storage::int_:
      return kIntDot + step;
    case Storage::long_:
      return kLongDot + step;
    case Storage::float_:
      return kFloatDotBits + step * kFloatMissingStep;
    default:
      return kDoubleDotBits + step * kDoubleMissingStep;
  }
}

// Tagged NaNs: quiet, the twenty payload bits below the quiet bit hold kNanMark and the
// number. A NaN without the mark is `.`, whatever its payload; the sign is of no account.
inline constexpr std::uint32_t kNanMark = 0x5D5A;
inline constexpr int kFloatTagBits = 5, kDoubleTagShift = 29;

constexpr std::uint32_t float_nan_bits(int number) noexcept {
  const auto tag = static_cast<std::uint32_t>(number);
  return 0x7FC00000u | (tag == 0 ? 0 : kNanMark << kFloatTagBits | tag);
}
constexpr std::uint64_t double_nan_bits(int number) noexcept {
  const std::uint64_t payload = float_nan_bits(number) & 0x3FFFFFu;
  return 0x7FF8000000000000u | payload << kDoubleTagShift;
}

/// The number of the missing value that a NaN stands for. REQUIRES: the bits of a NaN.
constexpr int missing_of_nan(std::uint32_t float_bits) noexcept {
  const std::uint32_t payload = float_bits & 0x3FFFFFu, tag = payload & 31u;
  return payload >> kFloatTagBits == kNanMark && tag < kMissingValues
             ? static_cast<int>(tag)
             : 0;
}
constexpr int missing_of_nan(std::uint64_t double_bits) noexcept {
  const bool spill = (double_bits & ((std::uint64_t{1} << kDoubleTagShift) - 1)) != 0;
  const auto payload = static_cast<std::uint32_t>(double_bits >> kDoubleTagShift);
  return spill ? 0 : missing_of_nan(payload & 0x3FFFFFu);
}

/// The NaN that stands for missing value `number`.
constexpr float float_nan(int number) noexcept {
  return std::bit_cast<float>(float_nan_bits(number));
}
constexpr double double_nan(int number) noexcept {
  return std::bit_cast<double>(double_nan_bits(number));
}

/// `.`, `.a` ... `.z` as a character: '.' or the letter.
constexpr char missing_letter(int number) noexcept {
  return number == 0 ? '.' : static_cast<char>('a' + number - 1);
}

}  // namespace stata_pydata::dta
