#include "lang/numlist.h"

#include <doctest/doctest.h>

#include "base/error.h"

namespace adohost {
namespace {

std::string expand(std::string_view text) {
  return numlist_text(parse_numlist(text));
}

int code(std::string_view text, const NumlistRules& rules = {}) {
  try {
    std::vector<double> numbers = parse_numlist(text);
    apply_numlist_rules(rules, numbers);
  } catch (const StataError& error) {
    return error.rc();
  }
  return 0;
}

NumlistRules rules(std::initializer_list<std::string_view> words) {
  NumlistRules all;
  for (const std::string_view word : words) REQUIRE(add_numlist_rule(all, word));
  return all;
}

TEST_CASE("numlist shorthands of the manual") {
  CHECK(expand("1 2 3") == "1 2 3");
  CHECK(expand("1 3 -2.17 5.12") == "1 3 -2.17 5.12");
  CHECK(expand("-5/-8") == "-5 -6 -7 -8");
  CHECK(expand("-1/2") == "-1 0 1 2");
  CHECK(expand("4 3 to 1") == "4 3 2 1");
  CHECK(expand("10 15:30") == "10 15 20 25 30");
  CHECK(expand("1(2)10") == "1 3 5 7 9");
  CHECK(expand("9[-2]1") == "9 7 5 3 1");
  CHECK(expand("-1(.5)2.5") == "-1 -.5 0 .5 1 1.5 2 2.5");
  CHECK(expand("1,2,3/5,8(2)12") == "1 2 3 4 5 8 10 12");
  CHECK(expand("1 2 3/5 8 10 to 12") == "1 2 3 4 5 8 10 12");
  CHECK(expand("1 .a .") == "1 .a .");
  CHECK(expand("0(.1)1") == "0 .1 .2 .3 .4 .5 .6 .7 .8 .9 1");
  CHECK(expand(" 1e3  2.5e-1 ") == "1000 .25");
  CHECK(expand("").empty());
}

TEST_CASE("what is no numlist is error 121") {
  for (const std::string text :
       {"a", "1 to 3", "to 3", "1/", "1(2", "1(0)5", "1(-1)5", "1(1)", "1,,2", ",1",
        "1 2,", "1/3 to 5", "1-5", "./3", "3 3 to 5"})
    CHECK_MESSAGE(code(text) == 121, text);
  CHECK(code("1/1000000000000") == 123);
}

TEST_CASE("rules of a numlist") {
  CHECK(code("1", rules({"min=2"})) == 122);
  CHECK(code("1 2 3", rules({"max(2)"})) == 123);
  CHECK(code("1/2501") == 123);
  CHECK(code("") == 122);
  CHECK(code("", rules({"min=0"})) == 0);
  CHECK(code("1 1 2", rules({"ascending"})) == 124);
  CHECK(code("1 2", rules({"descending"})) == 124);
  CHECK(code("0 5", rules({">0"})) == 125);
  CHECK(code("0 5", rules({">=0", "<=5"})) == 0);
  CHECK(code("0 5", rules({"range(>=0 <5)"})) == 125);
  CHECK(code("1.5", rules({"integer"})) == 126);
  CHECK(code("1 .") == 127);
  CHECK(code("1 .", rules({"missingokay"})) == 0);
  NumlistRules all;
  CHECK_FALSE(add_numlist_rule(all, "max=x"));
  CHECK_FALSE(add_numlist_rule(all, "ranged"));
  std::vector<double> numbers{3, 1, 2};
  apply_numlist_rules(rules({"sort"}), numbers);
  CHECK(numlist_text(numbers) == "1 2 3");
}

}  // namespace
}  // namespace adohost
