// The parts of the native module; each registers its functions.
#pragma once

#include <nanobind/nanobind.h>

namespace stata_pydata::python {

void bind_writing(nanobind::module_& module);
void bind_reading(nanobind::module_& module);
void bind_image_columns(nanobind::module_& module);
void bind_image_plan(nanobind::module_& module);
void bind_image_file(nanobind::module_& module);
void bind_image_rows(nanobind::module_& module);
void bind_image_store(nanobind::module_& module);
void bind_large_arrays(nanobind::module_& module);
void bind_names(nanobind::module_& module);

}  // namespace stata_pydata::python
