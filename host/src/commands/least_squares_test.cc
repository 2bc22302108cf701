#include "commands/least_squares.h"

#include <cmath>

#include "commands/regress_report.h"
#include "doctest/doctest.h"

using namespace adohost;

namespace {

RegressionData line_data() {
  RegressionData data;
  data.y = {1, 3, 2, 5, 4};
  data.x = {{1, 2, 3, 4, 5}};
  return data;
}

}  // namespace

TEST_CASE("a line through five points") {
  const Regression fit = fit_least_squares(line_data(), false);
  CHECK(fit.n == 5);
  CHECK(fit.rank == 2);
  CHECK(fit.b[0] == doctest::Approx(0.8));
  CHECK(fit.b[1] == doctest::Approx(0.6));
  CHECK(fit.tss == doctest::Approx(10));
  CHECK(fit.rss == doctest::Approx(3.6));
  CHECK(fit.v[0] == doctest::Approx(0.12));
  CHECK(fit.v[3] == doctest::Approx(1.32));
  CHECK(fit.v[1] == doctest::Approx(-0.36));
  CHECK(wald_statistic(fit, 1) == doctest::Approx(0.64 / 0.12));
}

TEST_CASE("without a constant squares are taken around zero") {
  RegressionData data = line_data();
  data.constant = false;
  const Regression fit = fit_least_squares(data, false);
  CHECK(fit.b.size() == 1);
  CHECK(fit.b[0] == doctest::Approx(53.0 / 55));
  CHECK(fit.tss == doctest::Approx(55));
  CHECK(fit.rank == 1);
}

TEST_CASE("what others explain is left out") {
  RegressionData data = line_data();
  data.x.push_back({2, 4, 6, 8, 10});
  data.x.push_back({7, 7, 7, 7, 7});
  data.x.push_back({1, 0, 1, 0, 0});
  const Regression fit = fit_least_squares(data, false);
  CHECK(fit.omitted == std::vector<bool>{false, true, true, false, false});
  CHECK(fit.b[1] == 0);
  CHECK(fit.b[2] == 0);
  CHECK(fit.rank == 3);
}

TEST_CASE("frequencies count rows, analytic weights do not") {
  RegressionData data = line_data();
  data.w = {2, 1, 1, 1, 1};
  data.frequencies = true;
  RegressionData twice = line_data();
  twice.y.push_back(1);
  twice.x[0].push_back(1);
  const Regression a = fit_least_squares(data, false),
                   b = fit_least_squares(twice, false);
  CHECK(a.n == 6);
  CHECK(a.b[0] == doctest::Approx(b.b[0]));
  CHECK(a.v[0] == doctest::Approx(b.v[0]));
  data.frequencies = false;
  const Regression c = fit_least_squares(data, false);
  CHECK(c.n == 5);
  CHECK(c.b[0] == doctest::Approx(b.b[0]));
}

TEST_CASE("clusters of one row are the rows themselves; larger ones add their scores") {
  RegressionData data = line_data();
  const std::size_t n = data.y.size();
  const Regression alone = fit_least_squares(data, true);
  for (std::size_t i = 0; i < n; ++i) data.cluster.push_back(i);
  data.clusters = n;
  const Regression each = fit_least_squares(data, true);
  CHECK(each.test_df() == static_cast<double>(n) - 1);
  // (n - 1) / (n - k) * n / (n - 1) is n / (n - k).
  for (std::size_t k = 0; k < alone.v.size(); ++k) {
    CHECK(each.v[k] == doctest::Approx(alone.v[k]).epsilon(1e-12));
  }
  data.cluster.assign(n, 0);
  data.cluster.back() = 1;
  data.clusters = 2;
  const Regression two = fit_least_squares(data, true);
  CHECK(two.test_df() == 1);
  CHECK(two.b == alone.b);
  // With two clusters the scores are each other's opposites: the matrix has rank one.
  CHECK(two.v[0] * two.v[3] - two.v[1] * two.v[2] == doctest::Approx(0).epsilon(1e-12));
}

TEST_CASE("digits do not cancel far from zero") {
  RegressionData data = line_data();
  for (double& x : data.x[0]) x += 1e9;
  const Regression fit = fit_least_squares(data, false);
  CHECK(fit.b[0] == doctest::Approx(0.8).epsilon(1e-12));
  CHECK(fit.rss == doctest::Approx(3.6).epsilon(1e-9));
}

TEST_CASE("the table of a regression") {
  RegressReport report;
  report.dependent = "price";
  report.n = 74;
  report.model_df = 2;
  report.residual_df = 71;
  report.mss = 186321279.739;
  report.rss = 448744116.382;
  report.f = 14.7398;
  report.f_probability = 0.0000043;
  report.r2 = 0.29338912;
  report.adjusted_r2 = 0.27348459;
  report.rmse = 2514.0289;
  report.rows = {{"mpg", -49.512221, 86.156039, false},
                 {"copy", 0, 0, true},
                 {"_cons", 1946.0687, 3597.0496, false}};
  CHECK(
      regress_text(report) ==
      "\n"
      "      Source |       SS           df       MS      Number of obs   =        74\n"
      "-------------+----------------------------------   F(2, 71)        =     14.74\n"
      "       Model |   186321280         2  93160639.9   Prob > F        =    0.0000\n"
      "    Residual |   448744116        71  6320339.67   R-squared       =    0.2934\n"
      "-------------+----------------------------------   Adj R-squared   =    0.2735\n"
      "       Total |   635065396        73  8699525.97   Root MSE        =      2514\n"
      "\n"
      "------------------------------------------------------------------------------\n"
      "       price | Coefficient  Std. err.      t    P>|t|     [95% conf. interval]\n"
      "-------------+----------------------------------------------------------------\n"
      "         mpg |  -49.51222   86.15604    -0.57   0.567    -221.3025     122.278\n"
      "        copy |          0  (omitted)\n"
      "       _cons |   1946.069    3597.05     0.54   0.590    -5226.244    9118.382\n"
      "------------------------------------------------------------------------------\n");
}
