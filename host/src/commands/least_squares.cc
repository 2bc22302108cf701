#include "commands/least_squares.h"

#include <cmath>
#include <numeric>

#include "data/storage.h"

namespace adohost {
namespace {

// Residuals whose squares are less than this part of all are rounding: a perfect fit.
constexpr double kNothingLeft = 1e-22;

// A column is left out where less than this part of its squares is left when those
// before it are taken away.
constexpr long double kTolerance = 1e-13L;

using Square = std::vector<std::vector<long double>>;

/// Works on columns from which their means have been taken, so that few digits cancel.
class Fitter {
 public:
  explicit Fitter(const RegressionData& data) : data_(data), k_(data.x.size()) {
    scale_weights();
    find_means();
    find_products();
  }

  Regression fit(bool robust) {
    invert();
    Regression result;
    result.n = n_;
    result.tss = static_cast<double>(yy_);
    result.clusters = static_cast<double>(data_.clusters);
    result.omitted = omitted_;
    if (data_.constant) result.omitted.push_back(false);
    result.rank = std::accumulate(omitted_.begin(), omitted_.end(), 0.0,
                                  [](double sum, bool out) { return sum + !out; }) +
                  (data_.constant ? 1 : 0);
    find_coefficients(result);
    result.rss = residual_squares(result.b);
    if (result.rss < kNothingLeft * result.tss) result.rss = 0;
    for (std::size_t a = 0; a < k_; ++a) {
      const long double ratio = yy_ > 0 ? std::sqrt(xx_[a][a] / yy_) : 0;
      result.beta.push_back(static_cast<double>(result.b[a] * ratio));
    }
    find_variances(result, robust);
    return result;
  }

 private:
  double weight(std::size_t i) const {
    return data_.w.empty() ? 1.0 : data_.w[i] * scale_;
  }

  /// Analytic weights are scaled to sum to the number of rows.
  void scale_weights() {
    n_ = static_cast<double>(data_.y.size());
    if (data_.w.empty()) return;
    const double sum = std::accumulate(data_.w.begin(), data_.w.end(), 0.0);
    if (data_.frequencies) {
      n_ = sum;
    } else {
      scale_ = n_ / sum;
    }
  }

  double mean_of(const std::vector<double>& column) const {
    if (!data_.constant) return 0;
    long double sum = 0;
    for (std::size_t i = 0; i < column.size(); ++i) {
      sum += static_cast<long double>(weight(i)) * column[i];
    }
    return static_cast<double>(sum / n_);
  }

  void find_means() {
    y_mean_ = mean_of(data_.y);
    for (const auto& column : data_.x) x_mean_.push_back(mean_of(column));
  }

  void find_products() {
    xx_.assign(k_, std::vector<long double>(k_));
    xy_.assign(k_, 0);
    std::vector<long double> row(k_);
    for (std::size_t i = 0; i < data_.y.size(); ++i) {
      const long double w = weight(i), y = data_.y[i] - y_mean_;
      yy_ += w * y * y;
      for (std::size_t a = 0; a < k_; ++a) {
        row[a] = data_.x[a][i] - x_mean_[a];
        xy_[a] += w * row[a] * y;
        for (std::size_t b = 0; b <= a; ++b) xx_[a][b] += w * row[a] * row[b];
      }
    }
    for (std::size_t a = 0; a < k_; ++a) {
      for (std::size_t b = a + 1; b < k_; ++b) xx_[a][b] = xx_[b][a];
    }
  }

  /// Sweeps the columns in order; what is left out stays zero in the inverse.
  void invert() {
    omitted_.assign(k_, false);
    inverse_ = xx_;
    for (std::size_t p = 0; p < k_; ++p) {
      const long double pivot = inverse_[p][p];
      omitted_[p] = !(pivot > kTolerance * xx_[p][p]);
      if (!omitted_[p]) sweep(p);
    }
    for (std::size_t a = 0; a < k_; ++a) {
      for (std::size_t b = 0; b < k_; ++b) {
        if (omitted_[a] || omitted_[b]) inverse_[a][b] = 0;
      }
    }
  }

  void sweep(std::size_t p) {
    const long double pivot = inverse_[p][p];
    for (std::size_t b = 0; b < k_; ++b) inverse_[p][b] /= pivot;
    for (std::size_t a = 0; a < k_; ++a) {
      if (a == p) continue;
      const long double factor = inverse_[a][p];
      for (std::size_t b = 0; b < k_; ++b) inverse_[a][b] -= factor * inverse_[p][b];
      inverse_[a][p] = -factor / pivot;
    }
    inverse_[p][p] = 1 / pivot;
  }

  void find_coefficients(Regression& result) const {
    long double constant = y_mean_;
    for (std::size_t a = 0; a < k_; ++a) {
      long double sum = 0;
      for (std::size_t c = 0; c < k_; ++c) sum += inverse_[a][c] * xy_[c];
      result.b.push_back(static_cast<double>(sum));
      constant -= sum * x_mean_[a];
    }
    if (data_.constant) result.b.push_back(static_cast<double>(constant));
  }

  double residual(const std::vector<double>& b, std::size_t i) const {
    long double fitted = data_.constant ? b[k_] : 0;
    for (std::size_t a = 0; a < k_; ++a) {
      fitted += static_cast<long double>(b[a]) * data_.x[a][i];
    }
    return static_cast<double>(data_.y[i] - fitted);
  }

  double residual_squares(const std::vector<double>& b) const {
    long double sum = 0;
    for (std::size_t i = 0; i < data_.y.size(); ++i) {
      const long double e = residual(b, i);
      sum += weight(i) * e * e;
    }
    return static_cast<double>(sum);
  }

  /// The inverse of the products of all columns, the constant last.
  Square bread() const {
    const std::size_t all = k_ + (data_.constant ? 1 : 0);
    Square full(all, std::vector<long double>(all));
    for (std::size_t a = 0; a < k_; ++a) {
      for (std::size_t b = 0; b < k_; ++b) full[a][b] = inverse_[a][b];
    }
    if (!data_.constant) return full;
    long double corner = 1.0L / n_;
    for (std::size_t a = 0; a < k_; ++a) {
      long double sum = 0;
      for (std::size_t b = 0; b < k_; ++b) sum += inverse_[a][b] * x_mean_[b];
      full[a][k_] = full[k_][a] = -sum;
      corner += sum * x_mean_[a];
    }
    full[k_][k_] = corner;
    return full;
  }

  /// The sum over clusters of the products of what their residuals times columns sum to.
  Square clustered_meat(const std::vector<double>& b) const {
    const std::size_t all = b.size();
    Square scores(data_.clusters, std::vector<long double>(all));
    for (std::size_t i = 0; i < data_.y.size(); ++i) {
      const long double weighted = residual(b, i) * weight(i);
      auto& score = scores[data_.cluster[i]];
      for (std::size_t a = 0; a < k_; ++a) score[a] += weighted * data_.x[a][i];
      if (data_.constant) score[k_] += weighted;
    }
    Square sums(all, std::vector<long double>(all));
    for (const auto& score : scores) {
      for (std::size_t r = 0; r < all; ++r) {
        for (std::size_t c = 0; c < all; ++c) sums[r][c] += score[r] * score[c];
      }
    }
    return sums;
  }

  /// The sum over observations of squared residuals times the products of their columns.
  Square meat(const std::vector<double>& b) const {
    const std::size_t all = b.size();
    Square sums(all, std::vector<long double>(all));
    std::vector<long double> row(all, 1);
    for (std::size_t i = 0; i < data_.y.size(); ++i) {
      for (std::size_t a = 0; a < k_; ++a) row[a] = data_.x[a][i];
      const long double e = residual(b, i), w = weight(i);
      const long double square = (data_.frequencies ? w : w * w) * e * e;
      for (std::size_t r = 0; r < all; ++r) {
        for (std::size_t c = 0; c < all; ++c) sums[r][c] += square * row[r] * row[c];
      }
    }
    return sums;
  }

  static Square product(const Square& a, const Square& b) {
    const std::size_t n = a.size();
    Square c(n, std::vector<long double>(n));
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t k = 0; k < n; ++k) {
        for (std::size_t j = 0; j < n; ++j) c[i][j] += a[i][k] * b[k][j];
      }
    }
    return c;
  }

  void find_variances(Regression& result, bool robust) const {
    const double df = result.residual_df();
    const Square plain = bread();
    result.plain_v = flattened(plain, df > 0 ? result.rss / df : 0);
    result.v = result.plain_v;
    if (!robust) return;
    const bool clustered = data_.clusters > 0;
    const Square middle = clustered ? clustered_meat(result.b) : meat(result.b);
    const Square sandwich = product(product(plain, middle), plain);
    result.v = flattened(sandwich, robust_factor(result));
  }

  /// What makes up for estimates from few rows or few clusters.
  static double robust_factor(const Regression& fit) {
    const double df = fit.residual_df();
    if (!(df > 0)) return 0;
    if (fit.clusters == 0) return fit.n / df;
    if (fit.clusters == 1) return 0;
    return (fit.n - 1) / df * fit.clusters / (fit.clusters - 1);
  }

  static std::vector<double> flattened(const Square& v, long double factor) {
    std::vector<double> cells;
    for (const auto& row : v) {
      for (const long double cell : row) {
        cells.push_back(static_cast<double>(cell * factor));
      }
    }
    return cells;
  }

  const RegressionData& data_;
  std::size_t k_;
  double n_ = 0, scale_ = 1;
  double y_mean_ = 0;
  std::vector<double> x_mean_;
  Square xx_, inverse_;
  std::vector<long double> xy_;
  long double yy_ = 0;
  std::vector<bool> omitted_;
};

}  // namespace

double wald_statistic(const Regression& fit, std::size_t slopes) {
  std::vector<std::size_t> kept;
  for (std::size_t k = 0; k < slopes; ++k) {
    if (!fit.omitted[k]) kept.push_back(k);
  }
  // Solves V z = b by elimination; the statistic is b'z.
  const std::size_t n = kept.size();
  Square rows(n, std::vector<long double>(n + 1));
  for (std::size_t r = 0; r < n; ++r) {
    for (std::size_t c = 0; c < n; ++c) {
      rows[r][c] = fit.v[kept[r] * fit.columns() + kept[c]];
    }
    rows[r][n] = fit.b[kept[r]];
  }
  for (std::size_t p = 0; p < n; ++p) {
    if (!(rows[p][p] > 0)) return missing_value();
    for (std::size_t r = 0; r < n; ++r) {
      if (r == p) continue;
      const long double factor = rows[r][p] / rows[p][p];
      for (std::size_t c = p; c <= n; ++c) rows[r][c] -= factor * rows[p][c];
    }
  }
  long double sum = 0;
  for (std::size_t p = 0; p < n; ++p) sum += fit.b[kept[p]] * rows[p][n] / rows[p][p];
  return static_cast<double>(sum);
}

Regression fit_least_squares(const RegressionData& data, bool robust) {
  return Fitter(data).fit(robust);
}

}  // namespace adohost
