#include "arrow/decimal.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <limits>
#include <optional>
#include <string>

#include "stata_pydata/stata_types.h"

namespace stata_pydata::dta {
namespace {

using Limbs = std::array<std::uint32_t, 8>;

/// The magnitude, least significant limb first.
Limbs magnitude_of(const std::byte* at, int bytes, bool negative) {
  Limbs limbs;
  limbs.fill(negative ? ~std::uint32_t{0} : 0);
  std::memcpy(limbs.data(), at, static_cast<std::size_t>(bytes));
  if (!negative) return limbs;
  std::uint64_t carry = 1;
  for (auto& limb : limbs) {
    carry += static_cast<std::uint32_t>(~limb);
    limb = static_cast<std::uint32_t>(carry);
    carry >>= 32;
  }
  return limbs;
}

/// Divides by 10^9 in place and returns the rest.
std::uint32_t divide(Limbs& limbs) {
  constexpr std::uint64_t divisor = 1'000'000'000;
  std::uint64_t rest = 0;
  for (auto limb = limbs.rbegin(); limb != limbs.rend(); ++limb) {
    rest = rest << 32 | *limb;
    *limb = static_cast<std::uint32_t>(rest / divisor);
    rest %= divisor;
  }
  return static_cast<std::uint32_t>(rest);
}

std::string digits_of(Limbs limbs) {
  std::string digits;  // the last comes first
  while (std::any_of(limbs.begin(), limbs.end(), [](auto limb) { return limb != 0; })) {
    std::uint32_t nine = divide(limbs);
    for (int i = 0; i < 9; ++i, nine /= 10) digits += static_cast<char>('0' + nine % 10);
  }
  std::reverse(digits.begin(), digits.end());
  return digits;
}

/// The quotient of two numbers that doubles hold exactly, which IEEE rounds correctly;
/// nothing for larger ones.
std::optional<double> small_decimal(const std::byte* at, int bytes, int scale) {
  constexpr double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                               1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                               1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  if (scale < 0 || scale >= static_cast<int>(std::size(powers))) return std::nullopt;
  std::int64_t low = 0;
  std::memcpy(&low, at, static_cast<std::size_t>(std::min(bytes, 8)));
  if (bytes == 4) low = static_cast<std::int32_t>(low);
  const auto sign = static_cast<std::byte>(low < 0 ? 0xFF : 0);
  for (int i = 8; i < bytes; ++i)
    if (at[i] != sign) return std::nullopt;
  if (low < -kExactInteger || low > kExactInteger) return std::nullopt;
  return static_cast<double>(low) / powers[scale];
}

}  // namespace

double decimal_to_double(const std::byte* at, int bytes, int scale) {
  if (const auto value = small_decimal(at, bytes, scale)) return *value;
  const bool negative = (at[bytes - 1] & std::byte{0x80}) != std::byte{0};
  std::string text = negative ? "-0" : "0";
  text += digits_of(magnitude_of(at, bytes, negative));
  text += "e" + std::to_string(-scale);
  double value = 0;
  const char* end = text.data() + text.size();
  if (std::from_chars(text.data(), end, value).ec == std::errc::result_out_of_range)
    return scale > 0 ? 0 : std::numeric_limits<double>::infinity();
  return value;
}

}  // namespace stata_pydata::dta
