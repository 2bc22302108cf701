#include "data/storage.h"

#include <cmath>
#include <limits>
#include <vector>

#include "doctest/doctest.h"

using namespace adohost;

namespace {

double through(Storage type, double x) {
  std::byte cell[8];
  store_number(cell, type, x);
  return load_number(cell, type);
}

struct RangeRow {
  Storage type;
  double low, high;
};

// c(minbyte) ... c(maxdouble) of Stata.
const RangeRow kRanges[] = {
    {Storage::byte_, -127, 100},
    {Storage::int_, -32767, 32740},
    {Storage::long_, -2147483647, 2147483620},
    {Storage::float_, -0x1.fffffep126, 0x1.fffffep126},
    {Storage::double_, -0x1.fffffffffffffp1023, 0x1.fffffffffffffp1022},
};
const Storage kNumeric[] = {Storage::byte_, Storage::int_, Storage::long_,
                            Storage::float_, Storage::double_};

}  // namespace

TEST_CASE("the ends of each range are kept and what lies beyond becomes .") {
  for (const RangeRow& row : kRanges) {
    CAPTURE(static_cast<int>(row.type));
    CHECK(through(row.type, row.low) == row.low);
    CHECK(through(row.type, row.high) == row.high);
    CHECK(in_range(row.type, row.low));
    CHECK(in_range(row.type, row.high));
    if (row.type < Storage::float_) {
      CHECK(through(row.type, row.low - 1) == missing_value());
      CHECK(through(row.type, row.high + 1) == missing_value());
      CHECK_FALSE(in_range(row.type, row.low - 1));
      CHECK_FALSE(in_range(row.type, row.high + 1));
    }
    CHECK(through(row.type, -std::numeric_limits<double>::infinity()) == missing_value());
    CHECK(through(row.type, std::numeric_limits<double>::infinity()) == missing_value());
    CHECK(through(row.type, std::nan("")) == missing_value());
  }
  CHECK(through(Storage::float_, 0x1p127) == missing_value());
  CHECK(through(Storage::float_, 0x1.ffffffp126) == missing_value());  // rounds to 2^127
  CHECK(through(Storage::float_, -0x1p127) == missing_value());
}

TEST_CASE("the 27 missing values survive in every type") {
  for (const Storage type : kNumeric) {
    for (int tag = 0; tag <= kLastTag; ++tag) {
      CAPTURE(tag);
      const double x = missing_value(tag);
      CHECK(through(type, x) == x);
      CHECK(missing_tag(through(type, x)) == tag);
      CHECK(is_missing(x));
      CHECK(holds(type, x));
    }
  }
}

TEST_CASE("missing values have the codes of the .dta format") {
  CHECK(missing_value(0) == 0x1p1023);
  CHECK(missing_value(1) == 0x1.001p1023);
  CHECK(missing_value(26) == 0x1.01ap1023);
  std::byte cell[4];
  store_number(cell, Storage::byte_, missing_value(26));
  CHECK(std::to_integer<int>(cell[0]) == 127);
  store_number(cell, Storage::int_, missing_value(1));
  CHECK(detail::read<std::int16_t>(cell) == 32742);
  store_number(cell, Storage::long_, missing_value(0));
  CHECK(detail::read<std::int32_t>(cell) == 0x7fffffe5);
  store_number(cell, Storage::float_, missing_value(2));
  CHECK(detail::read<std::uint32_t>(cell) == 0x7f001000);
}

TEST_CASE("codes without a name are .") {
  CHECK(missing_tag(std::bit_cast<double>(0x7fe0000000000001)) == 0);
  CHECK(missing_tag(std::bit_cast<double>(0x7fe01b0000000000)) == 0);
  CHECK(through(Storage::byte_, std::bit_cast<double>(0x7fe0018000000000)) ==
        missing_value());
  CHECK(missing_name(missing_value(0)) == ".");
  CHECK(missing_name(missing_value(1)) == ".a");
  CHECK(missing_name(missing_value(26)) == ".z");
}

TEST_CASE("integer types cut fractions off") {
  CHECK(through(Storage::byte_, 100.9) == 100);
  CHECK(through(Storage::byte_, -127.9) == -127);
  CHECK(through(Storage::int_, -0.5) == 0);
  CHECK(through(Storage::long_, 2147483620.5) == 2147483620);
  CHECK_FALSE(holds(Storage::byte_, 1.5));
  CHECK(holds(Storage::float_, 1.5));
  CHECK_FALSE(holds(Storage::float_, 16777217));
  CHECK_FALSE(holds(Storage::float_, 0.1));
  CHECK_FALSE(holds(Storage::str, 1));
}

TEST_CASE("the smallest type that holds a range of integers") {
  CHECK(smallest_integer_type(-127, 100) == Storage::byte_);
  CHECK(smallest_integer_type(0, 101) == Storage::int_);
  CHECK(smallest_integer_type(-32768, 0) == Storage::long_);
  CHECK(smallest_integer_type(0, 2147483621.0) == Storage::double_);
}

TEST_CASE("type names") {
  for (const char* name : {"byte", "int", "long", "float", "double", "str1", "str2045"}) {
    REQUIRE(VarType::parse(name).has_value());
    CHECK(VarType::parse(name)->name() == name);
  }
  CHECK(VarType::parse("strL")->storage == Storage::strl);
  CHECK(VarType::parse("str")->width == 1);
  for (const char* bad :
       {"", "str0", "str2046", "str-1", "strx", "str1x", "Byte", "real"}) {
    CHECK_FALSE(VarType::parse(bad).has_value());
  }
  CHECK(VarType::parse("str4")->default_format() == "%9s");
  CHECK(VarType::parse("str18")->default_format() == "%18s");
  CHECK(VarType::parse("long")->default_format() == "%12.0g");
  CHECK(VarType::parse("str18")->bytes() == 18);
  CHECK(VarType::parse("strL")->bytes() == 8);
}
