#include "commands/report_moments.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "data/storage.h"

namespace adohost {

namespace {

/// Sum of w * (x - mean)^2 in four running sums, which the processor adds side by side.
template <typename Weight>
double centred_squares(std::span<const double> x, double mean, Weight weight) {
  std::array<double, 4> part{};
  std::size_t i = 0;
  for (; i + 4 <= x.size(); i += 4) {
    for (std::size_t k = 0; k < 4; ++k) {
      const double d = x[i + k] - mean;
      part[k] += weight(i + k) * d * d;
    }
  }
  for (; i < x.size(); ++i) part[0] += weight(i) * (x[i] - mean) * (x[i] - mean);
  return (part[0] + part[1]) + (part[2] + part[3]);
}

double unit(std::size_t) {
  return 1.0;
}

void widen_range(std::span<const double> x, double& low, double& high) {
  for (const double value : x) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
}

/// Puts `x` in ascending order and `w` along with it.
void sort_together(std::vector<double>& x, std::vector<double>& w) {
  std::vector<std::pair<double, double>> pairs(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) pairs[i] = {x[i], w[i]};
  std::sort(pairs.begin(), pairs.end());
  for (std::size_t i = 0; i < x.size(); ++i) std::tie(x[i], w[i]) = pairs[i];
}

void fill_shape(std::span<const double> x, std::span<const double> w, Detail& detail) {
  long double total = 0, sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double weight = w.empty() ? 1.0 : w[i];
    total += weight;
    sum += static_cast<long double>(weight) * x[i];
  }
  const double mean = static_cast<double>(sum / total);
  long double m2 = 0, m3 = 0, m4 = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const long double d = x[i] - mean;
    const long double square = (w.empty() ? 1.0 : w[i]) * d * d;
    m2 += square;
    m3 += square * d;
    m4 += square * d * d;
  }
  m2 /= total;
  if (!(m2 > 0)) return;
  detail.skewness = static_cast<double>(m3 / total / (m2 * std::sqrt(m2)));
  detail.kurtosis = static_cast<double>(m4 / total / (m2 * m2));
}

}  // namespace

void sort_with_weights(std::vector<double>& x, std::vector<double>& w) {
  if (w.empty()) {
    std::sort(x.begin(), x.end());
  } else {
    sort_together(x, w);
  }
}

// Stata's rule: with P = total * p / 100, the first value whose cumulated weight exceeds
// P, or the middle between it and the one before where that one ends exactly at P.
void percentiles(std::span<const double> x, std::span<const double> w,
                 std::span<const int> percents, std::span<double> out) {
  const double total = w.empty() ? static_cast<double>(x.size())
                                 : std::accumulate(w.begin(), w.end(), 0.0);
  std::size_t i = 0;
  double before = 0;  // weight of x[0 .. i)
  for (std::size_t k = 0; k < percents.size(); ++k) {
    const double target = total * percents[k] / 100.0;
    while (i + 1 < x.size() && before + (w.empty() ? 1.0 : w[i]) <= target) {
      before += w.empty() ? 1.0 : w[i];
      ++i;
    }
    out[k] = i > 0 && before == target ? (x[i - 1] + x[i]) / 2 : x[i];
  }
}

void Moments::join(std::int64_t rows, long double weight, long double sum,
                   long double squares) {
  if (rows == 0) return;
  if (rows_ > 0) {
    const long double gap = sum / weight - sum_ / weight_;
    squares_ += gap * gap * (weight_ * weight / (weight_ + weight));
  }
  rows_ += rows;
  weight_ += weight;
  sum_ += sum;
  squares_ += squares;
}

void Moments::add(std::span<const double> x) {
  if (x.empty()) return;
  if (rows_ == 0) minimum_ = maximum_ = x[0];
  widen_range(x, minimum_, maximum_);
  const long double sum = std::accumulate(x.begin(), x.end(), 0.0L);
  const auto n = static_cast<long double>(x.size());
  const double mean = static_cast<double>(sum / n);
  const long double offset =
      mean - sum / n;  // what rounding the mean adds to the squares
  const long double squares = centred_squares(x, mean, unit) - n * offset * offset;
  join(static_cast<std::int64_t>(x.size()), n, sum, squares);
}

void Moments::add(std::span<const double> x, std::span<const double> w) {
  if (x.empty()) return;
  if (rows_ == 0) minimum_ = maximum_ = x[0];
  widen_range(x, minimum_, maximum_);
  long double sum = 0, weight = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    sum += static_cast<long double>(w[i]) * x[i];
    weight += w[i];
  }
  const double mean = static_cast<double>(sum / weight);
  const long double offset = mean - sum / weight;
  const double raw = centred_squares(x, mean, [w](std::size_t i) { return w[i]; });
  join(static_cast<std::int64_t>(x.size()), weight, sum, raw - weight * offset * offset);
}

double Moments::mean() const {
  return weight_ > 0 ? static_cast<double>(sum_ / weight_) : missing_value();
}

double Moments::count(WeightKind kind) const {
  return kind == WeightKind::frequency ? weight() : rows();
}

double Moments::variance(WeightKind kind) const {
  const long double n = kind == WeightKind::none || kind == WeightKind::analytic
                            ? static_cast<long double>(rows_)
                            : weight_;
  if (!(n > 1)) return missing_value();
  const long double scale = kind == WeightKind::analytic ? n / weight_ : 1.0L;
  return static_cast<double>(std::max(squares_, 0.0L) * scale / (n - 1));
}

Detail describe_distribution(std::vector<double>& x, std::vector<double>& w) {
  sort_with_weights(x, w);
  Detail detail;
  detail.skewness = detail.kurtosis = missing_value();
  detail.smallest.fill(missing_value());
  detail.largest.fill(missing_value());
  const std::size_t n = std::min<std::size_t>(4, x.size());
  std::copy_n(x.begin(), n, detail.smallest.begin());
  std::copy_n(x.end() - static_cast<std::ptrdiff_t>(n), n, detail.largest.end() - n);
  percentiles(x, w, kPercents, detail.percentiles);
  fill_shape(x, w, detail);
  return detail;
}

}  // namespace adohost
