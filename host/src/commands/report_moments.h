// Sums, moments and percentiles of a column, by Stata's definitions ([R] summarize,
// Methods and formulas). Missing values are the caller's to leave out.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace adohost {

/// How the weights of a summary enter its count and its variance.
enum class WeightKind { none, frequency, analytic, importance };

/// Count, sum, mean, variance, minimum and maximum in one pass: each block is centred on
/// its own mean and joined to what came before, so that no digits cancel.
class Moments {
 public:
  void add(std::span<const double> x);
  /// REQUIRES: w.size() == x.size(); weights are positive.
  void add(std::span<const double> x, std::span<const double> w);

  double rows() const { return static_cast<double>(rows_); }
  double weight() const { return static_cast<double>(weight_); }
  double sum() const { return static_cast<double>(sum_); }
  double minimum() const { return minimum_; }  // missing where there are no rows
  double maximum() const { return maximum_; }
  double mean() const;  // missing where the weights sum to zero
  /// r(N): rows, or the sum of the weights where they are frequencies.
  double count(WeightKind kind) const;
  double variance(WeightKind kind) const;  // missing where the divisor is not positive

 private:
  void join(std::int64_t rows, long double weight, long double sum, long double squares);

  std::int64_t rows_ = 0;
  long double weight_ = 0;
  long double sum_ = 0;
  long double squares_ = 0;  // sum of w * (x - mean)^2
  double minimum_ = 0x1.0p1023;
  double maximum_ = 0x1.0p1023;
};

/// Puts `x` in ascending order and `w`, which is empty where there are no weights, along.
void sort_with_weights(std::vector<double>& x, std::vector<double>& w);
/// The percentiles `percents` (ascending, 1 to 99) of sorted values that are not empty.
void percentiles(std::span<const double> x, std::span<const double> w,
                 std::span<const int> percents, std::span<double> out);

/// Percentiles that `summarize, detail` shows.
inline constexpr std::array<int, 9> kPercents{1, 5, 10, 25, 50, 75, 90, 95, 99};

struct Detail {
  std::array<double, 9> percentiles;  // of kPercents
  std::array<double, 4> smallest;     // ascending; missing where there are fewer rows
  std::array<double, 4> largest;      // ascending, the maximum last
  double skewness;                    // missing where the variance is zero
  double kurtosis;
};

/// Sorts `x` (with `w`, which is empty where there are no weights) and describes it.
/// REQUIRES: x is not empty.
Detail describe_distribution(std::vector<double>& x, std::vector<double>& w);

}  // namespace adohost
