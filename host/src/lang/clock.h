// The time as Stata writes it into files and notes.
#pragma once

#include <string>

namespace adohost {

/// `dd Mon yyyy hh:mm`: now, or the time in SOURCE_DATE_EPOCH, so that the same do-file
/// can write the same bytes.
std::string time_stamp();

}  // namespace adohost
