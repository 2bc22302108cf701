// What unit tests ask of errors.
#pragma once

#include <string>

#include "doctest/doctest.h"
#include "stata_pydata/error.h"

namespace stata_pydata {

/// The sentence of the Error that `call` throws, whose fault is checked.
template <typename Call>
std::string message(Fault fault, Call call) {
  try {
    call();
  } catch (const Error& error) {
    CHECK(error.fault() == fault);
    return error.what();
  }
  return "nothing was thrown";
}

}  // namespace stata_pydata
