// What kind of value a Python object is. With the GIL.
#pragma once

#include <nanobind/nanobind.h>

namespace stata_pydata::python {

enum class ObjectKind {
  missing,
  text,
  bytes,
  boolean,
  integer,
  real,
  decimal,
  day,
  moment,
  time,
  duration,
  other
};

/// "text", "int", "datetime" ...
const char* kind_name(ObjectKind kind);

/// The kind of a column that holds values of both; `other` where there is none.
ObjectKind common_kind(ObjectKind a, ObjectKind b);

class ObjectKinds {
 public:
  /// `missing` holds objects that are missing values besides None and NaN.
  explicit ObjectKinds(nanobind::tuple missing);

  ObjectKind of(nanobind::handle object) const;

 private:
  ObjectKind by_class(nanobind::handle object) const;

  nanobind::tuple missing_;
  nanobind::object decimal_, integral_, real_, numpy_bool_;
};

}  // namespace stata_pydata::python
