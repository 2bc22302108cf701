// Ordinary least squares of one variable on others ([R] regress, Methods and formulas).
// Columns that others before them explain are left out.
#pragma once

#include <cstddef>
#include <vector>

namespace adohost {

/// The observations of a regression, by column, without missing values.
struct RegressionData {
  std::vector<double> y;
  std::vector<std::vector<double>> x;
  std::vector<double> w;             // weights, or empty
  std::vector<std::size_t> cluster;  // which cluster a row belongs to, or empty
  std::size_t clusters = 0;          // how many there are
  bool frequencies = false;  // a weight says how many observations a row stands for
  bool constant = true;
};

struct Regression {
  double n = 0;                 // observations
  std::vector<double> b;        // by column of x, the constant last
  std::vector<bool> omitted;    // the same order
  std::vector<double> v;        // variances of b, row by row
  std::vector<double> plain_v;  // the same without `robust`
  std::vector<double> beta;     // b in standard deviations, the constant left out
  double rss = 0;               // of the residuals
  double tss = 0;               // around the mean, or around 0 without a constant
  double rank = 0;              // coefficients that are not left out
  double clusters = 0;          // 0 where the rows stand alone

  double residual_df() const { return n - rank; }
  /// The degrees of freedom of its tests.
  double test_df() const { return clusters > 0 ? clusters - 1 : residual_df(); }
  double model_df(bool constant) const { return rank - (constant ? 1 : 0); }
  double mss() const { return tss - rss; }
  std::size_t columns() const { return b.size(); }
};

/// The Wald statistic of the first `slopes` coefficients together.
double wald_statistic(const Regression& fit, std::size_t slopes);

/// REQUIRES: columns of equal length, at least one row. `robust` gives the variances of
/// Huber and White with the factor n / (n - k), or with clusters the ones that let rows
/// of a cluster depend on each other.
Regression fit_least_squares(const RegressionData& data, bool robust);

}  // namespace adohost
