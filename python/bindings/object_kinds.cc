#include "object_kinds.h"

#include <array>
#include <cmath>

#include "object_times.h"

namespace nb = nanobind;

namespace stata_pydata::python {
namespace {

using Kind = ObjectKind;

bool is(nb::handle object, nb::handle cls) {
  const int answer = PyObject_IsInstance(object.ptr(), cls.ptr());
  if (answer < 0) throw nb::python_error();
  return answer == 1;
}

}  // namespace

const char* kind_name(ObjectKind kind) {
  constexpr std::array<const char*, 12> names = {
      "missing", "text", "bytes",    "bool", "int",       "float",
      "decimal", "date", "datetime", "time", "timedelta", "other"};
  return names[static_cast<std::size_t>(kind)];
}

ObjectKinds::ObjectKinds(nb::tuple missing) : missing_(missing) {
  decimal_ = nb::module_::import_("decimal").attr("Decimal");
  const nb::module_ numbers = nb::module_::import_("numbers");
  integral_ = numbers.attr("Integral");
  real_ = numbers.attr("Real");
  const nb::object modules = nb::module_::import_("sys").attr("modules");
  const nb::object numpy = modules.attr("get")("numpy");
  if (!numpy.is_none()) numpy_bool_ = numpy.attr("bool_");
}

ObjectKind ObjectKinds::of(nb::handle object) const {
  PyObject* pointer = object.ptr();
  if (PyUnicode_Check(pointer)) return Kind::text;
  if (object.is_none()) return Kind::missing;
  if (PyFloat_Check(pointer))
    return std::isnan(PyFloat_AS_DOUBLE(pointer)) ? Kind::missing : Kind::real;
  for (const nb::handle singleton : missing_)
    if (object.is(singleton)) return Kind::missing;
  if (PyBool_Check(pointer)) return Kind::boolean;
  if (PyLong_Check(pointer)) return Kind::integer;
  if (PyBytes_Check(pointer) || PyByteArray_Check(pointer)) return Kind::bytes;
  if (const Kind kind = time_kind(object); kind != Kind::other) return kind;
  return by_class(object);
}

ObjectKind ObjectKinds::by_class(nb::handle object) const {
  if (is(object, decimal_))
    return nb::cast<bool>(object.attr("is_nan")()) ? Kind::missing : Kind::decimal;
  if (numpy_bool_.is_valid() && is(object, numpy_bool_)) return Kind::boolean;
  if (is(object, integral_)) return Kind::integer;
  if (is(object, real_)) {
    const double value = PyFloat_AsDouble(object.ptr());
    if (PyErr_Occurred()) throw nb::python_error();
    return std::isnan(value) ? Kind::missing : Kind::real;
  }
  return Kind::other;
}

ObjectKind common_kind(ObjectKind a, ObjectKind b) {
  if (a == b || b == Kind::missing) return a;
  if (a == Kind::missing) return b;
  const auto both = [&](Kind x, Kind y) {
    return (a == x && b == y) || (a == y && b == x);
  };
  if (both(Kind::integer, Kind::real)) return Kind::real;
  if (both(Kind::integer, Kind::decimal)) return Kind::decimal;
  if (both(Kind::real, Kind::decimal)) return Kind::real;
  if (both(Kind::day, Kind::moment)) return Kind::moment;
  return Kind::other;
}

}  // namespace stata_pydata::python
