// The texts of strL variables in a .dta file: a list of (variable, observation, text),
// to which cells point.
#pragma once

#include "dta/dta_file.h"

namespace adohost {

/// Gives the strL cells of `data`, which hold what the file holds, the texts that they
/// point at; cells that share one in the file share it in memory. Throws 612 and 688 for
/// a list or cells that break the format's rules: a text defined twice or never, or
/// behind the cell that points at it.
/// `data` holds the observations from `first` on of the variables of `file` at
/// `variables`.
void read_dta_strls(const DtaInput& input, const DtaFile& file, Dataset& data,
                    const std::vector<int>& variables, std::int64_t first);

}  // namespace adohost
