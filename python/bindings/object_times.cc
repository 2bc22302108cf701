#include "object_times.h"

#include <datetime.h>

#include "calendar_days.h"

// The macros of datetime.h cast as C does.
#pragma GCC diagnostic ignored "-Wold-style-cast"

namespace nb = nanobind;

namespace stata_pydata::python {
namespace {

constexpr std::int64_t kDay = 86'400'000'000;

std::int64_t microseconds_of_day(int hour, int minute, int second, int microsecond) {
  return ((hour * 60 + minute) * 60 + second) * std::int64_t{1'000'000} + microsecond;
}

}  // namespace

ObjectKind time_kind(nb::handle object) {
  if (!PyDateTimeAPI) PyDateTime_IMPORT;
  if (!PyDateTimeAPI) throw nb::python_error();
  if (PyDateTime_Check(object.ptr())) return ObjectKind::moment;
  if (PyDate_Check(object.ptr())) return ObjectKind::day;
  if (PyTime_Check(object.ptr())) return ObjectKind::time;
  return PyDelta_Check(object.ptr()) ? ObjectKind::duration : ObjectKind::other;
}

std::int64_t days_of(nb::handle date) {
  return days_from_1970(PyDateTime_GET_YEAR(date.ptr()), PyDateTime_GET_MONTH(date.ptr()),
                        PyDateTime_GET_DAY(date.ptr()));
}

std::int64_t moment_of(nb::handle object) {
  const std::int64_t midnight = days_of(object) * kDay;
  if (!PyDateTime_Check(object.ptr())) return midnight;
  return midnight + microseconds_of_day(PyDateTime_DATE_GET_HOUR(object.ptr()),
                                        PyDateTime_DATE_GET_MINUTE(object.ptr()),
                                        PyDateTime_DATE_GET_SECOND(object.ptr()),
                                        PyDateTime_DATE_GET_MICROSECOND(object.ptr()));
}

std::int64_t time_of(nb::handle object) {
  return microseconds_of_day(PyDateTime_TIME_GET_HOUR(object.ptr()),
                             PyDateTime_TIME_GET_MINUTE(object.ptr()),
                             PyDateTime_TIME_GET_SECOND(object.ptr()),
                             PyDateTime_TIME_GET_MICROSECOND(object.ptr()));
}

std::int64_t duration_of(nb::handle object) {
  return PyDateTime_DELTA_GET_DAYS(object.ptr()) * kDay +
         PyDateTime_DELTA_GET_SECONDS(object.ptr()) * std::int64_t{1'000'000} +
         PyDateTime_DELTA_GET_MICROSECONDS(object.ptr());
}

}  // namespace stata_pydata::python
