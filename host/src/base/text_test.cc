#include "base/text.h"

#include "doctest/doctest.h"

namespace adohost {

TEST_CASE("names follow Stata's rules") {
  CHECK(is_name("x"));
  CHECK(is_name("_a1"));
  CHECK(is_name("größe"));
  CHECK(is_name(std::string(32, 'a')));
  CHECK_FALSE(is_name(std::string(33, 'a')));
  CHECK_FALSE(is_name("1a"));
  CHECK_FALSE(is_name("a b"));
  CHECK_FALSE(is_name(""));
  CHECK(is_reserved("_n"));
  CHECK(is_reserved("str12"));
  CHECK_FALSE(is_reserved("str"));
}

TEST_CASE("abbreviations need their minimum") {
  CHECK(abbreviates("su", "summarize", 2));
  CHECK(abbreviates("summarize", "summarize", 2));
  CHECK_FALSE(abbreviates("s", "summarize", 2));
  CHECK_FALSE(abbreviates("sumx", "summarize", 2));
  CHECK_FALSE(abbreviates("", "summarize", 0));
}

TEST_CASE("characters are counted, not bytes") {
  CHECK(utf8_length("größe") == 5);
  CHECK(utf8_length("\xff\xfe") == 2);
  CHECK(utf8_prefix("größe", 3) == "grö");
  CHECK(pad_left("ö", 3) == "  ö");
  CHECK(pad_right("ö", 3) == "ö  ");
  CHECK(abbreviate("leadprice_e", 8) == "leadpr~e");
  CHECK(abbreviate("short", 8) == "short");
}

TEST_CASE("numbers as Stata reads them") {
  CHECK(to_number("1.5") == 1.5);
  CHECK(to_number(" -2 ") == -2);
  CHECK(to_number("+3") == 3);
  CHECK(to_number(".5") == .5);
  CHECK(to_number("1e3") == 1000);
  CHECK(to_number("1d3") == 1000);
  CHECK(to_number("+1.8000000000000X+004") == 24);
  CHECK(to_number(".") == 0x1p1023);
  CHECK(to_number(".a") == 0x1.001p1023);
  CHECK(to_number("1e-400") == 0);
  CHECK(to_number("1e400") == 0x1p1023);
  for (const char* bad : {"", "abc", "1x", "1 2", "--1", "nan", "inf", "0x10", "e5"}) {
    CAPTURE(bad);
    CHECK_FALSE(to_number(bad));
  }
}

TEST_CASE("whole numbers") {
  CHECK(to_integer("-12") == -12);
  CHECK_FALSE(to_integer("1.0"));
  CHECK_FALSE(to_integer(""));
  CHECK_FALSE(to_integer("99999999999999999999"));
}

}  // namespace adohost
