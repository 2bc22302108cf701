// Stata's storage types and the missing values of each ([D] data types, [U] 12.2.1): sizes,
// ranges, codes, and the conversion between a stored cell and the double that Stata
// computes with. A missing value keeps its tag (. is 0, .a is 1, .z is 26) across types.
#pragma once

#include <cstddef>
#include <cstdint>
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
  std::size_t bytes() const;          // in a row; strL takes 8 (a handle)
  std::string name() const;           // "byte" ... "str18", "strL"
  std::string default_format() const;  // "%8.0g" ... "%18s"
  bool operator==(const VarType&) const = default;

  /// A type as the user writes it: byte int long float double str str# strL. `str` alone is
  /// str1 (it grows). Nothing where `s` is no type.
  static std::optional<VarType> parse(std::string_view s);
};

inline constexpr int kMaxStrWidth = 2045;

/// The double that stands for missing `.` (tag 0) or `.a`-`.z` (tags 1..26).
double missing_value(int tag = 0);
inline bool is_missing(double x) { return !(x < 0x1.0p1023); }  // NaN is missing too
/// 0 for `.`, NaN and unnamed codes, 1..26 for `.a`-`.z`. REQUIRES: is_missing(x).
int missing_tag(double x);
/// "." or ".a" ... ".z".
std::string missing_name(double x);

/// Whether the number `x` (or any missing) can be held by `type` with no change of value.
bool holds(Storage type, double x);
/// Whether `x` is within the range of `type` (fractions are not looked at).
bool in_range(Storage type, double x);

/// The value of the numeric cell at `cell` (unaligned). Concurrent calls on any cells are
/// fine as long as nobody writes the same cell.
double load_number(const std::byte* cell, Storage type) noexcept;
/// Stores `x`: out of range or NaN becomes `.`, fractions are truncated in integer types,
/// missing keeps its tag. Concurrent calls for distinct cells are fine.
void store_number(std::byte* cell, Storage type, double x) noexcept;

/// The smallest type that holds every integer in [low, high], double where none does.
Storage smallest_integer_type(double low, double high);

}  // namespace adohost
