// Writes a data set as a .dta file of release 117, 118 or 119, in the byte order of this
// machine. Equal data give equal bytes: what the format leaves undefined is zero.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "data/dataset.h"

namespace adohost {

struct DtaWriteOptions {
  int release = 118;       // 117 to 119; see usual_dta_release
  bool orphans = false;    // sets of value labels that no variable has are written too
  bool no_labels = false;  // no set is; the variables still name theirs
  std::string timestamp;   // 17 characters, or none
};

/// 118, or 119 where there are more variables than that can count.
int usual_dta_release(const Dataset& data);

/// Takes the next bytes of the file; throws where it cannot.
using DtaSink = std::function<void(const void* bytes, std::size_t n)>;

/// Texts that are longer than their field are cut, between characters.
void write_dta(const Dataset& data, const DtaWriteOptions& options, const DtaSink& sink);

}  // namespace adohost
