#include "interrupt.h"

#include <nanobind/nanobind.h>

#include <chrono>

namespace nb = nanobind;

namespace stata_pydata::python {

Poll interrupt_poll() {
  using Clock = std::chrono::steady_clock;
  return [due = Clock::time_point{}]() mutable {
    const Clock::time_point now = Clock::now();
    if (now < due) return;
    due = now + std::chrono::milliseconds(20);
    const nb::gil_scoped_acquire gil;
    if (PyErr_CheckSignals() != 0) throw nb::python_error();
  };
}

}  // namespace stata_pydata::python
