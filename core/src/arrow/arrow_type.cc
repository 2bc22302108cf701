#include "arrow/arrow_type.h"

#include <charconv>
#include <optional>
#include <string_view>

#include "stata_pydata/error.h"

namespace stata_pydata::dta {
namespace {

using Kind = ArrowType::Kind;

constexpr const char* kTimeOfDay = "%tcHH:MM:SS";

bool strip(std::string_view& text, std::string_view prefix) {
  const bool found = text.starts_with(prefix);
  if (found) text.remove_prefix(prefix.size());
  return found;
}

/// Takes a whole number off the front.
std::optional<int> strip_number(std::string_view& text) {
  int number = 0;
  const auto [stop, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(stop - text.data()));
  return number;
}

ArrowType number(ElementType element, std::int64_t bytes) {
  ArrowType type;
  type.kind = Kind::number;
  type.element = element;
  type.bytes = bytes;
  return type;
}

ArrowType time(std::int64_t bytes, const Ticks& ticks, const char* format) {
  ArrowType type = number(bytes == 4 ? ElementType::int32 : ElementType::int64, bytes);
  type.kind = Kind::time;
  type.ticks = ticks;
  type.stata_format = format;
  return type;
}

ArrowType text(TextForm form, bool binary, std::int64_t bytes = 0) {
  ArrowType type;
  type.kind = Kind::text;
  type.form = form;
  type.binary = binary;
  type.bytes = bytes;
  return type;
}

std::optional<ArrowType> primitive(char letter) {
  switch (letter) {
    case 'n':
      return ArrowType{};
    case 'b':
      return number(ElementType::bitmap, 0);
    case 'c':
      return number(ElementType::int8, 1);
    case 'C':
      return number(ElementType::uint8, 1);
    case 's':
      return number(ElementType::int16, 2);
    case 'S':
      return number(ElementType::uint16, 2);
    case 'i':
      return number(ElementType::int32, 4);
    case 'I':
      return number(ElementType::uint32, 4);
    case 'l':
      return number(ElementType::int64, 8);
    case 'L':
      return number(ElementType::uint64, 8);
    case 'e':
      return number(ElementType::float16, 2);
    case 'f':
      return number(ElementType::float32, 4);
    case 'g':
      return number(ElementType::float64, 8);
    case 'u':
    case 'z':
      return text(TextForm::offsets32, letter == 'z');
    case 'U':
    case 'Z':
      return text(TextForm::offsets64, letter == 'Z');
    default:
      return std::nullopt;
  }
}

/// Ticks of a unit (s, m, u, n) as milliseconds.
std::optional<Ticks> milliseconds(char unit) {
  Ticks ticks;
  if (unit == 's') ticks.per_tick = 1000;
  if (unit == 'u') ticks.per_unit = 1000;
  if (unit == 'n') ticks.per_unit = 1'000'000;
  return unit == 's' || unit == 'm' || unit == 'u' || unit == 'n' ? std::optional(ticks)
                                                                  : std::nullopt;
}

/// Milliseconds to add for a zone at a fixed distance from UTC.
std::int64_t zone_offset(const std::string& column, std::string_view zone) {
  const std::string_view whole = zone;
  if (zone.empty() || zone == "UTC") return 0;
  const int sign = zone[0] == '-' ? -1 : 1;
  if (strip(zone, "+") || strip(zone, "-")) {
    const auto hours = strip_number(zone);
    const bool colon = strip(zone, ":");
    const auto minutes = strip_number(zone);
    if (hours && colon && minutes && zone.empty())
      return sign * (*hours * 60 + *minutes) * std::int64_t{60'000};
  }
  throw Error(Fault::type, "column " + column + " has timestamps in the time zone " +
                               std::string(whole) +
                               "; turn them into local times without a zone first");
}

std::optional<ArrowType> temporal(const std::string& column, std::string_view format) {
  constexpr std::int64_t day = 86'400'000;
  if (format == "tdD") return time(4, {.add = kDaysFrom1960To1970, .whole = true}, "%td");
  if (format == "tdm")
    return time(8, {.per_unit = day, .add = kDaysFrom1960To1970, .whole = true}, "%td");
  if (format.size() < 3) return std::nullopt;
  auto ticks = milliseconds(format[2]);
  if (!ticks) return std::nullopt;
  if (format.starts_with("tt"))
    return time(format[2] == 's' || format[2] == 'm' ? 4 : 8, *ticks, kTimeOfDay);
  if (format.starts_with("tD")) return time(8, *ticks, "");
  if (!format.starts_with("ts") || format.size() < 4 || format[3] != ':')
    return std::nullopt;
  ticks->add = kMillisecondsFrom1960To1970 + zone_offset(column, format.substr(4));
  return time(8, *ticks, "%tc");
}

/// "d:precision,scale[,bits]" behind the colon.
std::optional<ArrowType> decimal(std::string_view parameters) {
  const auto precision = strip_number(parameters);
  if (!precision || !strip(parameters, ",")) return std::nullopt;
  const auto scale = strip_number(parameters);
  std::optional<int> bits = 128;
  if (strip(parameters, ",")) bits = strip_number(parameters);
  if (!scale || !bits || !parameters.empty()) return std::nullopt;
  if (*bits != 32 && *bits != 64 && *bits != 128 && *bits != 256) return std::nullopt;
  ArrowType type;
  type.kind = Kind::decimal;
  type.scale = *scale;
  type.bytes = *bits / 8;
  return type;
}

std::optional<ArrowType> parsed(const std::string& column, std::string_view format) {
  if (format.size() == 1) return primitive(format[0]);
  if (format == "vu" || format == "vz") return text(TextForm::views, format == "vz");
  if (strip(format, "w:")) {
    const auto width = strip_number(format);
    if (!width || *width < 0 || !format.empty()) return std::nullopt;
    return text(TextForm::fixed, true, *width);
  }
  if (strip(format, "d:")) return decimal(format);
  if (format.starts_with("t")) return temporal(column, format);
  return std::nullopt;
}

}  // namespace

ArrowType arrow_type(const std::string& column, const char* format) {
  const std::string_view name = format ? format : "";
  if (auto type = parsed(column, name)) return *std::move(type);
  throw Error(Fault::type, "column " + column + " is of the Arrow type '" +
                               std::string(name) +
                               "', which has no counterpart in Stata");
}

}  // namespace stata_pydata::dta
