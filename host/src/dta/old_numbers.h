// Numbers as they were before release 113, when a type had one missing value.
#pragma once

#include "data/dataset.h"

namespace adohost {

/// Gives the cells of bytes, ints and longs the codes of today: the largest number of a
/// type was its missing value, and numbers that are missing values now widen their
/// variable.
void mend_old_numbers(Dataset& data);

}  // namespace adohost
