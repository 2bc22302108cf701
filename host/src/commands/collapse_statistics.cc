#include "commands/collapse_statistics.h"

#include <array>
#include <cmath>
#include <numeric>

#include "base/text.h"
#include "data/storage.h"

namespace adohost {
namespace {

struct Row {
  std::string_view name;
  std::size_t minimum;
  Statistic kind;
};

constexpr Row kRows[] = {
    {"mean", 4, Statistic::mean},
    {"sd", 2, Statistic::sd},
    {"semean", 3, Statistic::semean},
    {"sebinomial", 3, Statistic::sebinomial},
    {"sepoisson", 3, Statistic::sepoisson},
    {"sum", 3, Statistic::sum},
    {"rawsum", 6, Statistic::rawsum},
    {"count", 5, Statistic::count},
    {"percent", 7, Statistic::percent},
    {"max", 3, Statistic::max},
    {"min", 3, Statistic::min},
    {"median", 6, Statistic::percentile},
    {"iqr", 3, Statistic::iqr},
    {"first", 5, Statistic::first},
    {"last", 4, Statistic::last},
    {"firstnm", 7, Statistic::firstnm},
    {"lastnm", 6, Statistic::lastnm},
};

/// The size that sums and counts stand for: rows, or the weights where they say how many
/// observations a row is.
double group_size(const GroupValues& values) {
  const bool rows = values.kind == WeightKind::none ||
                    (values.kind == WeightKind::analytic && !values.probability_weights);
  if (rows) return static_cast<double>(values.x.size());
  return std::accumulate(values.w.begin(), values.w.end(), 0.0);
}

double sum_of(const GroupValues& values, bool weighted) {
  long double sum = 0, weights = 0;
  for (std::size_t i = 0; i < values.x.size(); ++i) {
    const double w = values.w.empty() || !weighted ? 1.0 : values.w[i];
    sum += static_cast<long double>(w) * values.x[i];
    weights += w;
  }
  const bool normalized =
      weighted && values.kind == WeightKind::analytic && !values.probability_weights;
  if (normalized) sum *= static_cast<long double>(values.x.size()) / weights;
  return static_cast<double>(sum);
}

double percentile_of(GroupValues& values, int percent) {
  sort_with_weights(values.x, values.w);
  std::array<int, 1> percents{percent};
  std::array<double, 1> found{};
  percentiles(values.x, values.w, percents, found);
  return found[0];
}

double quotient(double a, double b) {
  return is_missing(a) || !(b > 0) ? missing_value() : a / b;
}

}  // namespace

bool CollapseStatistic::is_a_value() const {
  switch (kind) {
    case Statistic::max:
    case Statistic::min:
      return true;
    default:
      return takes_texts();
  }
}

bool CollapseStatistic::takes_texts() const {
  return kind == Statistic::first || kind == Statistic::last ||
         kind == Statistic::firstnm || kind == Statistic::lastnm;
}

std::optional<CollapseStatistic> parse_statistic(std::string_view word) {
  for (const Row& row : kRows) {
    if (!abbreviates(word, row.name, row.minimum)) continue;
    const bool median = row.kind == Statistic::percentile;
    return CollapseStatistic{row.kind, 50, median ? "p 50" : std::string(row.name)};
  }
  if (!word.starts_with('p')) return std::nullopt;
  const auto percent = to_integer(word.substr(1));
  if (!percent || *percent < 1 || *percent > 99) return std::nullopt;
  return CollapseStatistic{Statistic::percentile, static_cast<int>(*percent),
                           "p " + std::to_string(*percent)};
}

double group_statistic(const CollapseStatistic& statistic, GroupValues& values) {
  const double n = group_size(values);
  if (statistic.kind == Statistic::count) return n;
  if (values.x.empty()) {
    const bool zero =
        statistic.kind == Statistic::sum || statistic.kind == Statistic::rawsum;
    return zero ? 0 : missing_value();
  }
  if (statistic.kind == Statistic::sum) return sum_of(values, true);
  if (statistic.kind == Statistic::rawsum) return sum_of(values, false);
  if (statistic.kind == Statistic::percentile) {
    return percentile_of(values, statistic.percent);
  }
  if (statistic.kind == Statistic::iqr) {
    return percentile_of(values, 75) - percentile_of(values, 25);
  }
  Moments moments;
  if (values.w.empty()) {
    moments.add(values.x);
  } else {
    moments.add(values.x, values.w);
  }
  const double mean = moments.mean(), variance = moments.variance(values.kind);
  const double sd = is_missing(variance) ? variance : std::sqrt(variance);
  switch (statistic.kind) {
    case Statistic::mean:
      return mean;
    case Statistic::sd:
      return sd;
    case Statistic::semean:
      return quotient(sd, std::sqrt(n));
    case Statistic::sebinomial:
      return mean < 0 || mean > 1 ? missing_value() : std::sqrt(mean * (1 - mean) / n);
    case Statistic::sepoisson:
      return mean < 0 ? missing_value() : std::sqrt(mean / n);
    case Statistic::max:
      return moments.maximum();
    default:
      return moments.minimum();
  }
}

}  // namespace adohost
