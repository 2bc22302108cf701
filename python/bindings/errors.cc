#include "errors.h"

#include <nanobind/nanobind.h>

#include <cerrno>
#include <cstring>
#include <exception>

#include "stata_pydata/error.h"

namespace nb = nanobind;

namespace stata_pydata::python {
namespace {

PyObject* class_of(Fault fault) {
  switch (fault) {
    case Fault::invalid:
    case Fault::damaged:
      return PyExc_ValueError;
    case Fault::type:
      return PyExc_TypeError;
    case Fault::range:
      return PyExc_OverflowError;
    case Fault::exists:
      return PyExc_FileExistsError;
    case Fault::not_found:
      return PyExc_FileNotFoundError;
    case Fault::denied:
      return PyExc_PermissionError;
    case Fault::memory:
      return PyExc_MemoryError;
    case Fault::system:
      return PyExc_OSError;
  }
  return PyExc_RuntimeError;
}

/// The errno that a Python program expects of the class; System V calls have their own
/// ideas (EINVAL for a segment that is not there). 0: the exception carries none.
int errno_of(const Error& error) {
  switch (error.fault()) {
    case Fault::exists:
      return EEXIST;
    case Fault::not_found:
      return ENOENT;
    case Fault::denied:
      return error.system_errno() ? error.system_errno() : EACCES;
    case Fault::system:
      return error.system_errno();
    default:
      return 0;
  }
}

void raise(const Error& error) {
  const char* text = error.what();
  nb::object message = nb::steal(PyUnicode_DecodeUTF8(
      text, static_cast<Py_ssize_t>(std::strlen(text)), "surrogateescape"));
  if (!message.is_valid()) return;
  nb::handle type = class_of(error.fault());
  if (const int code = errno_of(error))
    PyErr_SetObject(type.ptr(), nb::make_tuple(code, message).ptr());
  else
    PyErr_SetObject(type.ptr(), message.ptr());
}

}  // namespace

void register_errors() {
  nb::register_exception_translator([](const std::exception_ptr& pointer, void*) {
    try {
      std::rethrow_exception(pointer);
    } catch (const Error& error) {
      raise(error);
    }
  });
}

}  // namespace stata_pydata::python
