// Copies cells out of a .dta file into a data set, a block of rows at a time.
#pragma once

#include <cstdint>
#include <vector>

#include "dta/dta_file.h"

namespace adohost {

/// Adds the observations [first, last) to `data`, whose variables are those of `file` at
/// `variables`. Cells of strL hold what the file holds, as they stand there. The types
/// of `data` widen where a release before 113 has numbers that now are missing values.
/// REQUIRES: the rows lie within the file.
void read_dta_rows(const DtaInput& input, const DtaFile& file,
                   const std::vector<int>& variables, std::int64_t first,
                   std::int64_t last, Dataset& data);

}  // namespace adohost
