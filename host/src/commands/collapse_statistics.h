// The statistics of collapse ([D] collapse), by name, and their values for a group.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "commands/report_moments.h"

namespace adohost {

enum class Statistic {
  mean,
  sd,
  semean,
  sebinomial,
  sepoisson,
  sum,
  rawsum,
  count,
  percent,
  max,
  min,
  percentile,
  iqr,
  first,
  last,
  firstnm,
  lastnm,
};

struct CollapseStatistic {
  Statistic kind = Statistic::mean;
  int percent = 50;           // of percentile
  std::string name = "mean";  // as the variable's label shows it

  /// Whether the value is one of the variable's own: it keeps its type and labels.
  bool is_a_value() const;
  /// Whether texts have it too.
  bool takes_texts() const;
};

/// The statistic that `word` names or abbreviates.
std::optional<CollapseStatistic> parse_statistic(std::string_view word);

/// The values of a variable in a group without the missing ones, and their weights (empty
/// where there are none).
struct GroupValues {
  std::vector<double> x, w;
  WeightKind kind = WeightKind::none;
  bool probability_weights = false;
};

/// The statistic of a group; missing where it has none. Sorts `values`. Not for `first`
/// to `lastnm`, which depend on the order of the data, and not for `percent`.
double group_statistic(const CollapseStatistic& statistic, GroupValues& values);

}  // namespace adohost
