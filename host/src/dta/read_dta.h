// Reads the data set in a .dta file, or some of its variables and observations.
#pragma once

#include <cstdint>
#include <vector>

#include "dta/dta_file.h"

namespace adohost {

/// The variables whose positions in `file.data` are `variables` (ascending), with the
/// observations [first, last), their strL texts and value labels; the description of
/// `file` comes along. Where variables are left out, so are the label sets that no other
/// variable has, and the sort order ends at the first that is missing. Throws 612, 688,
/// 692, 909. REQUIRES: `file` was read from `input`; 0 <= first <= last <= file.nobs.
Dataset read_dta(const DtaInput& input, const DtaFile& file,
                 const std::vector<int>& variables, std::int64_t first,
                 std::int64_t last);
/// All of it.
Dataset read_dta(const DtaInput& input, const DtaFile& file);

}  // namespace adohost
