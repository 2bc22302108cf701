#include "bindings.h"
#include "errors.h"

NB_MODULE(_core, module) {
  module.doc() = "The native part of shm: segments, their info files, and .dta images.";
  stata_pydata::python::register_errors();
  stata_pydata::python::bind_writing(module);
  stata_pydata::python::bind_reading(module);
  stata_pydata::python::bind_image_columns(module);
  stata_pydata::python::bind_image_plan(module);
  stata_pydata::python::bind_image_file(module);
  stata_pydata::python::bind_image_rows(module);
  stata_pydata::python::bind_image_store(module);
  stata_pydata::python::bind_large_arrays(module);
  stata_pydata::python::bind_names(module);
}
