#include "python_list.h"

#include <bit>
#include <cmath>
#include <string>

#include "stata_pydata/error.h"
#include "text.h"

namespace nb = nanobind;

namespace stata_pydata::python {
namespace {

constexpr Py_ssize_t kSignalInterval = 1 << 16;

std::string element(Py_ssize_t index, nb::handle value) {
  return "element " + std::to_string(index) + " is " + described(value);
}

/// Turns a pending Python exception of `type` into nothing; passes on any other.
void swallow(PyObject* type) {
  if (!PyErr_ExceptionMatches(type)) throw nb::python_error();
  PyErr_Clear();
}

/// The value as an int object; invalid where it is none (a float is none).
nb::object as_int(nb::handle value) {
  if (PyLong_Check(value.ptr())) return nb::borrow(value);
  if (PyFloat_Check(value.ptr()) || !PyIndex_Check(value.ptr())) return {};
  nb::object index = nb::steal(PyNumber_Index(value.ptr()));
  if (!index.is_valid()) swallow(PyExc_TypeError);
  return index;
}

std::int64_t integer_word(nb::handle value, Py_ssize_t index) {
  const nb::object number = as_int(value);
  if (!number.is_valid())
    throw Error(Fault::type,
                element(index, value) + ", not an int" +
                    (PyFloat_Check(value.ptr()) ? "; dtype 'float' takes it" : ""));
  int overflow = 0;
  const long long word = PyLong_AsLongLongAndOverflow(number.ptr(), &overflow);
  if (overflow != 0)
    throw Error(Fault::range, element(index, value) +
                                  ", beyond what a C long holds "
                                  "(-9223372036854775808 to 9223372036854775807)");
  return word;
}

bool is_real(nb::handle value) {
  const PyNumberMethods* numbers = Py_TYPE(value.ptr())->tp_as_number;
  return numbers != nullptr && numbers->nb_float != nullptr &&
         !PyComplex_Check(value.ptr());
}

/// The double that `value` is; throws where it is another number than any double.
double exact_double(nb::handle value, Py_ssize_t index) {
  const nb::object number = nb::steal(PyNumber_Float(value.ptr()));
  if (!number.is_valid()) swallow(PyExc_OverflowError);
  const double result = number.is_valid() ? PyFloat_AS_DOUBLE(number.ptr()) : INFINITY;
  if (std::isnan(result)) return result;
  int equal = 0;
  if (number.is_valid()) {
    equal = PyObject_RichCompareBool(number.ptr(), value.ptr(), Py_EQ);
    if (equal < 0) throw nb::python_error();
  }
  if (equal == 0)
    throw Error(Fault::range, element(index, value) +
                                  ", which a C double can't hold exactly; float() of it "
                                  "is the nearest");
  return result;
}

std::int64_t double_word(nb::handle value, Py_ssize_t index) {
  double number = 0;
  if (PyFloat_CheckExact(value.ptr())) {
    number = PyFloat_AS_DOUBLE(value.ptr());
  } else if (const nb::object whole = as_int(value); whole.is_valid()) {
    number = exact_double(whole, index);
  } else if (is_real(value)) {
    number = exact_double(value, index);
  } else {
    throw Error(Fault::type, element(index, value) + ", not a float");
  }
  return std::bit_cast<std::int64_t>(number);
}

}  // namespace

SegmentType type_of_name(nb::handle dtype) {
  if (PyUnicode_Check(dtype.ptr())) {
    if (PyUnicode_CompareWithASCIIString(dtype.ptr(), "int") == 0)
      return SegmentType::int_;
    if (PyUnicode_CompareWithASCIIString(dtype.ptr(), "float") == 0)
      return SegmentType::float_;
    if (PyUnicode_CompareWithASCIIString(dtype.ptr(), "long") == 0)
      return SegmentType::long_;
  }
  throw Error(Fault::type,
              "dtype must be 'int', 'float' or 'long', not " + described(dtype));
}

std::vector<std::int64_t> words_of_list(nb::handle data, SegmentType type) {
  if (!PyList_Check(data.ptr()))
    throw Error(Fault::type,
                std::string("data must be a list, not ") + Py_TYPE(data.ptr())->tp_name);
  const Py_ssize_t count = PyList_GET_SIZE(data.ptr());
  std::vector<std::int64_t> words(static_cast<std::size_t>(count));
  Py_ssize_t index = 0;
  for (; index < count && index < PyList_GET_SIZE(data.ptr()); ++index) {
    if (index % kSignalInterval == 0 && PyErr_CheckSignals() != 0)
      throw nb::python_error();
    const nb::object value = nb::borrow(PyList_GET_ITEM(data.ptr(), index));
    words[static_cast<std::size_t>(index)] = type == SegmentType::float_
                                                 ? double_word(value, index)
                                                 : integer_word(value, index);
  }
  if (PyList_GET_SIZE(data.ptr()) != count)
    throw Error(Fault::invalid, "data changed its size while it was read");
  return words;
}

}  // namespace stata_pydata::python
