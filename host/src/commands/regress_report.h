// What regress prints, from numbers alone (the layout of Stata 17 and later).
#pragma once

#include <string>
#include <vector>

namespace adohost {

struct RegressRow {
  std::string name;
  double b = 0, se = 0;
  bool omitted = false;
  double beta = 0;
};

struct RegressReport {
  std::string dependent;
  double n = 0, model_df = 0, residual_df = 0;
  double mss = 0, rss = 0;
  double f = 0, f_probability = 0;
  double r2 = 0, adjusted_r2 = 0, rmse = 0;
  double level = 95;
  bool robust = false, beta = false;
  double clusters = 0;
  std::string cluster_variable;
  std::vector<RegressRow> rows;
};

std::string regress_text(const RegressReport& report);

/// The t of a row, its two-sided probability and the ends of its interval.
struct Interval {
  double t, p, low, high;
};
Interval interval_of(const RegressRow& row, double df, double level);

}  // namespace adohost
