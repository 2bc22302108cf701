// The sets of value labels at the end of a .dta file.
#pragma once

#include <map>
#include <string>

#include "dta/dta_file.h"

namespace adohost {

/// All sets of the file. Texts of more than 32,000 bytes, and one for `.`, are left out,
/// as Stata does. Throws 612, 688.
std::map<std::string, ValueLabel> read_dta_value_labels(const DtaInput& input,
                                                        const DtaFile& file);

}  // namespace adohost
