#include "stata_pydata/segment_values.h"

#include <cstring>
#include <limits>
#include <vector>

#include "doctest/doctest.h"
#include "stata_pydata/stata_types.h"

using namespace stata_pydata;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();

template <typename T>
SegmentScan scan(const std::vector<T>& values, SegmentType type, int threads = 1) {
  static_assert(sizeof(T) == 8);
  return scan_segment(reinterpret_cast<const std::byte*>(values.data()),
                      static_cast<std::int64_t>(values.size()), type, threads);
}

SegmentScan doubles(const std::vector<double>& values, int threads = 1) {
  return scan(values, SegmentType::float_, threads);
}

SegmentScan integers(const std::vector<std::int64_t>& values, int threads = 1) {
  return scan(values, SegmentType::int_, threads);
}

}  // namespace

TEST_CASE("integers: the range") {
  const auto lowest = std::numeric_limits<std::int64_t>::min();
  const auto highest = std::numeric_limits<std::int64_t>::max();
  const SegmentScan some = integers({3, lowest, 0, highest});
  CHECK(some.kind == ValueKind::integers);
  CHECK(some.present == 4);
  CHECK(some.min_integer == lowest);
  CHECK(some.max_integer == highest);
  CHECK(integers({}).present == 0);
  CHECK(integers({}).min_integer == 0);
  CHECK(integers({-5}).max_integer == -5);
}

TEST_CASE("doubles: range, missing values, whole numbers, floats") {
  const SegmentScan mixed = doubles({2.5, kNaN, -3});
  CHECK(mixed.kind == ValueKind::doubles);
  CHECK(mixed.present == 2);
  CHECK(mixed.min_double == -3);
  CHECK(mixed.max_double == 2.5);
  CHECK(mixed.any_missing);
  CHECK_FALSE(mixed.all_integral);
  CHECK(mixed.all_float);
  CHECK(mixed.first_outside == -1);
  CHECK(doubles({1, 2, kNaN}).all_integral);
  CHECK_FALSE(doubles({0.1}).all_float);
  CHECK_FALSE(doubles({0x1p127}).all_float);  // a float of IEEE, missing to Stata
  CHECK(doubles({static_cast<double>(kFloatMax)}).all_float);
  CHECK_FALSE(doubles({16777217}).all_float);
  CHECK(doubles({kNaN, kNaN}).present == 0);
  CHECK(doubles({kNaN}).max_double == 0);
}

TEST_CASE("doubles: the first that Stata can't hold") {
  CHECK(doubles({kDoubleMax, kDoubleMin, kNaN}).first_outside == -1);
  CHECK(doubles({1, kInf}).first_outside == 1);
  CHECK(doubles({1, 2, -kInf, kInf}).first_outside == 2);
  CHECK(doubles({kDoubleMissing}).first_outside == 0);
  std::vector<double> many(200000, 1.0);
  many[150000] = kInf;
  many[199999] = -kInf;
  for (const int threads : {1, 3}) CHECK(doubles(many, threads).first_outside == 150000);
}

TEST_CASE("many threads find what one finds") {
  std::vector<double> many(300001);
  for (std::size_t i = 0; i < many.size(); ++i)
    many[i] = i % 7 == 0 ? kNaN : static_cast<double>(i) - 1000;
  const SegmentScan one = doubles(many, 1), four = doubles(many, 4);
  CHECK(one.present == four.present);
  CHECK(one.min_double == -999);
  CHECK(four.min_double == -999);
  CHECK(one.max_double == four.max_double);
  CHECK(four.all_integral);
}

TEST_CASE("type long: C longs, unless every word can only be a Python 2 double") {
  const auto kind = [](const auto& values) {
    return scan(values, SegmentType::long_).kind;
  };
  using Longs = std::vector<std::int64_t>;
  using Doubles = std::vector<double>;
  CHECK(kind(Longs{1, 2, -3}) == ValueKind::integers);
  CHECK(kind(Longs{}) == ValueKind::integers);
  CHECK(kind(Longs{0, 0}) == ValueKind::integers);
  CHECK(kind(Doubles{1, -2, 0, 1e300}) == ValueKind::doubles);
  CHECK(kind(Doubles{1, 2.5}) == ValueKind::integers);
  CHECK(kind(Doubles{0.5}) == ValueKind::integers);
  CHECK(kind(Doubles{kInf}) == ValueKind::integers);
  CHECK(kind(Longs{std::numeric_limits<std::int64_t>::min()}) == ValueKind::integers);
  Doubles nearly(100000, 7.0);
  nearly.back() = 1e-3;
  CHECK(kind(nearly) == ValueKind::integers);
}

TEST_CASE("the scan reads doubles of type long as doubles") {
  const auto scan_result =
      scan(std::vector<double>{5, -9007199254740993.0}, SegmentType::long_);
  CHECK(scan_result.min_double == -9007199254740992.0);
  CHECK(scan_result.all_integral);
}

TEST_CASE("an empty segment has one word") {
  CHECK(segment_bytes(0) == 8);
  CHECK(segment_bytes(1) == 8);
  CHECK(segment_bytes(3) == 24);
}
