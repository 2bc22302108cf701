#include "stata_pydata/dataset_schema.h"

#include <cstdlib>
#include <ctime>

#include "doctest/doctest.h"
#include "stata_pydata/error.h"
#include "stata_pydata/missing.h"

using namespace stata_pydata::dta;
using Texts = std::vector<std::string>;

TEST_CASE("notes are characteristics counted by note0") {
  Schema schema;
  set_notes(schema, "_dta", Texts{"first", "second"});
  set_notes(schema, "x", Texts{"of x"});
  REQUIRE(schema.characteristics.size() == 5);
  CHECK(schema.characteristics[0].name == "note0");
  CHECK(schema.characteristics[0].contents == "2");
  CHECK(notes_of(schema, "_dta") == Texts{"first", "second"});
  set_notes(schema, "_dta", Texts{"only"});
  CHECK(notes_of(schema, "_dta") == Texts{"only"});
  CHECK(notes_of(schema, "x") == Texts{"of x"});
  set_notes(schema, "_dta", {});
  CHECK(schema.characteristics.size() == 2);
  CHECK_THROWS_WITH_AS(set_notes(schema, "x", Texts(10000)),
                       "x has 10000 notes; at most 9999 are possible",
                       stata_pydata::Error);
}

TEST_CASE("note0 is completed where it lacks or lags behind") {
  Schema schema;
  schema.characteristics = {{"_dta", "note1", "a"},     {"_dta", "note10", "b"},
                            {"x", "note0", "1"},        {"x", "note2", "c"},
                            {"y", "note01", "no note"}, {"y", "notes", "neither"},
                            {"z", "note0", "0"}};
  complete_notes(schema);
  REQUIRE(schema.characteristics.size() == 8);
  CHECK(schema.characteristics[2].contents == "2");
  CHECK(schema.characteristics[6].contents == "0");
  CHECK(schema.characteristics[7].owner == "_dta");
  CHECK(schema.characteristics[7].name == "note0");
  CHECK(schema.characteristics[7].contents == "10");
  CHECK(notes_of(schema, "_dta") == Texts{"a", "b"});
}

TEST_CASE("default formats are Stata's") {
  CHECK(default_format(kByte) == "%8.0g");
  CHECK(default_format(kInt) == "%8.0g");
  CHECK(default_format(kLong) == "%12.0g");
  CHECK(default_format(kFloat) == "%9.0g");
  CHECK(default_format(kDouble) == "%10.0g");
  CHECK(default_format(str_type(3)) == "%9s");
  CHECK(default_format(str_type(2045)) == "%2045s");
  CHECK(default_format(kStrl) == "%9s");
  CHECK(type_name(str_type(7)) == "str7");
  CHECK(type_name(kStrl) == "strL");
}

TEST_CASE("a timestamp pads the day with a blank and the hour with a zero") {
  ::setenv("TZ", "UTC", 1);
  ::tzset();
  CHECK(format_timestamp(1722754920) == " 4 Aug 2024 07:02");
  CHECK(format_timestamp(0) == " 1 Jan 1970 00:00");
  CHECK_THROWS_AS(format_timestamp(std::int64_t{1} << 40), stata_pydata::Error);
}

TEST_CASE("missing values: bits in every type, tagged NaNs outside") {
  CHECK(missing_bits(Storage::byte_, 26) == 0x7F);
  CHECK(missing_bits(Storage::int_, 0) == 0x7FE5);
  CHECK(missing_bits(Storage::long_, 1) == 0x7FFFFFE6);
  CHECK(missing_bits(Storage::float_, 26) == 0x7F00D000);
  CHECK(missing_bits(Storage::double_, 26) == 0x7FE01A0000000000);
  for (int number = 0; number < kMissingValues; ++number) {
    CHECK(missing_of_nan(double_nan_bits(number)) == number);
    CHECK(missing_of_nan(float_nan_bits(number)) == number);
    volatile float narrow = float_nan(number);
    const double wide = narrow;
    CHECK(missing_of_nan(std::bit_cast<std::uint64_t>(wide)) == number);
    volatile double source = double_nan(number);
    CHECK(missing_of_nan(std::bit_cast<std::uint32_t>(static_cast<float>(source))) ==
          number);
  }
  CHECK(missing_of_nan(std::uint64_t{0x7FF00000000007A2}) == 0);
  CHECK(missing_of_nan(std::uint64_t{0xFFFFFFFFFFFFFFFF}) == 0);
  CHECK(missing_of_nan(std::uint32_t{0x7FC0001B}) == 0);
  CHECK(missing_letter(0) == '.');
  CHECK(missing_letter(26) == 'z');
}
