#include "bindings.h"
#include "errors.h"

NB_MODULE(_core, module) {
  module.doc() = "The native part of shm: segments and their info files.";
  stata_pydata::python::register_errors();
  stata_pydata::python::bind_writing(module);
  stata_pydata::python::bind_reading(module);
}
