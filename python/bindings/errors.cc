#include "errors.h"

#include <nanobind/nanobind.h>

#include <cerrno>
#include <cstring>
#include <exception>

#include "stata_pydata/error.h"

namespace nb = nanobind;

namespace stata_pydata::python {
namespace {

/// The class in shm.errors; each is the built-in exception that error.h names, too.
const char* class_name(Fault fault) {
  switch (fault) {
    case Fault::invalid:
      return "InvalidInputError";
    case Fault::damaged:
      return "DamagedImageError";
    case Fault::type:
      return "UnsupportedTypeError";
    case Fault::range:
      return "OutOfRangeError";
    case Fault::exists:
      return "SegmentExistsError";
    case Fault::not_found:
      return "SegmentNotFoundError";
    case Fault::denied:
      return "AccessError";
    case Fault::memory:
      return "NoSpaceError";
    case Fault::system:
      return "StorageError";
  }
  return "ShmError";
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
  const nb::object type =
      nb::module_::import_("shm.errors").attr(class_name(error.fault()));
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
