#include "data/storage.h"

#include <charconv>
#include <cmath>

namespace adohost {
namespace {

constexpr std::uint64_t kDoubleMissingBits = 0x7fe0'0000'0000'0000;
constexpr int kDoubleTagShift = 40;
constexpr std::uint32_t kFloatMissingBits = 0x7f00'0000;
constexpr int kFloatTagShift = 11;

template <typename Cell>
void store_integer_tag(std::byte* cell, int tag) noexcept {
  const auto code = static_cast<Cell>(detail::IntegerRange<Cell>::high + 1 + tag);
  std::memcpy(cell, &code, sizeof code);
}

template <typename Cell>
bool integer_in_range(double x) {
  const double whole = std::trunc(x);
  return whole >= detail::IntegerRange<Cell>::low &&
         whole <= detail::IntegerRange<Cell>::high;
}

}  // namespace

std::size_t VarType::bytes() const {
  switch (storage) {
    case Storage::byte_:
      return 1;
    case Storage::int_:
      return 2;
    case Storage::long_:
    case Storage::float_:
      return 4;
    case Storage::str:
      return width;
    default:
      return 8;
  }
}

std::string VarType::name() const {
  switch (storage) {
    case Storage::byte_:
      return "byte";
    case Storage::int_:
      return "int";
    case Storage::long_:
      return "long";
    case Storage::float_:
      return "float";
    case Storage::double_:
      return "double";
    case Storage::str:
      return "str" + std::to_string(width);
    default:
      return "strL";
  }
}

std::string VarType::default_format() const {
  switch (storage) {
    case Storage::byte_:
    case Storage::int_:
      return "%8.0g";
    case Storage::long_:
      return "%12.0g";
    case Storage::float_:
      return "%9.0g";
    case Storage::double_:
      return "%10.0g";
    case Storage::str:
      return "%" + std::to_string(width < 9 ? 9 : width) + "s";
    default:
      return "%9s";
  }
}

std::optional<VarType> VarType::parse(std::string_view s) {
  if (s == "byte") return VarType{Storage::byte_, 0};
  if (s == "int") return VarType{Storage::int_, 0};
  if (s == "long") return VarType{Storage::long_, 0};
  if (s == "float") return VarType{Storage::float_, 0};
  if (s == "double") return VarType{Storage::double_, 0};
  if (s == "strL") return VarType{Storage::strl, 0};
  if (s == "str") return VarType{Storage::str, 1};
  if (!s.starts_with("str")) return std::nullopt;
  const std::string_view digits = s.substr(3);
  int width = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), width);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  if (width < 1 || width > kMaxStrWidth) return std::nullopt;
  return VarType{Storage::str, static_cast<std::uint16_t>(width)};
}

double missing_value(int tag) {
  return std::bit_cast<double>(kDoubleMissingBits +
                               (static_cast<std::uint64_t>(tag) << kDoubleTagShift));
}

int missing_tag(double x) {
  const std::uint64_t above = std::bit_cast<std::uint64_t>(x) - kDoubleMissingBits;
  const std::uint64_t tag = above >> kDoubleTagShift;
  const bool named = (tag << kDoubleTagShift) == above && tag <= kLastTag;
  return named ? static_cast<int>(tag) : 0;
}

std::string missing_name(double x) {
  const int tag = missing_tag(x);
  if (tag == 0) return ".";
  return {'.', static_cast<char>('a' + tag - 1)};
}

bool in_range(Storage type, double x) {
  switch (type) {
    case Storage::byte_:
      return integer_in_range<std::int8_t>(x);
    case Storage::int_:
      return integer_in_range<std::int16_t>(x);
    case Storage::long_:
      return integer_in_range<std::int32_t>(x);
    case Storage::float_:
      return std::fabs(x) <= 0x1.fffffep126;
    case Storage::double_:
      return x >= detail::kLowestDouble && x < 0x1.0p1023;
    default:
      return false;
  }
}

bool holds(Storage type, double x) {
  if (type >= Storage::str) return false;
  if (is_missing(x)) return true;
  if (!in_range(type, x)) return false;
  if (type == Storage::double_) return true;
  if (type == Storage::float_) return static_cast<float>(x) == x;
  return std::trunc(x) == x;
}

Storage smallest_integer_type(double low, double high) {
  for (const Storage type : {Storage::byte_, Storage::int_, Storage::long_}) {
    if (in_range(type, low) && in_range(type, high)) return type;
  }
  return Storage::double_;
}

namespace detail {

double missing_of_integer(std::int32_t tag) noexcept {
  return missing_value(tag);
}

double missing_of_float(float cell) noexcept {
  const std::uint32_t above = std::bit_cast<std::uint32_t>(cell) - kFloatMissingBits;
  const std::uint32_t tag = above >> kFloatTagShift;
  const bool named = (tag << kFloatTagShift) == above && tag <= kLastTag;
  return missing_value(named ? static_cast<int>(tag) : 0);
}

void store_missing(std::byte* cell, Storage type, double x) noexcept {
  const int tag = is_missing(x) ? missing_tag(x) : 0;
  switch (type) {
    case Storage::byte_:
      return store_integer_tag<std::int8_t>(cell, tag);
    case Storage::int_:
      return store_integer_tag<std::int16_t>(cell, tag);
    case Storage::long_:
      return store_integer_tag<std::int32_t>(cell, tag);
    case Storage::float_: {
      const std::uint32_t bits =
          kFloatMissingBits + (static_cast<std::uint32_t>(tag) << kFloatTagShift);
      std::memcpy(cell, &bits, sizeof bits);
      return;
    }
    case Storage::double_: {
      const double value = missing_value(tag);
      std::memcpy(cell, &value, sizeof value);
      return;
    }
    default:
      return;
  }
}

}  // namespace detail
}  // namespace adohost
