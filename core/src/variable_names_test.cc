#include "stata_pydata/variable_names.h"

#include "doctest/doctest.h"

using stata_pydata::is_legal_name;
using stata_pydata::legal_name;
using stata_pydata::legal_names;
using Names = std::vector<std::string>;

TEST_CASE("names that Stata takes stay as they are") {
  for (const char* name : {"x", "_x", "X1", "a_b", "größe", "доход", "年齢", "strange",
                           "str", "str1x", "_if", "byte_", "_merge"}) {
    CAPTURE(name);
    CHECK(is_legal_name(name));
    CHECK(legal_name(name, 1) == name);
  }
  CHECK(is_legal_name(std::string(32, 'x')));
}

TEST_CASE("what isn't legal is changed as little as possible") {
  CHECK(legal_name("1x", 1) == "_1x");
  CHECK(legal_name("a b", 1) == "a_b");
  CHECK(legal_name("income ($)", 1) == "income____");
  CHECK(legal_name("a`b\"c'", 1) == "a_b_c_");
  CHECK(legal_name("", 7) == "v7");
  CHECK(legal_name("€", 1) == "_");
  CHECK(legal_name("x\xff\xc3", 1) == "x__");
  CHECK(legal_name("\xc0\xafz", 1) == "__z");
}

TEST_CASE("reserved words get an underscore") {
  for (const std::string word :
       {"if",     "in",    "using", "with",    "byte",  "int",  "long", "float",
        "double", "strL",  "str1",  "str2045", "_all",  "_n",   "_N",   "_pi",
        "_b",     "_coef", "_cons", "_rc",     "_skip", "_pred"}) {
    CAPTURE(word);
    CHECK_FALSE(is_legal_name(word));
    CHECK(legal_name(word, 1) == "_" + word);
  }
}

TEST_CASE("names are cut by characters, not bytes") {
  CHECK(legal_name(std::string(40, 'x'), 1) == std::string(32, 'x'));
  std::string long_name, cut;
  for (int i = 0; i < 40; ++i) long_name += "ä";
  for (int i = 0; i < 32; ++i) cut += "ä";
  CHECK(legal_name(long_name, 1) == cut);
  CHECK(legal_name("1" + std::string(31, 'y'), 1) == "_1" + std::string(30, 'y'));
}

TEST_CASE("collisions are numbered and legal names come first") {
  CHECK(legal_names({"a b", "a-b", "a_b"}) == Names{"a_b_2", "a_b_3", "a_b"});
  CHECK(legal_names({"x", "1", "_1", "1"}) == Names{"x", "_1_2", "_1", "_1_3"});
  const std::string wide(33, 'w');
  CHECK(legal_names({wide + "1", wide + "2"}) ==
        Names{std::string(32, 'w'), std::string(30, 'w') + "_2"});
  CHECK(legal_names({"", ""}) == Names{"v1", "v2"});
}
