// Days of the proleptic Gregorian calendar.
#pragma once

#include <cstdint>

namespace stata_pydata::python {

/// Days from 1 January 1970 to a day of the calendar.
constexpr std::int64_t days_from_1970(int year, int month, int day) noexcept {
  // Years that begin in March end with the leap day.
  const int shifted = month <= 2 ? year - 1 : year;
  const int era = (shifted >= 0 ? shifted : shifted - 399) / 400;
  const int year_of_era = shifted - era * 400;
  const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return std::int64_t{era} * 146'097 + day_of_era - 719'468;
}

static_assert(days_from_1970(1970, 1, 1) == 0);
static_assert(days_from_1970(1960, 1, 1) == -3653);
static_assert(days_from_1970(2000, 3, 1) == 11'017);

}  // namespace stata_pydata::python
