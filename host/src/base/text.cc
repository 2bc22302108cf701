#include "base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace adohost {

namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
char lower_char(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
char upper_char(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}
bool is_letter(char c) {
  return (lower_char(c) >= 'a' && lower_char(c) <= 'z') || c == '_';
}
bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

/// Bytes of the character that begins at `i`; 1 where the bytes are no UTF-8.
std::size_t character_bytes(std::string_view s, std::size_t i) {
  const auto lead = static_cast<unsigned char>(s[i]);
  const std::size_t n = lead >= 0xF0 && lead < 0xF8   ? 4
                        : lead >= 0xE0 && lead < 0xF0 ? 3
                        : lead >= 0xC2 && lead < 0xE0 ? 2
                                                      : 1;
  if (i + n > s.size()) return 1;
  for (std::size_t k = 1; k < n; ++k) {
    if (!is_continuation(s[i + k])) return 1;
  }
  return n;
}

/// Stata's missing values as doubles: `.` is 2^1023, each letter adds 2^-12 of it.
double missing_code(int tag) {
  return std::ldexp(1.0 + static_cast<double>(tag) / 4096.0, 1023);
}

/// `[-]d.hhhX+eee` or `X-eee` in base 16, as %21x prints it.
std::optional<double> hex_number(std::string_view s) {
  const std::size_t x = s.find_first_of("xX");
  if (x == std::string_view::npos || x + 2 >= s.size()) return std::nullopt;
  double mantissa = 0;
  const auto [end, error] =
      std::from_chars(s.data(), s.data() + x, mantissa, std::chars_format::hex);
  if (error != std::errc{} || end != s.data() + x) return std::nullopt;
  const char sign = s[x + 1];
  if (sign != '+' && sign != '-') return std::nullopt;
  int exponent = 0;
  const char* last = s.data() + s.size();
  const auto [stop, bad] = std::from_chars(s.data() + x + 2, last, exponent, 16);
  if (bad != std::errc{} || stop != last) return std::nullopt;
  return std::ldexp(mantissa, sign == '-' ? -exponent : exponent);
}

std::optional<double> unsigned_number(std::string_view s) {
  if (s == ".") return missing_code(0);
  if (s.size() == 2 && s[0] == '.' && s[1] >= 'a' && s[1] <= 'z') {
    return missing_code(s[1] - 'a' + 1);
  }
  if (s.empty() || !(is_digit(s[0]) || s[0] == '.')) return std::nullopt;
  if (auto hex = hex_number(s)) return hex;
  std::string text(s);
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == 'd' || c == 'D'; }, 'e');
  double x = 0;
  const char* last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, x);
  if (end != last) return std::nullopt;
  if (error == std::errc::result_out_of_range) {
    const std::size_t e = text.find_first_of("eE");
    const bool tiny = e != std::string::npos && e + 1 < text.size() && text[e + 1] == '-';
    return tiny ? 0.0 : missing_code(0);
  }
  if (error != std::errc{}) return std::nullopt;
  return x >= 0x1.0p1023 ? missing_code(0) : x;
}

constexpr std::array kReserved{
    std::string_view("_all"),  std::string_view("_b"),    std::string_view("byte"),
    std::string_view("_coef"), std::string_view("_cons"), std::string_view("double"),
    std::string_view("float"), std::string_view("if"),    std::string_view("in"),
    std::string_view("int"),   std::string_view("long"),  std::string_view("_n"),
    std::string_view("_N"),    std::string_view("_pi"),   std::string_view("_pred"),
    std::string_view("_rc"),   std::string_view("_skip"), std::string_view("strL"),
    std::string_view("using"), std::string_view("with")};

}  // namespace

std::string_view trim_left(std::string_view s) {
  while (!s.empty() && is_blank(s.front())) s.remove_prefix(1);
  return s;
}

std::string_view trim_right(std::string_view s) {
  while (!s.empty() && is_blank(s.back())) s.remove_suffix(1);
  return s;
}

std::string_view trim(std::string_view s) {
  return trim_left(trim_right(s));
}

std::vector<std::string> split_blank(std::string_view s) {
  std::vector<std::string> words;
  for (s = trim_left(s); !s.empty(); s = trim_left(s)) {
    std::size_t n = 0;
    while (n < s.size() && !is_blank(s[n])) ++n;
    words.emplace_back(s.substr(0, n));
    s.remove_prefix(n);
  }
  return words;
}

std::string lower(std::string_view s) {
  std::string out(s);
  std::transform(out.begin(), out.end(), out.begin(), lower_char);
  return out;
}

std::string upper(std::string_view s) {
  std::string out(s);
  std::transform(out.begin(), out.end(), out.begin(), upper_char);
  return out;
}

bool starts_with_icase(std::string_view s, std::string_view prefix) {
  return s.size() >= prefix.size() &&
         std::equal(prefix.begin(), prefix.end(), s.begin(),
                    [](char a, char b) { return lower_char(a) == lower_char(b); });
}

bool abbreviates(std::string_view word, std::string_view name, std::size_t minimum) {
  return word.size() >= minimum && name.starts_with(word) && !word.empty();
}

bool is_name(std::string_view s) {
  if (s.empty() || utf8_length(s) > 32) return false;
  for (std::size_t i = 0; i < s.size();) {
    const std::size_t n = character_bytes(s, i);
    const bool wide = n > 1;
    if (!wide && !is_letter(s[i]) && !(i > 0 && is_digit(s[i]))) return false;
    i += n;
  }
  return true;
}

bool is_reserved(std::string_view s) {
  if (std::find(kReserved.begin(), kReserved.end(), s) != kReserved.end()) return true;
  return s.size() > 3 && s.starts_with("str") &&
         std::all_of(s.begin() + 3, s.end(), is_digit);
}

std::size_t utf8_length(std::string_view s) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < s.size(); i += character_bytes(s, i)) ++count;
  return count;
}

std::string_view utf8_prefix(std::string_view s, std::size_t n) {
  std::size_t i = 0;
  for (; n > 0 && i < s.size(); --n) i += character_bytes(s, i);
  return s.substr(0, i);
}

std::string pad_left(std::string_view s, std::size_t width) {
  const std::size_t n = utf8_length(s);
  return std::string(width > n ? width - n : 0, ' ').append(s);
}

std::string pad_right(std::string_view s, std::size_t width) {
  const std::size_t n = utf8_length(s);
  return std::string(s).append(width > n ? width - n : 0, ' ');
}

std::string abbreviate(std::string_view name, std::size_t width) {
  const std::size_t n = utf8_length(name);
  if (n <= width || width < 3) return std::string(utf8_prefix(name, width));
  const std::string_view head = utf8_prefix(name, width - 2);
  const std::string_view before_last = utf8_prefix(name, n - 1);
  return std::string(head).append("~").append(name.substr(before_last.size()));
}

std::optional<long long> to_integer(std::string_view s) {
  if (s.starts_with('+')) s.remove_prefix(1);
  long long value = 0;
  const char* last = s.data() + s.size();
  const auto [end, error] = std::from_chars(s.data(), last, value);
  if (s.empty() || error != std::errc{} || end != last) return std::nullopt;
  return value;
}

std::optional<double> to_number(std::string_view s) {
  s = trim(s);
  const bool negative = s.starts_with('-');
  if (negative || s.starts_with('+')) s.remove_prefix(1);
  const auto x = unsigned_number(s);
  if (!x || !negative) return x;
  return *x >= 0x1.0p1023 ? *x : -*x;
}

}  // namespace adohost
