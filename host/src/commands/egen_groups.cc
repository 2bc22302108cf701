#include "commands/egen_groups.h"

#include <algorithm>

#include "expr/rows.h"

namespace adohost {

namespace {

/// Less than, equal, greater than 0 as for strings.
int compare(const Dataset& data, const std::vector<int>& variables, std::int64_t a,
            std::int64_t b) {
  for (int v : variables) {
    if (data.variable(v).type.is_string()) {
      const int order = data.text(v, a).compare(data.text(v, b));
      if (order != 0) return order;
    } else {
      const double x = data.number(v, a);
      const double y = data.number(v, b);
      if (x != y) return x < y ? -1 : 1;
    }
  }
  return 0;
}

}  // namespace

std::vector<Group> groups_of(const Session& session, const Sample& sample,
                             const std::vector<int>& variables) {
  std::vector<Group> groups;
  for (const auto& [first, last] : observation_runs(session)) {
    Group all;
    for (std::int64_t obs = std::max(first, sample.begin());
         obs < std::min(last, sample.end()); ++obs) {
      if (sample.has(obs)) all.push_back(obs);
    }
    std::stable_sort(all.begin(), all.end(), [&](std::int64_t a, std::int64_t b) {
      return compare(session.data, variables, a, b) < 0;
    });
    for (std::size_t i = 0; i < all.size(); ++i) {
      const bool starts =
          i == 0 || compare(session.data, variables, all[i - 1], all[i]) != 0;
      if (starts) groups.emplace_back();
      groups.back().push_back(all[i]);
    }
  }
  return groups;
}

bool any_missing(const Session& session, const std::vector<int>& variables,
                 std::int64_t obs) {
  return std::any_of(variables.begin(), variables.end(),
                     [&](int v) { return session.data.is_missing_at(v, obs); });
}

}  // namespace adohost
