// What a merge command asks for ([D] merge), taken apart and checked as far as it can be
// without the data.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lang/command_line.h"

namespace adohost {

/// What became of an observation: the codes of _merge.
enum MergeCode : int {
  kMasterOnly = 1,
  kUsingOnly = 2,
  kMatched = 3,
  kMissingUpdated = 4,
  kConflict = 5,
};
inline constexpr int kMergeCodes = 5;

struct MergeRequest {
  bool master_unique = false, using_unique = false;  // 1:m, m:1
  bool by_number = false;                            // 1:1 _n
  std::string keys;                                  // the varlist, as typed
  std::string kind;                                  // "1:1" ...
  std::string keepusing;
  std::string mark = "_merge";  // the variable to make; empty for nogenerate
  bool report = true, labels = true, notes = true;
  bool update = false, replace = false, force = false, sorted = false;
  std::vector<int> keep, required;  // codes of keep() and assert(); none for all
};

/// Throws 198 with Stata's texts.
MergeRequest parse_merge(const CommandLine& line);

}  // namespace adohost
