// The scalar kernel table.
#pragma once

#include "stata_pydata/kernels.h"

namespace stata_pydata::dta {

extern const KernelTable kScalarKernels;

}  // namespace stata_pydata::dta
