// What reshape prints, from names and numbers alone (the layout of Stata 17 and later).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace adohost {

struct ReshapeReport {
  bool to_long = false;
  std::string j;
  std::vector<std::string> values;
  std::int64_t observations_before = 0, observations_after = 0;
  std::int64_t variables_before = 0, variables_after = 0;
  struct Group {
    std::vector<std::string> before, after;
  };
  std::vector<Group> groups;
};

std::string reshape_text(const ReshapeReport& report, int linesize);

}  // namespace adohost
