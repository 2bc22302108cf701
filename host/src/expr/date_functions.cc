// Date and time functions ([FN] Date and time functions).
#include <array>
#include <cmath>

#include "data/storage.h"
#include "expr/date_text.h"
#include "expr/functions.h"
#include "format/calendar.h"

namespace adohost {

namespace {

constexpr double kDayMs = static_cast<double>(kMsPerDay);

bool any_missing(const Arguments& a) {
  for (std::size_t i = 0; i < a.count(); ++i) {
    if (!a.is_string(i) && is_missing(a.number(i))) return true;
  }
  return false;
}

double as_double(std::int64_t n) {
  return static_cast<double>(n);
}

double days_from(double year, double month, double day) {
  if (!(std::fabs(year) < 1e5) || !(std::fabs(month) < 100) || !(std::fabs(day) < 100)) {
    return missing_value();
  }
  const CivilDate date{static_cast<int>(year), static_cast<int>(month),
                       static_cast<int>(day)};
  return is_valid_date(date) ? as_double(days_of(date)) : missing_value();
}

double mdy(const Arguments& a) {
  return any_missing(a) ? missing_value()
                        : days_from(a.number(2), a.number(0), a.number(1));
}

/// A function of the calendar date of day x.
template <int (*f)(const CivilDate&)>
double of_date(double x) {
  const auto date = civil_of(x);
  return date ? f(*date) : missing_value();
}

int year_of(const CivilDate& d) {
  return d.year;
}
int month_of(const CivilDate& d) {
  return d.month;
}
int day_of(const CivilDate& d) {
  return d.day;
}
int quarter_of(const CivilDate& d) {
  return (d.month - 1) / 3 + 1;
}
int half_of(const CivilDate& d) {
  return (d.month - 1) / 6 + 1;
}
int months_since(const CivilDate& d) {
  return (d.year - 1960) * 12 + d.month - 1;
}
int quarters_since(const CivilDate& d) {
  return (d.year - 1960) * 4 + (d.month - 1) / 3;
}
int halves_since(const CivilDate& d) {
  return (d.year - 1960) * 2 + (d.month - 1) / 6;
}
int weeks_since(const CivilDate& d) {
  return (d.year - 1960) * 52 + week_of_year(d) - 1;
}
int month_length(const CivilDate& d) {
  return days_in_month(d.year, d.month);
}
int first_of_month(const CivilDate& d) {
  return static_cast<int>(days_of({d.year, d.month, 1}));
}
int last_of_month(const CivilDate& d) {
  return static_cast<int>(days_of({d.year, d.month, days_in_month(d.year, d.month)}));
}

double dow(double x) {
  const auto date = civil_of(x);
  return date ? day_of_week(days_of(*date)) : missing_value();
}

/// The first day of period x of those that come `per_year` times a year.
template <int per_year>
double day_of_period(double x) {
  if (!(std::fabs(x) < 1e6)) return missing_value();
  x = std::floor(x);
  const double years = std::floor(x / per_year);
  const double rest = x - years * per_year;
  if (per_year == 52) {
    const double first = days_from(1960 + years, 1, 1);
    return is_missing(first) ? first : first + 7 * rest;
  }
  return days_from(1960 + years, rest * (12 / per_year) + 1, 1);
}

double day_of_year_number(double x) {
  return days_from(x, 1, 1);
}

/// ym(1960, 2) and so on.
template <int per_year>
double period(const Arguments& a) {
  const double year = a.number(0);
  const double n = a.number(1);
  if (any_missing(a) || year < kFirstYear || year > kLastYear || n < 1 || n > per_year ||
      n != std::floor(n) || year != std::floor(year)) {
    return missing_value();
  }
  return (year - 1960) * per_year + n - 1;
}

double time_in_day(double h, double m, double s) {
  if (!(h >= 0 && h < 24 && m >= 0 && m < 60 && s >= 0 && s < 60)) return missing_value();
  return std::round((std::floor(h) * 60 + std::floor(m)) * 60000 + s * 1000);
}

double hms(const Arguments& a) {
  return any_missing(a) ? missing_value()
                        : time_in_day(a.number(0), a.number(1), a.number(2));
}

double dhms(const Arguments& a) {
  if (any_missing(a)) return missing_value();
  const double time = time_in_day(a.number(1), a.number(2), a.number(3));
  return is_missing(time) ? time : std::floor(a.number(0)) * kDayMs + time;
}

double mdyhms(const Arguments& a) {
  if (any_missing(a)) return missing_value();
  const double day = days_from(a.number(2), a.number(0), a.number(1));
  const double time = time_in_day(a.number(3), a.number(4), a.number(5));
  return is_missing(day) || is_missing(time) ? missing_value() : day * kDayMs + time;
}

double leap_seconds_added(double x) {
  return is_missing(x) ? x : with_leap_seconds(x);
}
double leap_seconds_removed(double x) {
  return is_missing(x) ? x : without_leap_seconds(x);
}

TimeOfDay time_at(double x) {
  double days = 0;
  return time_of(x, &days);
}

double hh(double x) {
  return time_at(x).hour;
}
double mm(double x) {
  return time_at(x).minute;
}
double ss(double x) {
  const TimeOfDay t = time_at(x);
  return t.second + t.millisecond / 1000.0;
}
double dofc(double x) {
  return std::floor(x / kDayMs);
}

double top_year(const Arguments& a) {
  return a.number_or(2, missing_value());
}

double daily(const Arguments& a) {
  return daily_value(a.text(0), a.text(1), top_year(a));
}

template <char unit>
double periodic(const Arguments& a) {
  return period_value(a.text(0), a.text(1), unit, top_year(a));
}

double yearly(const Arguments& a) {
  const double day = period_value(a.text(0) + " 1", a.text(1) + "M", 'm', top_year(a));
  return is_missing(day) ? day : 1960 + std::floor(day / 12);
}

double clock_of(const Arguments& a) {
  return clock_value(a.text(0), a.text(1), top_year(a));
}

constexpr Function kFunctions[] = {
    number_row("mdy", "nnn", mdy),
    number_row("ym", "nn", period<12>),
    number_row("yq", "nn", period<4>),
    number_row("yh", "nn", period<2>),
    number_row("yw", "nn", period<52>),
    number_row("hms", "nnn", hms),
    number_row("dhms", "nnnn", dhms),
    number_row("mdyhms", "nnnnnn", mdyhms),
    {"year", "n", of_date<year_of>},
    {"month", "n", of_date<month_of>},
    {"day", "n", of_date<day_of>},
    {"doy", "n", of_date<day_of_year>},
    {"week", "n", of_date<week_of_year>},
    {"quarter", "n", of_date<quarter_of>},
    {"halfyear", "n", of_date<half_of>},
    {"daysinmonth", "n", of_date<month_length>},
    {"firstdayofmonth", "n", of_date<first_of_month>},
    {"lastdayofmonth", "n", of_date<last_of_month>},
    {"dow", "n", dow},
    {"mofd", "n", of_date<months_since>},
    {"qofd", "n", of_date<quarters_since>},
    {"hofd", "n", of_date<halves_since>},
    {"wofd", "n", of_date<weeks_since>},
    {"yofd", "n", of_date<year_of>},
    {"dofm", "n", day_of_period<12>},
    {"dofq", "n", day_of_period<4>},
    {"dofh", "n", day_of_period<2>},
    {"dofw", "n", day_of_period<52>},
    {"dofy", "n", day_of_year_number},
    {"dofc", "n", dofc},
    {"dofC", "n", [](double x) { return dofc(leap_seconds_removed(x)); }},
    {"cofd", "n", [](double x) { return std::floor(x) * kDayMs; }},
    {"Cofd", "n", [](double x) { return leap_seconds_added(std::floor(x) * kDayMs); }},
    {"Cofc", "n", leap_seconds_added},
    {"cofC", "n", leap_seconds_removed},
    {"hh", "n", hh},
    {"mm", "n", mm},
    {"ss", "n", ss},
    {"hours", "n", [](double x) { return x / 3600000; }},
    {"minutes", "n", [](double x) { return x / 60000; }},
    {"seconds", "n", [](double x) { return x / 1000; }},
    {"msofhours", "n", [](double x) { return x * 3600000; }},
    {"msofminutes", "n", [](double x) { return x * 60000; }},
    {"msofseconds", "n", [](double x) { return x * 1000; }},
    number_row("isleapyear", "n",
               [](const Arguments& a) {
                 const double y = a.number(0);
                 const bool known = y >= kFirstYear && y <= kLastYear;
                 return known ? double(is_leap_year(static_cast<int>(y)))
                              : missing_value();
               }),
    number_row("date", "ss?n", daily),
    number_row("daily", "ss?n", daily),
    number_row("monthly", "ss?n", periodic<'m'>),
    number_row("quarterly", "ss?n", periodic<'q'>),
    number_row("halfyearly", "ss?n", periodic<'h'>),
    number_row("weekly", "ss?n", periodic<'w'>),
    number_row("yearly", "ss?n", yearly),
    number_row("clock", "ss?n", clock_of),
    number_row("Clock", "ss?n",
               [](const Arguments& a) { return leap_seconds_added(clock_of(a)); }),
};

}  // namespace

std::span<const Function> date_functions() {
  return kFunctions;
}

}  // namespace adohost
