#include "commands/report_moments.h"

#include <cmath>

#include "data/storage.h"
#include "doctest/doctest.h"

using namespace adohost;

namespace {

/// The repair records of Stata's auto data: 2, 8, 30, 18 and 11 cars.
std::vector<double> repair_records() {
  std::vector<double> x;
  const int counts[] = {2, 8, 30, 18, 11};
  for (int value = 1; value <= 5; ++value) x.insert(x.end(), counts[value - 1], value);
  return x;
}

}  // namespace

TEST_CASE("moments of the repair records are those in Stata's manual") {
  Moments m;
  m.add(repair_records());
  CHECK(m.rows() == 69);
  CHECK(m.sum() == 235);
  CHECK(m.mean() == doctest::Approx(3.405797101449275).epsilon(1e-15));
  CHECK(std::sqrt(m.variance(WeightKind::none)) ==
        doctest::Approx(.9899323).epsilon(1e-7));
  CHECK(m.minimum() == 1);
  CHECK(m.maximum() == 5);
}

TEST_CASE("moments do not depend on how the rows are cut into blocks") {
  const std::vector<double> x{1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16};
  Moments whole, parts;
  whole.add(x);
  for (const double value : x) parts.add(std::vector<double>{value});
  CHECK(whole.variance(WeightKind::none) == 30);
  CHECK(parts.variance(WeightKind::none) == 30);
  CHECK(parts.mean() == 1e9 + 10);
  parts.add(std::vector<double>{});
  CHECK(parts.rows() == 4);
}

TEST_CASE("each kind of weight has its own count and variance") {
  const std::vector<double> x{1, 2, 10}, w{1, 1, 2};
  Moments m;
  m.add(x, w);
  CHECK(m.sum() == 23);
  CHECK(m.weight() == 4);
  CHECK(m.mean() == 5.75);
  CHECK(m.count(WeightKind::frequency) == 4);
  CHECK(m.count(WeightKind::analytic) == 3);
  // Squares about 5.75: 22.5625 + 14.0625 + 2 * 18.0625 = 72.75.
  CHECK(m.variance(WeightKind::frequency) == 24.25);
  CHECK(m.variance(WeightKind::importance) == 24.25);
  CHECK(m.variance(WeightKind::analytic) == doctest::Approx(72.75 * 3 / 4 / 2));
}

TEST_CASE("no rows have no mean, one row has no variance") {
  Moments m;
  CHECK(is_missing(m.mean()));
  CHECK(is_missing(m.minimum()));
  m.add(std::vector<double>{5});
  CHECK(m.mean() == 5);
  CHECK(is_missing(m.variance(WeightKind::none)));
}

TEST_CASE("percentiles follow Stata's rule") {
  std::vector<double> none, x{40, 10, 30, 20};
  const Detail even = describe_distribution(x, none);
  CHECK(even.percentiles == std::array<double, 9>{10, 10, 10, 15, 25, 35, 40, 40, 40});
  std::vector<double> y{3, 1, 2};
  const Detail odd = describe_distribution(y, none);
  CHECK(odd.percentiles == std::array<double, 9>{1, 1, 1, 1, 2, 3, 3, 3, 3});
  std::vector<double> z{1, 2}, w{3, 1};
  const Detail weighted = describe_distribution(z, w);
  CHECK(weighted.percentiles == std::array<double, 9>{1, 1, 1, 1, 1, 1.5, 2, 2, 2});
}

TEST_CASE("extremes, skewness and kurtosis") {
  std::vector<double> none, x{1, 2, 3, 4, 10};
  const Detail d = describe_distribution(x, none);
  CHECK(d.smallest == std::array<double, 4>{1, 2, 3, 4});
  CHECK(d.largest == std::array<double, 4>{2, 3, 4, 10});
  // About the mean 4: m2 = 10, m3 = 36, m4 = (81 + 16 + 1 + 0 + 1296) / 5 = 278.8.
  CHECK(d.skewness == doctest::Approx(36 / std::pow(10, 1.5)));
  CHECK(d.kurtosis == doctest::Approx(2.788));

  std::vector<double> same{7, 7};
  const Detail flat = describe_distribution(same, none);
  CHECK(is_missing(flat.skewness));
  CHECK(is_missing(flat.kurtosis));
  CHECK(flat.smallest[1] == 7);
  CHECK(is_missing(flat.smallest[2]));
  CHECK(is_missing(flat.largest[1]));
  CHECK(flat.largest[3] == 7);
}
