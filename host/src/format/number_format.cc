// Numbers as Stata prints them. Rounding is always that of the exact binary value, which
// is what printf does; what differs from C is how many digits are shown and when e-form
// starts.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "data/storage.h"
#include "format/format_spec.h"

namespace adohost {

namespace {

std::string printed(const char* format, int precision, double x) {
  char small[64];
  const int n = std::snprintf(small, sizeof small, format, precision, x);
  if (n < static_cast<int>(sizeof small)) return std::string(small, n);
  std::string big(n + 1, '\0');
  std::snprintf(big.data(), big.size(), format, precision, x);
  big.resize(n);
  return big;
}

std::string fixed(double x, int decimals) {
  return printed("%.*f", decimals, x);
}

/// Digits of the integer part, of which 0 has none.
int integer_digits(const std::string& body) {
  std::size_t start = body.front() == '-' ? 1 : 0;
  std::size_t end = std::min(body.find('.'), body.size());
  if (end == start + 1 && body[start] == '0') return 0;
  return static_cast<int>(end - start);
}

/// The e-form of `body_width` characters (a minus sign comes on top); 3-digit exponents
/// cost a decimal.
std::string exponent_form(double x, int body_width) {
  const std::string probe = printed("%.*e", 0, x);
  const auto exponent_digits =
      static_cast<int>(probe.size() - probe.find('e') - 2);  // after e and the sign
  int decimals = std::max(0, body_width - 2 - 2 - exponent_digits);
  return printed("%.*e", decimals, x);
}

void strip_zeros(std::string* body) {
  if (body->find('.') == std::string::npos) return;
  body->erase(body->find_last_not_of('0') + 1);
  if (body->back() == '.') body->pop_back();
}

void strip_leading_zero(std::string* body) {
  const std::size_t start = body->front() == '-' ? 1 : 0;
  if (body->size() > start + 1 && (*body)[start] == '0' && (*body)[start + 1] == '.') {
    body->erase(start, 1);
  }
}

/// 1234567.8 with separators between thousands: 1,234,567.8.
std::string with_commas(const std::string& body) {
  const std::size_t start = body.front() == '-' ? 1 : 0;
  const std::size_t end = std::min(body.find('.'), body.size());
  std::string out = body.substr(0, start);
  for (std::size_t i = start; i < end; ++i) {
    out += body[i];
    if (i + 1 < end && (end - i - 1) % 3 == 0) out += ',';
  }
  return out + body.substr(end);
}

/// Zeros between the point and the first digit of |x| < 1.
int zeros_after_point(double x) {
  const std::string probe = printed("%.*e", 0, x);
  return std::max(0, -std::atoi(probe.c_str() + probe.find('e') + 1) - 1);
}

/// The decimals that %w.dg shows of x when its integer part has `digits` digits.
int general_decimals(double x, const FormatSpec& spec, int digits) {
  const int room = std::max(1, spec.width - 2);
  const int commas = spec.commas && digits > 0 ? (digits - 1) / 3 : 0;
  int wanted = room - digits - commas;
  if (spec.decimals > 0) {
    const int places = spec.decimals - digits + (digits == 0 ? zeros_after_point(x) : 0);
    wanted = std::min(wanted, places);
  }
  return std::max(0, wanted);
}

/// %w.dg: as many places as the width, and d, leave.
std::string general_body(double x, const FormatSpec& spec) {
  if (x == 0) return "0";
  if (std::fabs(x) < 1e-5) return exponent_form(x, spec.width - 1);
  std::string body = fixed(x, 0);
  if (integer_digits(body) > std::max(1, spec.width - 2)) {
    return exponent_form(x, spec.width - 1);
  }
  // The integer part may gain a digit by rounding (9.99 -> 10), which costs a decimal.
  int digits = integer_digits(fixed(std::trunc(x), 0));
  body = fixed(x, general_decimals(x, spec, digits));
  if (integer_digits(body) != digits) {
    digits = integer_digits(body);
    body = fixed(x, general_decimals(x, spec, digits));
  }
  strip_zeros(&body);
  strip_leading_zero(&body);
  if (body == "-0") body = "0";
  if (!spec.commas) return body;
  const std::string grouped = with_commas(body);
  return static_cast<int>(grouped.size()) <= spec.width ? grouped : body;
}

/// %w.df; what is too wide for w goes without separators, then in e-form.
std::string fixed_body(double x, const FormatSpec& spec) {
  const std::string body = fixed(x, spec.decimals);
  const auto fits = [&](const std::string& s) {
    return static_cast<int>(s.size()) <= spec.width;
  };
  if (spec.commas) {
    const std::string grouped = with_commas(body);
    if (fits(grouped)) return grouped;
  }
  if (fits(body)) return body;
  if (std::fabs(x) < 1 && body.find('.') != std::string::npos) {
    std::string shorter = body;
    strip_leading_zero(&shorter);
    if (fits(shorter)) return shorter;
  }
  return exponent_form(x, spec.width - 1);
}

std::string scientific_body(double x, const FormatSpec& spec) {
  std::string body = printed("%.*e", spec.decimals, x);
  for (int d = spec.decimals; d > 0 && static_cast<int>(body.size()) > spec.width; --d) {
    body = printed("%.*e", d - 1, x);
  }
  return body;
}

std::string hex_body(double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const int exponent = static_cast<int>((bits >> 52) & 0x7ff) - 1023;
  const bool normal = exponent > -1023;
  char text[32];
  std::snprintf(text, sizeof text, "%c%d.%013llxX%c%03x", bits >> 63 ? '-' : '+', normal,
                static_cast<unsigned long long>(bits & 0xfffffffffffff),
                exponent < 0 ? '-' : '+', static_cast<unsigned>(std::abs(exponent)));
  return text;
}

std::string bytes_body(double x, const FormatSpec& spec) {
  std::vector<std::byte> bytes(spec.width == 8 ? 4 : 8);
  store_number(bytes.data(), spec.width == 8 ? Storage::float_ : Storage::double_, x);
  const bool high_first = spec.kind == FormatKind::bytes_high;
  if (high_first == (std::endian::native == std::endian::little)) {
    std::reverse(bytes.begin(), bytes.end());
  }
  std::string out;
  for (std::byte b : bytes) {
    char two[3];
    std::snprintf(two, sizeof two, "%02x", static_cast<unsigned>(b));
    out += two;
  }
  return out;
}

void add_zeros(std::string* body, int width) {
  const auto missing = width - static_cast<int>(body->size());
  if (missing > 0) body->insert(body->front() == '-' ? 1 : 0, missing, '0');
}

void swap_points(std::string* body) {
  for (char& c : *body) c = c == '.' ? ',' : c == ',' ? '.' : c;
}

}  // namespace

std::string number_body(double x, const FormatSpec& spec) {
  std::string body;
  switch (spec.kind) {
    case FormatKind::hex:
      return hex_body(x);
    case FormatKind::bytes_high:
    case FormatKind::bytes_low:
      return bytes_body(x, spec);
    case FormatKind::fixed:
      body = fixed_body(x, spec);
      break;
    case FormatKind::scientific:
      body = scientific_body(x, spec);
      break;
    default:
      body = general_body(x, spec);
  }
  if (spec.zeros && !spec.left) add_zeros(&body, spec.width);
  if (spec.comma_is_point) swap_points(&body);
  return body;
}

}  // namespace adohost
