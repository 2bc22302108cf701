#include "data/varlist.h"

#include "base/error.h"
#include "doctest/doctest.h"

using namespace adohost;

namespace {

Dataset cars() {
  Dataset data;
  for (const char* name : {"price", "mpg", "rep78", "weight", "rep_cost", "x1", "x10"}) {
    data.add_variable(name, {Storage::float_, 0});
  }
  data.add_variable("make", {Storage::str, 18});
  return data;
}

/// The names that `text` stands for, or the error.
std::string names(const Dataset& data, std::string_view text,
                  const VarlistRules& rules = {}) {
  try {
    std::string joined;
    for (const int v : parse_varlist(data, text, rules)) {
      joined += (joined.empty() ? "" : " ") + data.variable(v).name;
    }
    return joined;
  } catch (const StataError& error) {
    return std::to_string(error.rc()) + ": " + error.text();
  }
}

std::string new_names(const Dataset& data, std::string_view text) {
  try {
    std::string joined;
    for (const std::string& name : parse_newvarlist(data, text)) {
      joined += (joined.empty() ? "" : " ") + name;
    }
    return joined;
  } catch (const StataError& error) {
    return std::to_string(error.rc()) + ": " + error.text();
  }
}

}  // namespace

TEST_CASE("varlists") {
  const Dataset data = cars();
  struct {
    const char *text, *expected;
  } const rows[] = {
      {"mpg price", "mpg price"},
      {"mpg mpg", "mpg mpg"},
      {"  mpg\tprice  ", "mpg price"},
      {"", ""},
      {"w", "weight"},
      {"rep", "111: rep ambiguous abbreviation"},
      {"rep7", "rep78"},
      {"x1", "x1"},
      {"nosuch", "111: variable nosuch not found"},
      {"p*", "price"},
      {"*ep*", "rep78 rep_cost"},
      {"r*t", "rep_cost"},
      {"x?", "x1"},
      {"x??", "x10"},
      {"z*", "111: variable z* not found"},
      {"m~g", "mpg"},
      {"r~", "111: r~ ambiguous abbreviation"},
      {"mpg-weight", "mpg rep78 weight"},
      {"mpg - rep78 price", "mpg rep78 price"},
      {"weight-mpg", "111: variables out of order"},
      {"mpg-", "198: invalid syntax"},
      {"-mpg", "198: invalid syntax"},
      {"i.rep78", "101: factor-variable and time-series operators not allowed"},
      {"3x", "198: 3x invalid name"},
      {"price,mpg", "198: price,mpg invalid name"},
      {"_all", "price mpg rep78 weight rep_cost x1 x10 make"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    CHECK(names(data, row.text) == row.expected);
  }
  CHECK(names(Dataset(), "*") == "111: no variables defined");
}

TEST_CASE("what a command asks of its varlist") {
  const Dataset data = cars();
  VarlistRules rules;
  rules.abbreviate = false;
  CHECK(names(data, "w", rules) == "111: variable w not found");
  rules = {};
  rules.numeric_only = true;
  CHECK(names(data, "price make", rules) ==
        "109: string variables not allowed in varlist;\nmake is a string variable");
  rules = {};
  rules.minimum = 2;
  rules.maximum = 3;
  CHECK(names(data, "mpg", rules) == "102: too few variables specified");
  CHECK(names(data, "mpg-x1", rules) == "103: too many variables specified");
}

TEST_CASE("new varlists") {
  const Dataset data = cars();
  CHECK(new_names(data, "a b y1-y4") == "a b y1 y2 y3 y4");
  CHECK(new_names(data, "y08-y11") == "y08 y09 y10 y11");
  CHECK(new_names(data, "a mpg") == "110: variable mpg already defined");
  CHECK(new_names(data, "a a") == "110: variable a already defined");
  CHECK(new_names(data, "y4-y1") == "198: y4-y1 invalid name");
  CHECK(new_names(data, "y1-z4") == "198: y1-z4 invalid name");
  CHECK(new_names(data, "1a") == "198: 1a invalid name");
  CHECK(new_names(data, "_n") == "198: _n invalid name");
}

TEST_CASE("a pattern of many stars takes no longer than the name is long") {
  Dataset data;
  data.add_variable(std::string(32, 'a'), {Storage::byte_, 0});
  std::string pattern;
  for (int i = 0; i < 15; ++i) pattern += "a*";
  CHECK(names(data, pattern + "b") == "111: variable " + pattern + "b not found");
}
