// Statistical functions and random numbers ([FN] Statistical functions).
#include <cmath>
#include <numbers>

#include "data/storage.h"
#include "expr/distributions.h"
#include "expr/functions.h"
#include "expr/random.h"

namespace adohost {

namespace {

bool any_missing(const Arguments& a) {
  for (std::size_t i = 0; i < a.count(); ++i) {
    if (is_missing(a.number(i))) return true;
  }
  return false;
}

double normal_density(double z) {
  return std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
}

/// normalden(z), (z, s), (x, m, s).
double normalden(const Arguments& a) {
  if (any_missing(a)) return missing_value();
  const double mean = a.count() == 3 ? a.number(1) : 0;
  const double sd = a.count() == 1 ? 1 : a.number(a.count() - 1);
  return sd > 0 ? normal_density((a.number(0) - mean) / sd) / sd : missing_value();
}

double ttail(const Arguments& a) {
  return any_missing(a) ? missing_value() : t_upper(a.number(0), a.number(1));
}

double t_lower(const Arguments& a) {
  return any_missing(a) ? missing_value() : t_upper(a.number(0), -a.number(1));
}

double invttail(const Arguments& a) {
  return any_missing(a) ? missing_value() : upper_t_quantile(a.number(0), a.number(1));
}

double invt(const Arguments& a) {
  return any_missing(a) ? missing_value() : -upper_t_quantile(a.number(0), a.number(1));
}

double chi2(const Arguments& a) {
  return any_missing(a) ? missing_value() : gamma_lower(a.number(0) / 2, a.number(1) / 2);
}

double chi2tail(const Arguments& a) {
  return any_missing(a) ? missing_value() : gamma_upper(a.number(0) / 2, a.number(1) / 2);
}

double invchi2tail(const Arguments& a) {
  const double df = a.number(0);
  const double p = a.number(1);
  if (any_missing(a) || !(df > 0) || !(p > 0 && p <= 1)) return missing_value();
  return inverse(-p, 0, 1e10, [df](double x) { return -gamma_upper(df / 2, x / 2); });
}

double invchi2(const Arguments& a) {
  const double df = a.number(0);
  const double p = a.number(1);
  if (any_missing(a) || !(df > 0) || !(p >= 0 && p < 1)) return missing_value();
  return inverse(p, 0, 1e10, [df](double x) { return gamma_lower(df / 2, x / 2); });
}

double Ftail(const Arguments& a) {
  return any_missing(a) ? missing_value()
                        : f_upper(a.number(0), a.number(1), a.number(2));
}

double F(const Arguments& a) {
  if (any_missing(a)) return missing_value();
  const double n1 = a.number(0);
  const double n2 = a.number(1);
  const double f = a.number(2);
  if (!(n1 > 0) || !(n2 > 0)) return missing_value();
  return f <= 0 ? 0 : beta_lower(n1 / 2, n2 / 2, n1 * f / (n2 + n1 * f));
}

double invFtail(const Arguments& a) {
  const double n1 = a.number(0);
  const double n2 = a.number(1);
  const double p = a.number(2);
  if (any_missing(a) || !(n1 > 0) || !(n2 > 0) || !(p > 0 && p <= 1)) {
    return missing_value();
  }
  return inverse(-p, 0, 1e100, [=](double f) { return -f_upper(n1, n2, f); });
}

double runiform(const Arguments& a) {
  const double u = next_uniform(a.session());
  if (a.count() == 0) return u;
  if (a.count() == 1 || any_missing(a)) return missing_value();
  return a.number(0) + (a.number(1) - a.number(0)) * u;
}

constexpr Function kFunctions[] = {
    {"normal", "n", normal_probability},
    {"invnormal", "n", normal_quantile},
    number_row("normalden", "n?nn", normalden),
    number_row("ttail", "nn", ttail),
    number_row("t", "nn", t_lower),
    number_row("invttail", "nn", invttail),
    number_row("invt", "nn", invt),
    number_row("chi2", "nn", chi2),
    number_row("chi2tail", "nn", chi2tail),
    number_row("invchi2", "nn", invchi2),
    number_row("invchi2tail", "nn", invchi2tail),
    number_row("F", "nnn", F),
    number_row("Ftail", "nnn", Ftail),
    number_row("invFtail", "nnn", invFtail),
    number_row("gammap", "nn",
               [](const Arguments& a) {
                 return any_missing(a) ? missing_value()
                                       : gamma_lower(a.number(0), a.number(1));
               }),
    number_row("gammaptail", "nn",
               [](const Arguments& a) {
                 return any_missing(a) ? missing_value()
                                       : gamma_upper(a.number(0), a.number(1));
               }),
    number_row("ibeta", "nnn",
               [](const Arguments& a) {
                 return any_missing(a)
                            ? missing_value()
                            : beta_lower(a.number(0), a.number(1), a.number(2));
               }),
    number_row("runiform", "?nn", runiform, true),
    number_row("uniform", "", runiform, true),
};

}  // namespace

std::span<const Function> statistical_functions() {
  return kFunctions;
}

}  // namespace adohost
