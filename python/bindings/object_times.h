// Objects of the module datetime as numbers. With the GIL.
#pragma once

#include <nanobind/nanobind.h>

#include <cstdint>

#include "object_kinds.h"

namespace stata_pydata::python {

/// day, moment, time or duration; other for anything else.
ObjectKind time_kind(nanobind::handle object);

// REQUIRES: an object of the kind.

/// Days since 1970 of a date or datetime.
std::int64_t days_of(nanobind::handle date);
/// Microseconds since 1970 of a date's midnight, or of a datetime by the clock on the
/// wall, whatever its time zone.
std::int64_t moment_of(nanobind::handle object);
/// Microseconds since midnight.
std::int64_t time_of(nanobind::handle object);
/// Microseconds.
std::int64_t duration_of(nanobind::handle object);

}  // namespace stata_pydata::python
