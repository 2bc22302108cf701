#include "format/format.h"

#include <atomic>

#include "base/error.h"
#include "base/text.h"
#include "data/storage.h"
#include "format/format_spec.h"

namespace adohost {

namespace {

constexpr int kWidestNumber = 244;
constexpr int kWidestText = 2045;

/// Reads digits at the front of `s`; -1 where there are none or too many.
int take_number(std::string_view* s) {
  int n = 0;
  std::size_t used = 0;
  while (used < s->size() && (*s)[used] >= '0' && (*s)[used] <= '9') {
    n = n * 10 + ((*s)[used] - '0');
    if (++used > 5) return -1;
  }
  s->remove_prefix(used);
  return used == 0 ? -1 : n;
}

bool take(std::string_view* s, char c) {
  if (s->empty() || s->front() != c) return false;
  s->remove_prefix(1);
  return true;
}

std::optional<FormatSpec> date_spec(FormatSpec spec, std::string_view rest) {
  spec.kind = FormatKind::date;
  spec.unit = 'd';
  if (take(&rest, 't')) {
    constexpr std::string_view kUnits = "dcCwmqhyg";
    if (rest.empty() || kUnits.find(rest.front()) == std::string_view::npos) return {};
    spec.unit = rest.front();
  }
  rest.remove_prefix(1);
  if (!are_date_codes(rest)) return {};
  spec.codes = rest;
  spec.width = date_width(spec);
  return spec;
}

/// `x`, `H` or `L` after the width, which must be one of Stata's.
std::optional<FormatSpec> hex_spec(FormatSpec spec, char letter) {
  if (letter == 'x') {
    spec.kind = FormatKind::hex;
    return spec.width == 21 ? std::optional(spec) : std::nullopt;
  }
  spec.kind = letter == 'H' ? FormatKind::bytes_high : FormatKind::bytes_low;
  return spec.width == 16 || spec.width == 8 ? std::optional(spec) : std::nullopt;
}

std::optional<FormatSpec> width_spec(FormatSpec spec, std::string_view rest) {
  spec.width = take_number(&rest);
  if (spec.width <= 0) return {};
  if (rest == "s") {
    spec.kind = FormatKind::text;
    return spec.width <= kWidestText ? std::optional(spec) : std::nullopt;
  }
  if (rest == "x" || rest == "H" || rest == "L") return hex_spec(spec, rest.front());
  spec.comma_is_point = take(&rest, ',');
  if (!spec.comma_is_point && !take(&rest, '.')) return {};
  spec.decimals = take_number(&rest);
  if (spec.decimals < 0 || spec.decimals >= spec.width) return {};
  if (take(&rest, 'g')) {
    spec.kind = FormatKind::general;
  } else if (take(&rest, 'f')) {
    spec.kind = FormatKind::fixed;
  } else if (take(&rest, 'e')) {
    spec.kind = FormatKind::scientific;
  } else {
    return {};
  }
  spec.commas = spec.kind != FormatKind::scientific && take(&rest, 'c');
  if (!rest.empty() || spec.width > kWidestNumber) return {};
  return spec;
}

std::string padded(std::string body, int width, bool left) {
  const auto w = static_cast<std::size_t>(width);
  if (body.size() >= w) return body;
  return left ? pad_right(body, w) : pad_left(body, w);
}

}  // namespace

std::optional<FormatSpec> parse_format(std::string_view format) {
  if (!take(&format, '%')) return {};
  FormatSpec spec;
  spec.left = take(&format, '-');
  spec.centered = !spec.left && take(&format, '~');
  if (!format.empty() && (format.front() == 't' || format.front() == 'd')) {
    return spec.centered ? std::nullopt : date_spec(spec, format);
  }
  spec.zeros = take(&format, '0');
  auto parsed = width_spec(spec, format);
  const bool text = parsed && parsed->kind == FormatKind::text;
  if (parsed && ((spec.centered && !text) || (spec.zeros && text))) return {};
  return parsed;
}

bool is_numeric_format(std::string_view format) {
  const auto spec = parse_format(format);
  return spec && spec->kind != FormatKind::text;
}

bool is_string_format(std::string_view format) {
  const auto spec = parse_format(format);
  return spec && spec->kind == FormatKind::text;
}

bool is_date_format(std::string_view format) {
  const auto spec = parse_format(format);
  return spec && spec->kind == FormatKind::date;
}

int format_width(std::string_view format) {
  const auto spec = parse_format(format);
  return spec ? spec->width : 0;
}

bool is_left_aligned(std::string_view format) {
  const auto spec = parse_format(format);
  return spec && spec->left;
}

std::string widened_format(std::string_view format, int width) {
  const auto spec = parse_format(format);
  const bool number =
      spec && (spec->kind == FormatKind::general || spec->kind == FormatKind::fixed ||
               spec->kind == FormatKind::scientific);
  if (!number || spec->width >= width) return std::string(format);
  const std::size_t digits = format.find_first_of("123456789");
  const std::size_t end = format.find_first_not_of("0123456789", digits);
  return std::string(format.substr(0, digits)) + std::to_string(width) +
         std::string(format.substr(end));
}

namespace {

std::atomic<bool> comma_is_decimal{false};

}  // namespace

void set_decimal_comma(bool on) {
  comma_is_decimal.store(on, std::memory_order_relaxed);
}

bool decimal_comma() {
  return comma_is_decimal.load(std::memory_order_relaxed);
}

std::string format_number(double x, std::string_view format) {
  std::string text = plain_number(x, format);
  if (!decimal_comma() || is_missing(x)) return text;
  const auto spec = parse_format(format);
  const bool has_point = spec->kind == FormatKind::general ||
                         spec->kind == FormatKind::fixed ||
                         spec->kind == FormatKind::scientific;
  if (!has_point || spec->comma_is_point) return text;
  for (char& c : text) c = c == '.' ? ',' : c == ',' ? '.' : c;
  return text;
}

std::string plain_number(double x, std::string_view format) {
  const auto spec = parse_format(format);
  if (!spec || spec->kind == FormatKind::text) throw StataError(120, "invalid %format");
  const bool shows_bits = spec->kind == FormatKind::hex ||
                          spec->kind == FormatKind::bytes_high ||
                          spec->kind == FormatKind::bytes_low;
  if (is_missing(x) && !shows_bits) {
    return padded(missing_name(x), spec->width, spec->left);
  }
  if (spec->kind == FormatKind::date) {
    return padded(date_body(x, *spec), spec->width, spec->left);
  }
  return padded(number_body(x, *spec), spec->width, spec->left);
}

std::string format_text(std::string_view s, std::string_view format) {
  const auto spec = parse_format(format);
  if (!spec || spec->kind != FormatKind::text) throw StataError(120, "invalid %format");
  const auto width = static_cast<std::size_t>(spec->width);
  if (spec->left) return pad_right(s, width);
  if (!spec->centered) return pad_left(s, width);
  const std::size_t length = utf8_length(s);
  return length >= width ? std::string(s)
                         : pad_right(pad_left(s, length + (width - length) / 2), width);
}

std::string macro_number(double x) {
  if (is_missing(x)) return missing_name(x);
  FormatSpec spec;
  spec.width = 18;
  return number_body(x, spec);
}

}  // namespace adohost
