#include "format/calendar.h"

#include <array>
#include <cmath>

namespace adohost {

namespace {

/// Days from the civil date 0000-03-01 (a year that starts in March ends in its leap
/// day).
std::int64_t march_days(std::int64_t year, int month, int day) {
  if (month <= 2) --year;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const int shifted = month > 2 ? month - 3 : month + 9;
  const std::int64_t day_of = (153 * shifted + 2) / 5 + day - 1;
  const std::int64_t in_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of;
  return era * 146097 + in_era;
}

const std::int64_t kEpoch = march_days(1960, 1, 1);

/// The days after which a leap second was inserted.
constexpr std::array<CivilDate, 27> kLeapSeconds = {
    {{1972, 6, 30},  {1972, 12, 31}, {1973, 12, 31}, {1974, 12, 31}, {1975, 12, 31},
     {1976, 12, 31}, {1977, 12, 31}, {1978, 12, 31}, {1979, 12, 31}, {1981, 6, 30},
     {1982, 6, 30},  {1983, 6, 30},  {1985, 6, 30},  {1987, 12, 31}, {1989, 12, 31},
     {1990, 12, 31}, {1992, 6, 30},  {1993, 6, 30},  {1994, 6, 30},  {1995, 12, 31},
     {1997, 6, 30},  {1998, 12, 31}, {2005, 12, 31}, {2008, 12, 31}, {2012, 6, 30},
     {2015, 6, 30},  {2016, 12, 31}}};

}  // namespace

bool is_leap_year(int year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_in_month(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return kDays[month - 1] + (month == 2 && is_leap_year(year) ? 1 : 0);
}

bool is_valid_date(const CivilDate& date) {
  return date.year >= kFirstYear && date.year <= kLastYear && date.month >= 1 &&
         date.month <= 12 && date.day >= 1 &&
         date.day <= days_in_month(date.year, date.month);
}

std::int64_t days_of(const CivilDate& date) {
  return march_days(date.year, date.month, date.day) - kEpoch;
}

std::optional<CivilDate> civil_of(double days) {
  constexpr double kFarthest = 5e6;
  if (!(std::fabs(days) < kFarthest)) return {};
  const std::int64_t z = static_cast<std::int64_t>(std::floor(days)) + kEpoch;
  const std::int64_t era = (z >= 0 ? z : z - 146096) / 146097;
  const std::int64_t in_era = z - era * 146097;
  const std::int64_t year_of_era =
      (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
  const std::int64_t day_of =
      in_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted = (5 * day_of + 2) / 153;
  CivilDate date;
  date.day = static_cast<int>(day_of - (153 * shifted + 2) / 5 + 1);
  date.month = static_cast<int>(shifted < 10 ? shifted + 3 : shifted - 9);
  date.year = static_cast<int>(year_of_era + era * 400 + (date.month <= 2 ? 1 : 0));
  if (date.year < kFirstYear || date.year > kLastYear) return {};
  return date;
}

int day_of_year(const CivilDate& date) {
  return static_cast<int>(days_of(date) - days_of({date.year, 1, 1})) + 1;
}

int day_of_week(std::int64_t days) {
  return static_cast<int>(((days + 5) % 7 + 7) % 7);  // 01jan1960 was a Friday
}

int week_of_year(const CivilDate& date) {
  const int week = (day_of_year(date) - 1) / 7 + 1;
  return week > 52 ? 52 : week;
}

TimeOfDay time_of(double milliseconds, double* days) {
  *days = std::floor(milliseconds / static_cast<double>(kMsPerDay));
  auto left = static_cast<std::int64_t>(
      std::floor(milliseconds - *days * static_cast<double>(kMsPerDay)));
  TimeOfDay time;
  time.millisecond = static_cast<int>(left % kMsPerSecond);
  left /= kMsPerSecond;
  time.second = static_cast<int>(left % 60);
  time.minute = static_cast<int>(left / 60 % 60);
  time.hour = static_cast<int>(left / 3600);
  return time;
}

double without_leap_seconds(double milliseconds, bool* in_leap_second) {
  if (in_leap_second) *in_leap_second = false;
  double passed = 0;
  for (const CivilDate& date : kLeapSeconds) {
    const auto midnight = static_cast<double>((days_of(date) + 1) * kMsPerDay);
    const double leap_starts = midnight + passed * kMsPerSecond;
    if (milliseconds < leap_starts) break;
    if (milliseconds < leap_starts + kMsPerSecond) {
      if (in_leap_second) *in_leap_second = true;
    }
    ++passed;
  }
  return milliseconds - passed * kMsPerSecond;
}

double with_leap_seconds(double milliseconds) {
  double passed = 0;
  for (const CivilDate& date : kLeapSeconds) {
    if (milliseconds < static_cast<double>((days_of(date) + 1) * kMsPerDay)) break;
    ++passed;
  }
  return milliseconds + passed * kMsPerSecond;
}

}  // namespace adohost
