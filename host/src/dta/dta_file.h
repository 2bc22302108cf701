// What a .dta file says before its observations: release, byte order, variables, labels,
// characteristics, and where the rest lies. Read from untrusted bytes; what is here has
// been checked against the size of the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "data/dataset.h"
#include "dta/dta_input.h"
#include "dta/release.h"

namespace adohost {

/// Where the cells of a variable lie.
struct DtaColumn {
  std::size_t offset = 0;    // in a row of the file
  VarType type;              // as stored there
  std::uint32_t number = 0;  // of the variable in the file, from 1
};

struct DtaFile {
  const DtaRelease* release = nullptr;
  bool big_endian = false;
  std::int64_t nobs = 0;
  Dataset data;                    // everything but the observations and the value labels
  std::vector<DtaColumn> columns;  // one for each variable of `data`
  /// Variables that take their values from another frame: a file alone has none.
  std::vector<std::string> aliases;
  std::size_t file_variables = 0;  // K, aliases included
  std::size_t row_width = 0;
  std::uint64_t data_at = 0;  // the first observation
  /// What the map of release 117 and later says, not yet checked: where the tags
  /// <strls>, <value_labels> and </stata_dta> stand, and where the file ends.
  std::uint64_t strls_at = 0, value_labels_at = 0, end_at = 0, file_end = 0;

  std::uint64_t data_bytes() const {
    return static_cast<std::uint64_t>(nobs) * row_width;
  }
};

/// Reads all that stands before the observations. Throws 610, 612, 688.
DtaFile read_dta_file(const DtaInput& input);

}  // namespace adohost
