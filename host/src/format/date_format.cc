// Dates and times as Stata prints them ([D] Datetime display formats). A format is a
// string of display codes; the longest code that matches is taken at each place.
#include <array>
#include <cmath>
#include <cstdio>
#include <string>

#include "base/text.h"
#include "format/calendar.h"
#include "format/format_spec.h"

namespace adohost {

namespace {

/// A date taken apart; only what the unit knows is meaningful.
struct Moment {
  CivilDate date;
  TimeOfDay time;
  std::int64_t days = 0;
};

constexpr std::array<const char*, 12> kMonths = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};
constexpr std::array<const char*, 7> kDays = {
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

std::string zero_padded(int n, int width) {
  char text[16];
  std::snprintf(text, sizeof text, "%0*d", width, n);
  return text;
}

std::string month_name(const Moment& m, std::size_t length) {
  return std::string(kMonths[m.date.month - 1]).substr(0, length);
}

std::string day_name(const Moment& m, std::size_t length) {
  return std::string(kDays[day_of_week(m.days)]).substr(0, length);
}

int hour_of_12(const Moment& m) {
  return m.time.hour % 12 == 0 ? 12 : m.time.hour % 12;
}

std::string half_day(const Moment& m, const char* morning, const char* evening) {
  return m.time.hour < 12 ? morning : evening;
}

std::string fraction(const Moment& m, std::size_t digits) {
  return "." + zero_padded(m.time.millisecond, 3).substr(0, digits);
}

using Show = std::string (*)(const Moment&);

struct Code {
  std::string_view name;
  int width;  // characters it takes at most
  Show show;
};

/// Longer codes come before those they begin with.
constexpr Code kCodes[] = {
    {"DAYNAME", 9, [](const Moment& m) { return pad_right(day_name(m, 9), 9); }},
    {"Dayname", 9, [](const Moment& m) { return day_name(m, 9); }},
    {"dayname", 9, [](const Moment& m) { return lower(day_name(m, 9)); }},
    {"Month", 9, [](const Moment& m) { return month_name(m, 9); }},
    {"month", 9, [](const Moment& m) { return lower(month_name(m, 9)); }},
    {"a.m.", 4, [](const Moment& m) { return half_day(m, "a.m.", "p.m."); }},
    {"A.M.", 4, [](const Moment& m) { return half_day(m, "A.M.", "P.M."); }},
    {".sss", 4, [](const Moment& m) { return fraction(m, 3); }},
    {"Mon", 3, [](const Moment& m) { return month_name(m, 3); }},
    {"mon", 3, [](const Moment& m) { return lower(month_name(m, 3)); }},
    {"Day", 3, [](const Moment& m) { return day_name(m, 3); }},
    {"day", 3, [](const Moment& m) { return lower(day_name(m, 3)); }},
    {"JJJ", 3, [](const Moment& m) { return zero_padded(day_of_year(m.date), 3); }},
    {"jjj", 3, [](const Moment& m) { return std::to_string(day_of_year(m.date)); }},
    {".ss", 3, [](const Moment& m) { return fraction(m, 2); }},
    {".s", 2, [](const Moment& m) { return fraction(m, 1); }},
    {"CC", 2, [](const Moment& m) { return zero_padded(m.date.year / 100, 2); }},
    {"cc", 2, [](const Moment& m) { return std::to_string(m.date.year / 100); }},
    {"YY", 2, [](const Moment& m) { return zero_padded(m.date.year % 100, 2); }},
    {"yy", 2, [](const Moment& m) { return std::to_string(m.date.year % 100); }},
    {"NN", 2, [](const Moment& m) { return zero_padded(m.date.month, 2); }},
    {"nn", 2, [](const Moment& m) { return std::to_string(m.date.month); }},
    {"DD", 2, [](const Moment& m) { return zero_padded(m.date.day, 2); }},
    {"dd", 2, [](const Moment& m) { return std::to_string(m.date.day); }},
    {"Da", 2, [](const Moment& m) { return day_name(m, 2); }},
    {"da", 2, [](const Moment& m) { return lower(day_name(m, 2)); }},
    {"WW", 2, [](const Moment& m) { return zero_padded(week_of_year(m.date), 2); }},
    {"ww", 2, [](const Moment& m) { return std::to_string(week_of_year(m.date)); }},
    {"HH", 2, [](const Moment& m) { return zero_padded(m.time.hour, 2); }},
    {"Hh", 2, [](const Moment& m) { return zero_padded(hour_of_12(m), 2); }},
    {"hH", 2, [](const Moment& m) { return std::to_string(m.time.hour); }},
    {"hh", 2, [](const Moment& m) { return std::to_string(hour_of_12(m)); }},
    {"MM", 2, [](const Moment& m) { return zero_padded(m.time.minute, 2); }},
    {"mm", 2, [](const Moment& m) { return std::to_string(m.time.minute); }},
    {"SS", 2, [](const Moment& m) { return zero_padded(m.time.second, 2); }},
    {"ss", 2, [](const Moment& m) { return std::to_string(m.time.second); }},
    {"am", 2, [](const Moment& m) { return half_day(m, "am", "pm"); }},
    {"AM", 2, [](const Moment& m) { return half_day(m, "AM", "PM"); }},
    {"h", 1, [](const Moment& m) { return std::to_string((m.date.month - 1) / 6 + 1); }},
    {"q", 1, [](const Moment& m) { return std::to_string((m.date.month - 1) / 3 + 1); }},
    // The one-letter codes of %d formats, as old data sets have them.
    {"C", 2, [](const Moment& m) { return zero_padded(m.date.year / 100, 2); }},
    {"c", 2, [](const Moment& m) { return std::to_string(m.date.year / 100); }},
    {"Y", 2, [](const Moment& m) { return zero_padded(m.date.year % 100, 2); }},
    {"y", 2, [](const Moment& m) { return std::to_string(m.date.year % 100); }},
    {"M", 9, [](const Moment& m) { return month_name(m, 9); }},
    {"m", 3, [](const Moment& m) { return month_name(m, 3); }},
    {"L", 9, [](const Moment& m) { return lower(month_name(m, 9)); }},
    {"l", 3, [](const Moment& m) { return lower(month_name(m, 3)); }},
    {"N", 2, [](const Moment& m) { return zero_padded(m.date.month, 2); }},
    {"n", 2, [](const Moment& m) { return std::to_string(m.date.month); }},
    {"D", 2, [](const Moment& m) { return zero_padded(m.date.day, 2); }},
    {"d", 2, [](const Moment& m) { return std::to_string(m.date.day); }},
    {"J", 3, [](const Moment& m) { return zero_padded(day_of_year(m.date), 3); }},
    {"j", 3, [](const Moment& m) { return std::to_string(day_of_year(m.date)); }},
    {"W", 2, [](const Moment& m) { return zero_padded(week_of_year(m.date), 2); }},
    {"w", 2, [](const Moment& m) { return std::to_string(week_of_year(m.date)); }},
};

/// What a unit shows when the format says no more, and its width.
struct Unit {
  char letter;
  std::string_view codes;
};

constexpr Unit kUnits[] = {
    {'d', "DDmonCCYY"},
    {'c', "DDmonCCYY_HH:MM:SS"},
    {'C', "DDmonCCYY_HH:MM:SS"},
    {'w', "CCYY!www"},
    {'m', "CCYY!mnn"},
    {'q', "CCYY!qq"},
    {'h', "CCYY!hh"},
    {'y', "CCYY"},
};

std::string_view codes_of(const FormatSpec& spec) {
  if (!spec.codes.empty()) return spec.codes;
  for (const Unit& unit : kUnits) {
    if (unit.letter == spec.unit) return unit.codes;
  }
  return {};
}

const Code* code_at(std::string_view codes) {
  for (const Code& code : kCodes) {
    if (codes.starts_with(code.name)) return &code;
  }
  return nullptr;
}

/// Walks `codes`, calling `on_code` and `on_literal`; false where a character is no code.
template <class OnCode, class OnLiteral>
bool walk(std::string_view codes, OnCode on_code, OnLiteral on_literal) {
  while (!codes.empty()) {
    const char c = codes.front();
    if (const Code* code = code_at(codes)) {
      on_code(*code);
      codes.remove_prefix(code->name.size());
      continue;
    }
    codes.remove_prefix(1);
    if (c == '!') {
      if (codes.empty()) return false;
      on_literal(codes.front());
      codes.remove_prefix(1);
    } else if (c == '_') {
      on_literal(' ');
    } else if (std::string_view(".,:-/\\").find(c) != std::string_view::npos) {
      on_literal(c);
    } else if (c != '+') {
      return false;
    }
  }
  return true;
}

bool from_days(double days, Moment* m) {
  const auto date = civil_of(days);
  if (!date) return false;
  m->date = *date;
  m->days = days_of(*date);
  return true;
}

/// Periods since 1960 with `per_year` of them a year: the first day of period x.
bool from_periods(double x, int per_year, Moment* m) {
  constexpr double kFarthest = 1e6;
  if (!(std::fabs(x) < kFarthest)) return false;
  const auto n = static_cast<std::int64_t>(std::floor(x));
  const std::int64_t years = n >= 0 ? n / per_year : -((-n + per_year - 1) / per_year);
  const auto rest = static_cast<int>(n - years * per_year);
  CivilDate date{static_cast<int>(1960 + years), 1, 1};
  if (date.year < kFirstYear || date.year > kLastYear) return false;
  if (per_year == 52) {
    return from_days(static_cast<double>(days_of(date) + 7 * rest), m);
  }
  date.month = rest * (12 / per_year) + 1;
  return from_days(static_cast<double>(days_of(date)), m);
}

bool from_time(double x, bool leap, Moment* m) {
  bool in_leap_second = false;
  const double plain = leap ? without_leap_seconds(x, &in_leap_second) : x;
  double days = 0;
  m->time = time_of(plain, &days);
  if (in_leap_second) m->time.second = 60;
  return from_days(days, m);
}

bool moment_of(double x, char unit, Moment* m) {
  switch (unit) {
    case 'd':
      return from_days(x, m);
    case 'c':
    case 'C':
      return from_time(x, unit == 'C', m);
    case 'w':
      return from_periods(x, 52, m);
    case 'm':
      return from_periods(x, 12, m);
    case 'q':
      return from_periods(x, 4, m);
    case 'h':
      return from_periods(x, 2, m);
    default:
      return from_periods(x - 1960, 1, m);
  }
}

std::string as_number(double x) {
  FormatSpec general;
  general.width = 9;
  return number_body(x, general);
}

}  // namespace

bool are_date_codes(std::string_view codes) {
  return walk(codes, [](const Code&) {}, [](char) {});
}

int date_width(const FormatSpec& spec) {
  if (spec.unit == 'g') return 9;
  int width = 0;
  walk(codes_of(spec), [&](const Code& c) { width += c.width; }, [&](char) { ++width; });
  return width;
}

std::string date_body(double x, const FormatSpec& spec) {
  Moment m;
  if (spec.unit == 'g' || !moment_of(x, spec.unit, &m)) return as_number(x);
  std::string out;
  walk(
      codes_of(spec), [&](const Code& c) { out += c.show(m); },
      [&](char c) { out += c; });
  return out;
}

}  // namespace adohost
