#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "bindings.h"
#include "stata_pydata/variable_names.h"

namespace nb = nanobind;
using namespace nb::literals;

namespace stata_pydata::python {

void bind_names(nb::module_& module) {
  module.def(
      "is_legal_name", [](const std::string& name) { return is_legal_name(name); },
      "name"_a, "Whether Stata takes the name for a variable.");
  module.def(
      "legal_names",
      [](const std::vector<std::string>& names) { return legal_names(names); }, "names"_a,
      "Legal and different names: those that are legal stay.");
}

}  // namespace stata_pydata::python
