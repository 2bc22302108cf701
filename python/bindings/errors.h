// stata_pydata::Error as a Python exception: the one place where that is decided.
#pragma once

namespace stata_pydata::python {

/// From now on an Error that leaves a binding becomes the class that error.h names; those
/// that are an OSError carry an errno.
void register_errors();

}  // namespace stata_pydata::python
