// Stata's storage types and the missing values of each ([D] data types, [U] 12.2.1):
// sizes, ranges, codes, and the conversion between a stored cell and the double that
// Stata computes with. A missing value keeps its tag (. is 0, .a is 1, .z is 26) across
// types.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace adohost {

enum class Storage : std::uint8_t { byte_, int_, long_, float_, double_, str, strl };

struct VarType {
  Storage storage = Storage::float_;
  std::uint16_t width = 0;  // bytes of a str#, 1..2045; 0 for every other type

  bool is_string() const { return storage >= Storage::str; }
  bool is_numeric() const { return !is_string(); }
  std::size_t bytes() const;           // in a row; strL takes 8 (a handle)
  std::string name() const;            // "byte" ... "str18", "strL"
  std::string default_format() const;  // "%8.0g" ... "%18s"
  bool operator==(const VarType&) const = default;

  /// A type as the user writes it: byte int long float double str str# strL. `str` alone
  /// is str1 (it grows). Nothing where `s` is no type.
  static std::optional<VarType> parse(std::string_view s);
};

inline constexpr int kMaxStrWidth = 2045;
inline constexpr int kLastTag = 26;  // .z

/// The double that stands for missing `.` (tag 0) or `.a`-`.z` (tags 1..26).
double missing_value(int tag = 0);
inline bool is_missing(double x) {
  return !(x < 0x1.0p1023);
}  // NaN is missing too
/// 0 for `.`, NaN and unnamed codes, 1..26 for `.a`-`.z`. REQUIRES: is_missing(x).
int missing_tag(double x);
/// "." or ".a" ... ".z".
std::string missing_name(double x);

/// Whether the number `x` (or any missing) can be held by `type` with no change of value.
bool holds(Storage type, double x);
/// Whether `x` is within the range of `type` once its fraction is cut off.
bool in_range(Storage type, double x);

/// The value of the numeric cell at `cell` (unaligned). Concurrent calls on any cells are
/// fine as long as nobody writes the same cell.
inline double load_number(const std::byte* cell, Storage type) noexcept;
/// Stores `x`: out of range or NaN becomes `.`, fractions are truncated in integer types,
/// missing keeps its tag. Concurrent calls for distinct cells are fine.
inline void store_number(std::byte* cell, Storage type, double x) noexcept;

/// The smallest type that holds every integer in [low, high], double where none does.
Storage smallest_integer_type(double low, double high);

// What follows is the definition of the two conversions, inline because they are the
// inner loop of everything.
namespace detail {

/// A cell whose value is no missing, or the tag of a missing.
double missing_of_float(float cell) noexcept;
double missing_of_integer(std::int32_t tag) noexcept;
void store_missing(std::byte* cell, Storage type, double x) noexcept;

template <typename Cell>
Cell read(const std::byte* cell) noexcept {
  Cell value;
  std::memcpy(&value, cell, sizeof value);
  return value;
}

/// Low and high ends of a storage type's numbers; the code of `.` is high + 1.
template <typename Cell>
struct IntegerRange;
template <>
struct IntegerRange<std::int8_t> {
  static constexpr std::int8_t low = -127, high = 100;
};
template <>
struct IntegerRange<std::int16_t> {
  static constexpr std::int16_t low = -32767, high = 32740;
};
template <>
struct IntegerRange<std::int32_t> {
  static constexpr std::int32_t low = -2147483647, high = 2147483620;
};
inline constexpr float kFloatMissing = 0x1.0p127F;
inline constexpr double kLowestDouble = std::numeric_limits<double>::lowest();

template <typename Cell>
double load_integer(const std::byte* cell) noexcept {
  const auto value = read<Cell>(cell);
  if (value > IntegerRange<Cell>::high) [[unlikely]] {
    return missing_of_integer(std::int32_t{value} - IntegerRange<Cell>::high - 1);
  }
  return value;
}

template <typename Cell>
bool store_integer(std::byte* cell, double x) noexcept {
  using Range = IntegerRange<Cell>;
  if (!(x > double{Range::low} - 1 && x < double{Range::high} + 1)) [[unlikely]] {
    return false;
  }
  const auto value = static_cast<Cell>(x);
  std::memcpy(cell, &value, sizeof value);
  return true;
}

inline bool store_float(std::byte* cell, double x) noexcept {
  if (!(x > -0x1.0p127 && x < 0x1.0p127)) [[unlikely]]
    return false;
  const auto value = static_cast<float>(x);
  if (!(value > -kFloatMissing && value < kFloatMissing)) [[unlikely]]
    return false;
  std::memcpy(cell, &value, sizeof value);
  return true;
}

inline bool store_double(std::byte* cell, double x) noexcept {
  if (!(x >= kLowestDouble && x < 0x1.0p1023)) [[unlikely]]
    return false;
  std::memcpy(cell, &x, sizeof x);
  return true;
}

inline bool store_value(std::byte* cell, Storage type, double x) noexcept {
  switch (type) {
    case Storage::byte_:
      return store_integer<std::int8_t>(cell, x);
    case Storage::int_:
      return store_integer<std::int16_t>(cell, x);
    case Storage::long_:
      return store_integer<std::int32_t>(cell, x);
    case Storage::float_:
      return store_float(cell, x);
    case Storage::double_:
      return store_double(cell, x);
    default:
      return true;
  }
}

}  // namespace detail

inline double load_number(const std::byte* cell, Storage type) noexcept {
  switch (type) {
    case Storage::byte_:
      return detail::load_integer<std::int8_t>(cell);
    case Storage::int_:
      return detail::load_integer<std::int16_t>(cell);
    case Storage::long_:
      return detail::load_integer<std::int32_t>(cell);
    case Storage::float_: {
      const auto value = detail::read<float>(cell);
      if (!(value < detail::kFloatMissing)) [[unlikely]] {
        return detail::missing_of_float(value);
      }
      return value;
    }
    case Storage::double_:
      return detail::read<double>(cell);
    default:
      return 0x1.0p1023;
  }
}

inline void store_number(std::byte* cell, Storage type, double x) noexcept {
  if (!detail::store_value(cell, type, x)) [[unlikely]] {
    detail::store_missing(cell, type, x);
  }
}

}  // namespace adohost
