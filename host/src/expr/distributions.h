// The distributions behind normal(), ttail(), chi2() and their relatives. Relative
// accuracy is about 1e-13 in the body and 1e-10 in far tails. Arguments outside the
// domain give NaN.
#pragma once

namespace adohost {

double normal_probability(double z);  // P(Z <= z)
double normal_quantile(double p);     // 0 < p < 1

/// P(a, x) and Q(a, x) = 1 - P, the regularized incomplete gamma functions.
double gamma_lower(double a, double x);
double gamma_upper(double a, double x);
/// I_x(a, b), the regularized incomplete beta function.
double beta_lower(double a, double b, double x);

/// Upper tails of Student's t and of F, and the t with upper tail p; missing outside the
/// domain.
double t_upper(double df, double t);
double upper_t_quantile(double df, double p);
double f_upper(double n1, double n2, double f);

/// The x in [low, high] where the increasing function f reaches p, by bisection to the
/// last bit; `f` may hold state.
template <class F>
double inverse(double p, double low, double high, F f) {
  for (int i = 0; i < 2000; ++i) {
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    (f(middle) < p ? low : high) = middle;
  }
  return high;
}

}  // namespace adohost
