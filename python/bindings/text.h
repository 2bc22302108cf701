// Python values as text and back: names, and values in messages.
#pragma once

#include <nanobind/nanobind.h>

#include <string>

namespace stata_pydata::python {

/// The name in UTF-8. Throws invalid where it has a lone surrogate. REQUIRES: a str.
std::string utf8_of(nanobind::handle name);
/// A name from an info file: UTF-8, or else Latin-1, which every byte string is.
nanobind::object name_of(const std::string& bytes);
/// repr(value), cut to what a message can hold, with the type's name.
std::string described(nanobind::handle value);

}  // namespace stata_pydata::python
