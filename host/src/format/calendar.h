// The proleptic Gregorian calendar and Stata's date units ([D] Datetime): days, weeks,
// months, quarters and half-years since 1960, milliseconds since 1960 with (%tC) and
// without
// (%tc) leap seconds. Plain arithmetic on values; nothing here is shared or allocated.
#pragma once

#include <cstdint>
#include <optional>

namespace adohost {

inline constexpr std::int64_t kMsPerSecond = 1000;
inline constexpr std::int64_t kMsPerDay = 86400000;
/// The years that Stata's dates reach.
inline constexpr int kFirstYear = 100;
inline constexpr int kLastYear = 9999;

struct CivilDate {
  int year = 1960;
  int month = 1;  // 1..12
  int day = 1;    // 1..31
};

struct TimeOfDay {
  int hour = 0;
  int minute = 0;
  int second = 0;  // 60 in a leap second
  int millisecond = 0;
};

bool is_leap_year(int year);
int days_in_month(int year, int month);
/// Whether there is such a day between kFirstYear and kLastYear.
bool is_valid_date(const CivilDate& date);

/// Days since 01jan1960. REQUIRES: month and day as in CivilDate; any year.
std::int64_t days_of(const CivilDate& date);
/// The day that is `days` after 01jan1960, or nothing outside Stata's years.
std::optional<CivilDate> civil_of(double days);

int day_of_year(const CivilDate& date);   // 1..366
int day_of_week(std::int64_t days);       // 0 is Sunday
int week_of_year(const CivilDate& date);  // 1..52; week 52 has 8 or 9 days

/// Splits milliseconds into whole days since 1960 and the time of that day.
TimeOfDay time_of(double milliseconds, double* days);
/// %tC to %tc: takes out the leap seconds; `in_leap_second` tells whether the moment is
/// one.
double without_leap_seconds(double milliseconds, bool* in_leap_second = nullptr);
/// %tc to %tC.
double with_leap_seconds(double milliseconds);

}  // namespace adohost
