// What append, merge and joinby do alike with the variables of the file that comes to
// the data in memory, and what they say of it.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "data/dataset.h"
#include "lang/session.h"

namespace adohost {

/// Pairs of variables: of the using data, of the data in memory.
using ColumnPairs = std::vector<std::pair<int, int>>;

struct CombineOptions {
  std::string command;  // "append", "merge": what the message of error 106 names
  bool force = false;   // a number against a string is no error
};

/// Makes room in the data in memory for the variables `wanted` of `other`: those that are
/// there already are widened, the others added at the end. What it does it says. Returns
/// the pairs whose cells can be copied. Throws 106, and nothing has changed then.
ColumnPairs combine_variables(Session& session, const Dataset& other,
                              const std::vector<int>& wanted,
                              const CombineOptions& options);

/// Takes over value labels, notes and characteristics, and says which labels were known.
void combine_labels(Session& session, const Dataset& other, bool labels, bool notes);

}  // namespace adohost
