#include "expr/distributions.h"

#include <cmath>
#include <initializer_list>
#include <limits>
#include <numbers>

#include "data/storage.h"

namespace adohost {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kTiny = 1e-300;
constexpr double kEnough = 1e-16;
constexpr int kMostTerms = 20000;

/// x^a e^-x / Gamma(a)
double gamma_front(double a, double x) {
  return std::exp(a * std::log(x) - x - std::lgamma(a));
}

double gamma_series(double a, double x) {
  double term = 1 / a;
  double total = term;
  for (int n = 1; n < kMostTerms; ++n) {
    term *= x / (a + n);
    total += term;
    if (std::fabs(term) < std::fabs(total) * kEnough) break;
  }
  return total * gamma_front(a, x);
}

/// Lentz's evaluation of the continued fraction of Q(a, x).
double gamma_fraction(double a, double x) {
  double b = x + 1 - a;
  double c = 1 / kTiny;
  double d = 1 / b;
  double h = d;
  for (int i = 1; i < kMostTerms; ++i) {
    const double an = -i * (i - a);
    b += 2;
    d = an * d + b;
    if (std::fabs(d) < kTiny) d = kTiny;
    c = b + an / c;
    if (std::fabs(c) < kTiny) c = kTiny;
    d = 1 / d;
    const double step = d * c;
    h *= step;
    if (std::fabs(step - 1) < kEnough) break;
  }
  return h * gamma_front(a, x);
}

double beta_fraction(double a, double b, double x) {
  double c = 1;
  double d = 1 - (a + b) * x / (a + 1);
  if (std::fabs(d) < kTiny) d = kTiny;
  d = 1 / d;
  double h = d;
  for (int m = 1; m < kMostTerms; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    double step = 1;
    for (const double term : {even, odd}) {
      d = 1 + term * d;
      if (std::fabs(d) < kTiny) d = kTiny;
      c = 1 + term / c;
      if (std::fabs(c) < kTiny) c = kTiny;
      d = 1 / d;
      step = d * c;
      h *= step;
    }
    if (std::fabs(step - 1) < kEnough) break;
  }
  return h;
}

}  // namespace

double normal_probability(double z) {
  return .5 * std::erfc(-z / std::numbers::sqrt2);
}

double normal_quantile(double p) {
  if (!(p > 0 && p < 1)) return kNone;
  if (p > .5) return -normal_quantile(1 - p);
  double z = inverse(p, -40, 0, normal_probability);
  return p == .5 ? 0 : z;
}

double gamma_lower(double a, double x) {
  if (!(a > 0)) return kNone;
  if (x <= 0) return 0;
  return x < a + 1 ? gamma_series(a, x) : 1 - gamma_fraction(a, x);
}

double gamma_upper(double a, double x) {
  if (!(a > 0)) return kNone;
  if (x <= 0) return 1;
  return x < a + 1 ? 1 - gamma_series(a, x) : gamma_fraction(a, x);
}

double beta_lower(double a, double b, double x) {
  if (!(a > 0) || !(b > 0)) return kNone;
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const double front = std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) +
                                a * std::log(x) + b * std::log1p(-x));
  const bool near_zero = x < (a + 1) / (a + b + 2);
  return near_zero ? front * beta_fraction(a, b, x) / a
                   : 1 - front * beta_fraction(b, a, 1 - x) / b;
}

double t_upper(double df, double t) {
  if (!(df > 0)) return missing_value();
  const double tail = beta_lower(df / 2, .5, df / (df + t * t)) / 2;
  return t >= 0 ? tail : 1 - tail;
}

// Searching in the tail keeps its digits.
double upper_t_quantile(double df, double p) {
  if (!(df > 0) || !(p > 0 && p < 1)) return missing_value();
  if (p > .5) return -upper_t_quantile(df, 1 - p);
  if (p == .5) return 0;
  return inverse(-p, 0, 1e100, [df](double t) { return -t_upper(df, t); });
}

double f_upper(double n1, double n2, double f) {
  if (!(n1 > 0) || !(n2 > 0)) return missing_value();
  return f <= 0 ? 1 : beta_lower(n2 / 2, n1 / 2, n2 / (n2 + n1 * f));
}

}  // namespace adohost
