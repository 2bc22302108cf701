// Mathematical and trigonometric functions ([FN] Mathematical functions).
#include <algorithm>
#include <cmath>

#include "data/storage.h"
#include "expr/functions.h"

namespace adohost {

namespace {

double round_to(const Arguments& a) {
  const double x = a.number(0);
  const double unit = a.number_or(1, 1);
  if (is_missing(x)) return x;
  if (is_missing(unit)) return missing_value();
  return unit == 0 ? x : std::floor(x / unit + .5) * unit;
}

double modulus(const Arguments& a) {
  const double x = a.number(0);
  const double y = a.number(1);
  if (is_missing(x) || is_missing(y) || y <= 0) return missing_value();
  const double rest = std::fmod(x, y);
  return rest < 0 ? rest + y : rest;
}

/// max() and min() pass over missing values unless all are missing.
double extreme(const Arguments& a, bool largest) {
  double best = missing_value();
  for (std::size_t i = 0; i < a.count(); ++i) {
    const double x = a.number(i);
    if (is_missing(x)) continue;
    if (is_missing(best) || (largest ? x > best : x < best)) best = x;
  }
  return best;
}

double log_gamma(double x) {
  if (x <= 0 && x == std::floor(x)) return missing_value();
  return std::lgamma(x);
}

double log_factorial(double n) {
  return n < 0 || n != std::floor(n) ? missing_value() : std::lgamma(n + 1);
}

double combinations(const Arguments& a) {
  const double n = a.number(0);
  double k = a.number(1);
  if (is_missing(n) || is_missing(k) || n != std::floor(n) || k != std::floor(k) ||
      n < 0 || k < 0 || k > n) {
    return missing_value();
  }
  k = std::min(k, n - k);
  constexpr double kFewFactors = 1e4;
  if (k > kFewFactors) {
    return std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1));
  }
  double ways = 1;
  for (double i = 1; i <= k; ++i) ways = ways * (n - k + i) / i;
  return ways < 0x1p53 ? std::round(ways) : ways;
}

double keep_missing(double (*f)(double), double x) {
  return is_missing(x) ? x : f(x);
}

constexpr Function kFunctions[] = {
    {"abs", "n", [](double x) { return std::fabs(x); }},
    {"sqrt", "n", [](double x) { return std::sqrt(x); }},
    {"exp", "n", [](double x) { return std::exp(x); }},
    {"expm1", "n", [](double x) { return std::expm1(x); }},
    {"ln", "n", [](double x) { return std::log(x); }},
    {"log", "n", [](double x) { return std::log(x); }},
    {"ln1p", "n", [](double x) { return std::log1p(x); }},
    {"log1p", "n", [](double x) { return std::log1p(x); }},
    {"ln1m", "n", [](double x) { return std::log1p(-x); }},
    {"log1m", "n", [](double x) { return std::log1p(-x); }},
    {"log10", "n", [](double x) { return std::log10(x); }},
    {"sign", "n", [](double x) { return double((x > 0) - (x < 0)); }},
    {"sin", "n", [](double x) { return std::sin(x); }},
    {"cos", "n", [](double x) { return std::cos(x); }},
    {"tan", "n", [](double x) { return std::tan(x); }},
    {"asin", "n", [](double x) { return std::asin(x); }},
    {"acos", "n", [](double x) { return std::acos(x); }},
    {"atan", "n", [](double x) { return std::atan(x); }},
    {"sinh", "n", [](double x) { return std::sinh(x); }},
    {"cosh", "n", [](double x) { return std::cosh(x); }},
    {"tanh", "n", [](double x) { return std::tanh(x); }},
    {"asinh", "n", [](double x) { return std::asinh(x); }},
    {"acosh", "n", [](double x) { return std::acosh(x); }},
    {"atanh", "n", [](double x) { return std::atanh(x); }},
    {"invlogit", "n", [](double x) { return 1 / (1 + std::exp(-x)); }},
    {"logit", "n", [](double x) { return std::log(x / (1 - x)); }},
    {"lngamma", "n", log_gamma},
    {"lnfactorial", "n", log_factorial},
    {"ceil", "n", nullptr,
     [](const Arguments& a) {
       return keep_missing([](double x) { return std::ceil(x); }, a.number(0));
     }},
    {"floor", "n", nullptr,
     [](const Arguments& a) {
       return keep_missing([](double x) { return std::floor(x); }, a.number(0));
     }},
    {"int", "n", nullptr,
     [](const Arguments& a) {
       return keep_missing([](double x) { return std::trunc(x); }, a.number(0));
     }},
    {"trunc", "n", nullptr,
     [](const Arguments& a) {
       return keep_missing([](double x) { return std::trunc(x); }, a.number(0));
     }},
    {"round", "n?n", nullptr, round_to},
    {"mod", "nn", nullptr, modulus},
    {"max", "n*", nullptr, [](const Arguments& a) { return extreme(a, true); }},
    {"min", "n*", nullptr, [](const Arguments& a) { return extreme(a, false); }},
    {"comb", "nn", nullptr, combinations},
    {"atan2", "nn", nullptr,
     [](const Arguments& a) {
       const bool known = !is_missing(a.number(0)) && !is_missing(a.number(1));
       return known ? std::atan2(a.number(0), a.number(1)) : missing_value();
     }},
};

}  // namespace

std::span<const Function> math_functions() {
  return kFunctions;
}

}  // namespace adohost
