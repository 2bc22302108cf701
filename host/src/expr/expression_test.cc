#include "expr/expression.h"

#include "base/error.h"
#include "data/storage.h"
#include "doctest/doctest.h"
#include "expr/rows.h"
#include "expr/sample.h"
#include "format/format.h"
#include "lang/session.h"

namespace adohost {

namespace {

/// Three observations: x = 1 2 ., price = 10 20 30, s = "a" "b" "", str name.
void fill(Session* session) {
  Dataset& data = session->data;
  data.set_nobs(3);
  const int x = data.add_variable("x", {Storage::byte_, 0});
  const int price = data.add_variable("price", {Storage::double_, 0});
  const int s = data.add_variable("s", {Storage::str, 3});
  data.set_number(x, 0, 1);
  data.set_number(x, 1, 2);
  for (int i = 0; i < 3; ++i) data.set_number(price, i, 10.0 * (i + 1));
  data.set_text(s, 0, "a");
  data.set_text(s, 1, "b");
  data.value_labels["origin"] = {{0, "Domestic"}, {1, "Foreign"}};
  session->scalars["a"] = {false, 7, ""};
  session->scalars["txt"] = {true, 0, "hello"};
  session->scalars["x"] = {false, 99, ""};
  session->matrices["M"] = {2, 2, {1, 2, 3, 4}, {"r1", "r2"}, {"c1", "c2"}};
  session->r.set_scalar("N", 74);
  session->r.set_macro("cmd", "summarize");
}

struct Example {
  const char* text;
  const char* value;  // numbers as macro text, strings in quotes
};

std::string shown(const Value& v) {
  return v.is_string ? "\"" + v.text + "\"" : macro_number(v.number);
}

void check_all(std::initializer_list<Example> examples) {
  Session session;
  fill(&session);
  for (const Example& example : examples) {
    CAPTURE(example.text);
    std::string result;
    try {
      result = shown(evaluate(session, example.text));
    } catch (const StataError& e) {
      result = "error " + std::to_string(e.rc()) + ": " + e.text();
    }
    CHECK(result == example.value);
  }
}

}  // namespace

TEST_CASE("Operators bind as in Stata") {
  check_all({
      {"1+2*3", "7"},       {"(1+2)*3", "9"},  {"-2^2", "-4"},     {"2^3^2", "64"},
      {"2^-1", ".5"},       {"--2", "2"},      {"6/3/2", "1"},     {"6/2*3", "9"},
      {"10-3-2", "5"},      {"1+1==2", "1"},   {"1|0&0", "1"},     {"!0+1", "2"},
      {"!1==0", "1"},       {"~0", "1"},       {"!-1", "0"},       {"1<2", "1"},
      {"2<=2 & 3>=4", "0"}, {"3!=4", "1"},     {"3~=3", "0"},      {"1 + - 2", "-1"},
      {"  5  ", "5"},       {"5/0", "."},      {"0/0", "."},       {"-(3)", "-3"},
      {"2^.5^2", "2"},      {"1e308*10", "."}, {"-1e308*10", "."},
  });
}

TEST_CASE("Numbers as they are written") {
  check_all({
      {".5", ".5"},
      {"5.", "5"},
      {"1e3", "1000"},
      {"1E-3", ".001"},
      {"1.8X+3", "12"},
      {"+1.8000000000000X+003", "12"},
      {"1.0X-001", ".5"},
      {".", "."},
      {".a", ".a"},
      {".z", ".z"},
      {".ab", "error 198: invalid syntax"},
      {"1x", "error 198: invalid syntax"},
      {"1e400", "."},
      {"_pi", "3.141592653589793"},
  });
}

TEST_CASE("Missing values are larger than numbers and make arithmetic missing") {
  check_all({
      {". > 1e300", "1"},
      {".a > .", "1"},
      {".z > .y", "1"},
      {". == .", "1"},
      {".a == .b", "0"},
      {".a + 1", "."},
      {"-.a", "."},
      {".b * 0", "."},
      {"! .", "0"},
      {". & 1", "1"},
      {". | 0", "1"},
      {"max(., 3)", "3"},
      {"min(., .a)", "."},
      {"missing(.a)", "1"},
      {"mi(1, \"\")", "1"},
      {"cond(., 1, 2)", "1"},
      {"cond(., 1, 2, 3)", "3"},
      {"ln(0)", "."},
      {"sqrt(-1)", "."},
      {"abs(.b)", "."},
      {"int(.b)", ".b"},
  });
}

TEST_CASE("Strings") {
  check_all({
      {"\"a\" + \"b\"", "\"ab\""},
      {"`\"say \"hi\"\"'", "\"say \"hi\"\""},
      {"\"ab\" * 3", "\"ababab\""},
      {"3 * \"ab\"", "\"ababab\""},
      {"\"ab\" * -1", "\"\""},
      {"\"a\" < \"b\"", "1"},
      {"\"a\" == \"A\"", "0"},
      {"\"\" == \"\"", "1"},
      {"\"a\" + 1", "error 109: type mismatch"},
      {"\"a\" & 1", "error 109: type mismatch"},
      {"-\"a\"", "error 109: type mismatch"},
      {"\"a\" - \"b\"", "error 109: type mismatch"},
      {"\"a\" == 1", "error 109: type mismatch"},
      {"\"a", "error 132: too few quotes"},
      {"\"Foreign\":origin", "1"},
      {"\"Elsewhere\":origin", "."},
  });
}

TEST_CASE("Names: variables before scalars, abbreviated variables too") {
  check_all({
      {"x", "1"},
      {"scalar(x)", "99"},
      {"a", "7"},
      {"txt", "\"hello\""},
      {"pri", "10"},
      {"price[2]", "20"},
      {"price[_N]", "30"},
      {"price[0]", "."},
      {"price[4]", "."},
      {"price[.]", "."},
      {"price[-1]", "."},
      {"s[2]", "\"b\""},
      {"s[9]", "\"\""},
      {"x[x+1]", "2"},
      {"_n", "1"},
      {"_N", "3"},
      {"_rc", "0"},
      {"M[2,1]", "3"},
      {"M[\"r1\",\"c2\"]", "2"},
      {"M[3,1]", "."},
      {"el(M,1,2)", "2"},
      {"rowsof(M)+colsof(M)", "4"},
      {"trace(M)", "5"},
      {"colnumb(M,\"c2\")", "2"},
      {"r(N)", "74"},
      {"r(cmd)", "\"summarize\""},
      {"r(nothing)", "."},
      {"e(sample)", "0"},
      {"nope", "error 111: nope not found"},
      {"scalar(nope)", "error 111: nope not found"},
      {"nope[1]", "error 111: nope not found"},
      {"_b[x]", "error 301: last estimates not found"},
  });
}

TEST_CASE("What is no expression is refused") {
  check_all({
      {"", "error 198: invalid syntax"},
      {"1 +", "error 198: invalid syntax"},
      {"1 2", "error 198: invalid syntax"},
      {"(1", "error 132: too few ')' or ']'"},
      {"1)", "error 132: too many ')' or ']'"},
      {"price[1", "error 132: too few ')' or ']'"},
      {"foo(1)", "error 133: unknown function foo()"},
      {"rnormal()", "error 133: unknown function rnormal()"},
      {"sqrt()", "error 198: invalid syntax"},
      {"sqrt(1,2)", "error 198: invalid syntax"},
      {"substr(\"abc\",1)", "error 198: invalid syntax"},
      {"usubstr(\"abc\",1)", "error 198: invalid syntax"},
      {"subinstr(\"abc\",\"b\",\"\")", "error 198: invalid syntax"},
      {"sqrt(\"a\")", "error 109: type mismatch"},
      {"length(1)", "error 109: type mismatch"},
      {"inlist(1, \"a\")", "error 109: type mismatch"},
      {"cond(1, 2, \"a\")", "error 109: type mismatch"},
      {"=1", "error 198: invalid syntax"},
      {"a = 1", "error 198: invalid syntax"},
      {"1 # 2", "error 198: invalid syntax"},
  });
  Session session;
  const std::string deep(100000, '(');
  CHECK_THROWS_AS(evaluate(session, deep), StataError);
  CHECK_THROWS_AS(evaluate(session, std::string(100000, '-') + "1"), StataError);
  CHECK_THROWS_AS(evaluate(session, std::string(100000, '!') + "1"), StataError);
  std::string chain = "1";
  for (int i = 0; i < 1500; ++i) chain += "+1";
  CHECK(evaluate(session, chain).number == 1501);
  for (int i = 0; i < 100000; ++i) chain += "+1";
  CHECK_THROWS_AS(evaluate(session, chain), StataError);
  std::string strings = "\"a\"";
  for (int i = 0; i < 100000; ++i) strings += "+\"a\"";
  CHECK_THROWS_AS(evaluate(session, strings), StataError);
}

TEST_CASE("Date literals") {
  check_all({
      {"td(01jan1960)", "0"},
      {"td(29feb2020)", "21974"},
      {"td(1 Jan 2020)", "21915"},
      {"td(29feb2021)", "error 198: invalid syntax"},
      {"tc(01jan1960 00:00:01)", "1000"},
      {"tc(01jan2020 10:30:00.5)", "1893493800500"},
      {"tc(01jan2020)", "1893456000000"},
      {"tC(01jan2020 00:00:00)", "1893456027000"},
      {"tm(2020m1)", "720"},
      {"tq(1960q2)", "1"},
      {"th(1961h1)", "2"},
      {"tw(1960w52)", "51"},
      {"tw(1960w53)", "error 198: invalid syntax"},
      {"td(01jan2020)+1", "21916"},
  });
}

TEST_CASE("Blocks and single observations agree, longer than a block too") {
  Session session;
  constexpr int n = 2000;
  session.data.set_nobs(n);
  const int v = session.data.add_variable("v", {Storage::float_, 0});
  for (int i = 0; i < n; ++i)
    session.data.set_number(v, i, i % 7 ? i * .5 : missing_value());
  const Expression e(session, "cond(mod(_n,3)==0, v[_n-1]*2, v+ln(_n)) + (v>_N/4)");
  std::vector<double> all(n);
  e.numbers({0, 0, n}, n, all.data());
  for (int i = 0; i < n; ++i) CHECK(all[i] == e.number({i, 0, n}));
  CHECK(e.varies());
  CHECK(e.subscripts(v));
  CHECK_FALSE(e.stateful());
}

TEST_CASE("sum() runs within a group and over the sample only") {
  Session session;
  session.data.set_nobs(6);
  session.by.emplace();
  session.by->groups = {{0, 3}, {3, 6}};
  const Expression total(session, "sum(_n)");
  const Sample all(session, "", "");
  std::vector<double> got;
  for_each_value<double>(session, all, total, false,
                         [&](std::int64_t, double x) { got.push_back(x); });
  CHECK(got == std::vector<double>{1, 3, 6, 1, 3, 6});
  got.clear();
  session.by.reset();
  const Sample odd(session, "mod(_n,2)==1", "");
  const Expression again(session, "sum(_n)");
  for_each_value<double>(session, odd, again, false,
                         [&](std::int64_t, double x) { got.push_back(x); });
  CHECK(got == std::vector<double>{1, 4, 9});
}

TEST_CASE("A sample is what if, in and by leave") {
  Session session;
  fill(&session);
  CHECK(Sample(session, "", "").count() == 3);
  CHECK(Sample(session, "x<.", "").count() == 2);
  CHECK(Sample(session, "", "2/3").count() == 2);
  CHECK(Sample(session, "x==2", "2/l").count() == 1);
  CHECK(Sample(session, "", "-2/l").begin() == 1);
  CHECK(Sample(session, "", "f/2").end() == 2);
  CHECK(Sample(session, "", "L").begin() == 2);
  const auto error = [&](const char* if_text, const char* in_text) {
    try {
      Sample(session, if_text, in_text);
      return std::string("none");
    } catch (const StataError& e) {
      return std::to_string(e.rc()) + " " + e.text();
    }
  };
  CHECK(error("", "1/4") == "198 observation numbers out of range");
  CHECK(error("", "3/2") == "198 observation numbers out of range");
  CHECK(error("", "0/2") == "198 '0' invalid observation number");
  CHECK(error("", "a/2") == "198 'a' invalid observation number");
  CHECK(error("s", "") == "109 type mismatch");
  CHECK(error("x==", "") == "198 invalid syntax");
}

}  // namespace adohost
