#include "commands/report_chi2.h"

#include <cmath>

namespace adohost {

namespace {

constexpr double kPrecision = 1e-16;
constexpr int kSteps = 10000;

/// Regularized lower incomplete gamma by its series; converges fast for x < a + 1.
double lower_gamma_series(double a, double x) {
  double term = 1 / a, sum = term;
  for (int n = 1; n < kSteps && term > sum * kPrecision; ++n) {
    term *= x / (a + n);
    sum += term;
  }
  return sum * std::exp(a * std::log(x) - x - std::lgamma(a));
}

/// Regularized upper incomplete gamma by its continued fraction (Lentz's method);
/// converges fast for x >= a + 1.
double upper_gamma_fraction(double a, double x) {
  constexpr double kTiny = 1e-300;
  double b = x + 1 - a, c = 1 / kTiny, d = 1 / b, h = d;
  for (int n = 1; n < kSteps; ++n) {
    const double an = -n * (n - a);
    b += 2;
    d = 1 / (std::fabs(an * d + b) < kTiny ? kTiny : an * d + b);
    c = std::fabs(b + an / c) < kTiny ? kTiny : b + an / c;
    h *= d * c;
    if (std::fabs(d * c - 1) < kPrecision) break;
  }
  return h * std::exp(a * std::log(x) - x - std::lgamma(a));
}

}  // namespace

double chi2_upper_tail(double df, double x) {
  if (x <= 0) return 1;
  const double a = df / 2, half = x / 2;
  return half < a + 1 ? 1 - lower_gamma_series(a, half) : upper_gamma_fraction(a, half);
}

}  // namespace adohost
