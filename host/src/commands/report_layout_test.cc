#include "commands/report_layout.h"

#include "doctest/doctest.h"

using namespace adohost;

TEST_CASE("words are wrapped at blanks and cut only where they are too long") {
  using Lines = std::vector<std::string>;
  CHECK(wrap_words("Repair record 1978", 11) == Lines{"Repair", "record 1978"});
  CHECK(wrap_words("Repair record 1978", 10) == Lines{"Repair", "record", "1978"});
  CHECK(wrap_words("smaller_hhsize", 11) == Lines{"smaller_hhs", "ize"});
  CHECK(wrap_words("RECODE of np (Nivel de pobreza)", 11) ==
        Lines{"RECODE of", "np (Nivel", "de pobreza)"});
  CHECK(wrap_words("Was reperfusion treatment attempted?", 10) ==
        Lines{"Was", "reperfusio", "n", "treatment", "attempted?"});
  CHECK(wrap_words("", 10) == Lines{""});
  CHECK(wrap_words("exactly", 7) == Lines{"exactly"});
}

TEST_CASE("a title stands in the middle, one to the left where blanks are odd") {
  CHECK(indent_to_center("Price", 61) == std::string(28, ' ') + "Price");
  CHECK(indent_to_center("coverage_ratio", 61) ==
        std::string(23, ' ') + "coverage_ratio");
  CHECK(indent_to_center("too long", 4) == "too long");
}

TEST_CASE("counts have commas; fractions and long ones do not") {
  CHECK(count_text(74, 11) == "         74");
  CHECK(count_text(10000000, 11) == " 10,000,000");
  CHECK(count_text(12921, 8) == "  12,921");
  CHECK(count_text(2.5, 10) == "       2.5");
  CHECK(count_text(123456789, 8) == " 1.2e+08");
}
