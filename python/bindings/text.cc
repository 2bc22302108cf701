#include "text.h"

#include "stata_pydata/error.h"

namespace nb = nanobind;

namespace stata_pydata::python {
namespace {

constexpr std::size_t kLongest = 60;

std::string shown(nb::handle value) {
  const nb::object text = nb::steal(PyObject_Repr(value.ptr()));
  const nb::object bytes =
      text.is_valid()
          ? nb::steal(PyUnicode_AsEncodedString(text.ptr(), "utf-8", "backslashreplace"))
          : nb::object();
  if (!bytes.is_valid()) {  // a repr() of its own, or an int beyond 4300 digits
    PyErr_Clear();
    return "a value without repr()";
  }
  return {PyBytes_AS_STRING(bytes.ptr()),
          static_cast<std::size_t>(PyBytes_GET_SIZE(bytes.ptr()))};
}

}  // namespace

std::string utf8_of(nb::handle name) {
  Py_ssize_t size = 0;
  const char* text = PyUnicode_AsUTF8AndSize(name.ptr(), &size);
  if (text == nullptr) {
    PyErr_Clear();
    throw Error(Fault::invalid,
                "the name " + shown(name) + " is no text that UTF-8 can hold; rename it");
  }
  return {text, static_cast<std::size_t>(size)};
}

nb::object name_of(const std::string& bytes) {
  const auto size = static_cast<Py_ssize_t>(bytes.size());
  PyObject* name = PyUnicode_DecodeUTF8(bytes.data(), size, nullptr);
  if (name == nullptr) {
    PyErr_Clear();
    name = PyUnicode_DecodeLatin1(bytes.data(), size, nullptr);
  }
  if (name == nullptr) throw nb::python_error();
  return nb::steal(name);
}

std::string described(nb::handle value) {
  std::string text = shown(value);
  if (text.size() > kLongest) {
    std::size_t cut = kLongest;
    while (cut > 0 && (text[cut] & 0xc0) == 0x80) --cut;
    text.resize(cut);
    text += "...";
  }
  return text + " (" + Py_TYPE(value.ptr())->tp_name + ")";
}

}  // namespace stata_pydata::python
