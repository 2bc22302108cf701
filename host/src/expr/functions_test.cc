#include "expr/functions.h"

#include <cmath>

#include "base/error.h"
#include "data/storage.h"
#include "doctest/doctest.h"
#include "expr/expression.h"
#include "expr/random.h"
#include "expr/regex.h"
#include "format/format.h"

namespace adohost {

namespace {

struct Example {
  const char* text;
  const char* value;  // numbers as macro text, strings in quotes
};

void check_all(std::initializer_list<Example> examples) {
  Session session;
  for (const Example& example : examples) {
    CAPTURE(example.text);
    const Value v = evaluate(session, example.text);
    CHECK((v.is_string ? "\"" + v.text + "\"" : macro_number(v.number)) == example.value);
  }
}

}  // namespace

TEST_CASE("Mathematical functions") {
  check_all({
      {"abs(-3)", "3"},
      {"ceil(1.2)", "2"},
      {"floor(-1.2)", "-2"},
      {"int(-1.7)", "-1"},
      {"round(2.5)", "3"},
      {"round(-2.5)", "-2"},
      {"round(1234.567, .01)", "1234.57"},
      {"round(17, 5)", "15"},
      {"mod(7, 3)", "1"},
      {"mod(-1, 3)", "2"},
      {"mod(5, 0)", "."},
      {"sign(-4)", "-1"},
      {"exp(0)", "1"},
      {"ln(exp(1))", "1"},
      {"log10(1000)", "3"},
      {"comb(5, 2)", "10"},
      {"lnfactorial(5)", "4.787491742782046"},
      {"max(1, 5, 3)", "5"},
      {"min(4, 2, .)", "2"},
      {"trunc(2.9)", "2"},
      {"float(.1)", ".1000000014901161"},
  });
}

TEST_CASE("String functions") {
  check_all({
      {"strlen(\"a\xc3\xa4\")", "3"},
      {"ustrlen(\"a\xc3\xa4\")", "2"},
      {"substr(\"abcdef\", 2, 3)", "\"bcd\""},
      {"substr(\"abcdef\", -3, 2)", "\"de\""},
      {"substr(\"abcdef\", 3, .)", "\"cdef\""},
      {"substr(\"abcdef\", 0, 2)", "\"\""},
      {"substr(\"abcdef\", 7, 2)", "\"\""},
      {"substr(\"abcdef\", -9, 2)", "\"\""},
      {"usubstr(\"\xc3\xa4\xc3\xb6\xc3\xbc\", 2, 1)", "\"\xc3\xb6\""},
      {"ustrright(\"abc\", 2)", "\"bc\""},
      {"subinstr(\"banana\", \"a\", \"o\", 2)", "\"bonona\""},
      {"subinstr(\"banana\", \"a\", \"\", .)", "\"bnn\""},
      {"subinstr(\"abc\", \"\", \"x\", .)", "\"abc\""},
      {"subinword(\"a bc a\", \"a\", \"x\", .)", "\"x bc x\""},
      {"strpos(\"banana\", \"an\")", "2"},
      {"strpos(\"banana\", \"x\")", "0"},
      {"strrpos(\"banana\", \"an\")", "4"},
      {"ustrpos(\"\xc3\xa4"
       "b\", \"b\")",
       "2"},
      {"word(\"one two three\", 2)", "\"two\""},
      {"word(\"one two three\", -1)", "\"three\""},
      {"word(\"one\", 2)", "\"\""},
      {"wordcount(\" a b  c \")", "3"},
      {"upper(\"aB1\")", "\"AB1\""},
      {"lower(\"AB\xc3\x84\")", "\"ab\xc3\x84\""},
      {"ustrlower(\"AB\xc3\x84\")", "\"ab\xc3\xa4\""},
      {"ustrupper(\"\xc5\xbe\xd0\xb6\xce\xb1\")", "\"\xc5\xbd\xd0\x96\xce\x91\""},
      {"proper(\"mR. joHn a. sMitH\")", "\"Mr. John A. Smith\""},
      {"trim(\"  a b  \")", "\"a b\""},
      {"ltrim(\"  a \")", "\"a \""},
      {"rtrim(\"  a \")", "\"  a\""},
      {"itrim(\"a   b  c\")", "\"a b c\""},
      {"reverse(\"abc\")", "\"cba\""},
      {"char(65)", "\"A\""},
      {"uchar(228)", "\"\xc3\xa4\""},
      {"real(\"1.5e2\")", "150"},
      {"real(\"-3\")", "-3"},
      {"real(\" 7 \")", "7"},
      {"real(\"abc\")", "."},
      {"real(\"1,000\")", "."},
      {"string(1/3)", "\".3333333\""},
      {"string(1234567)", "\"1234567\""},
      {"string(12345678)", "\"1.23e+07\""},
      {"string(12345678, \"%12.0f\")", "\"12345678\""},
      {"strofreal(5, \"%05.1f\")", "\"005.0\""},
      {"string(0, \"%td\")", "\"01jan1960\""},
      {"string(.a)", "\".a\""},
      {"abbrev(\"displacement\", 8)", "\"displa~t\""},
      {"plural(2, \"horse\")", "\"horses\""},
      {"plural(1, \"horse\")", "\"horse\""},
      {"plural(2, \"glass\", \"+es\")", "\"glasses\""},
      {"plural(3, \"mouse\", \"mice\")", "\"mice\""},
      {"strmatch(\"abcde\", \"a*e\")", "1"},
      {"strmatch(\"abcde\", \"a?e\")", "0"},
      {"strtoname(\"1 a-b\")", "\"_1_a_b\""},
      {"indexnot(\"aab\", \"a\")", "3"},
      {"strdup(\"ab\", 2)", "\"abab\""},
      {"substr(\"abc\", 2, 0)", "\"\""},
  });
}

TEST_CASE("Regular expressions") {
  check_all({
      {"regexm(\"abc123\", \"[0-9]+\")", "1"},
      {"regexm(\"abc\", \"^b\")", "0"},
      {"regexm(\"\", \"^$\")", "1"},
      {"regexm(\"John Smith\", \"^([A-Za-z]+) ([A-Z].*)$\")", "1"},
      {"regexs(1) + \"|\" + regexs(2)", "\"John|Smith\""},
      {"regexr(\"a1b2\", \"[0-9]\", \"#\")", "\"a#b2\""},
      {"ustrregexra(\"a1b2\", \"[0-9]\", \"#\")", "\"a#b#\""},
      {"ustrregexra(\"ab\", \"(a)(b)\", \"$2$1\")", "\"ba\""},
      {"regexm(\"a.c\", \"a\\.c\")", "1"},
      {"regexm(\"abc\", \"a\\.c\")", "0"},
      {"regexm(\"2020-05-01\", \"^\\d{4}-\\d{2}-\\d{2}$\")", "1"},
      {"regexm(\"x]\", \"[]]\")", "1"},
      {"regexm(\"cat\", \"dog|cat\")", "1"},
      {"regexm(\"aab\", \"^(a|ab)*b?$\")", "1"},
      {"regexr(\"aXXb\", \"X+?\", \"-\")", "\"a-Xb\""},
  });
  const std::string many(3000, 'a');
  const auto hard = Regex::compile("(a*)*(a|aa)+b");
  REQUIRE(hard);
  CHECK_FALSE(hard->search(many));
  for (const char* bad : {"(", ")", "[a", "*a", "a**", "a{2,1}", "\\", "[[:nope:]]"}) {
    CAPTURE(bad);
    CHECK_FALSE(Regex::compile(bad));
  }
  CHECK_FALSE(Regex::compile("((a{200}){200}){200}"));
  CHECK_FALSE(Regex::compile(std::string(100000, '(')));
}

TEST_CASE("Date functions") {
  check_all({
      {"mdy(2, 29, 2020)", "21974"},
      {"mdy(2, 29, 2021)", "."},
      {"mdy(1, 1, 1960)", "0"},
      {"year(21974)", "2020"},
      {"month(21974)", "2"},
      {"day(21974)", "29"},
      {"dow(21974)", "6"},
      {"dow(0)", "5"},
      {"doy(21974)", "60"},
      {"week(21974)", "9"},
      {"week(mdy(12, 31, 2020))", "52"},
      {"quarter(21974)", "1"},
      {"halfyear(mdy(7, 1, 2000))", "2"},
      {"year(.)", "."},
      {"day(-1)", "31"},
      {"mofd(21974)", "721"},
      {"dofm(721)", "21946"},
      {"dofm(-1)", "-31"},
      {"qofd(21974)", "240"},
      {"dofq(240)", "21915"},
      {"hofd(21974)", "120"},
      {"wofd(21974)", "3128"},
      {"dofw(3128)", "21971"},
      {"dofy(1961)", "366"},
      {"yofd(366)", "1961"},
      {"ym(1960, 2)", "1"},
      {"yq(1959, 4)", "-1"},
      {"ym(1960, 13)", "."},
      {"hms(1, 2, 3)", "3723000"},
      {"dhms(1, 0, 0, 0)", "86400000"},
      {"mdyhms(1, 1, 2020, 10, 30, 0)", "1893493800000"},
      {"cofd(1)", "86400000"},
      {"dofc(86399999)", "0"},
      {"dofc(-1)", "-1"},
      {"hh(3723000)", "1"},
      {"mm(3723000)", "2"},
      {"ss(3723500)", "3.5"},
      {"Cofc(cofC(tC(30jun2015 12:00:00)))-tC(30jun2015 12:00:00)", "0"},
      {"date(\"15jan2020\", \"DMY\")", "21929"},
      {"date(\"January 15, 2020\", \"MDY\")", "21929"},
      {"date(\"2020-01-15\", \"YMD\")", "21929"},
      {"date(\"20200115\", \"YMD\")", "21929"},
      {"date(\"1/15/20\", \"MDY\")", "."},
      {"date(\"1/15/20\", \"MD20Y\")", "21929"},
      {"date(\"1/15/20\", \"MDY\", 2050)", "21929"},
      {"date(\"1/15/60\", \"MDY\", 2050)", "14"},
      {"date(\"15 foo 2020\", \"DMY\")", "."},
      {"date(\"15jan2020 x\", \"DMY\")", "."},
      {"date(\"31/04/2020\", \"DMY\")", "."},
      {"clock(\"15jan2020 10:30:15\", \"DMYhms\")", "1894703415000"},
      {"clock(\"2020-01-15 1:05 pm\", \"YMDhm\")", "1894712700000"},
      {"clock(\"10:30\", \"hm\")", "37800000"},
      {"clock(\"25:00\", \"hm\")", "."},
      {"monthly(\"2020m1\", \"YM\")", "720"},
      {"monthly(\"jan 2020\", \"MY\")", "720"},
      {"quarterly(\"2020q3\", \"YQ\")", "242"},
      {"weekly(\"1960w2\", \"YW\")", "1"},
      {"halfyearly(\"1960h2\", \"YH\")", "1"},
      {"yearly(\"2020\", \"Y\")", "2020"},
      {"isleapyear(2000) + isleapyear(1900)", "1"},
      {"lastdayofmonth(21946) - firstdayofmonth(21946)", "28"},
  });
}

TEST_CASE("Programming functions and limits") {
  check_all({
      {"inlist(2, 1, 2, 3)", "1"},
      {"inlist(\"b\", \"a\", \"c\")", "0"},
      {"inlist(., 1, .)", "1"},
      {"inrange(2, 1, 3)", "1"},
      {"inrange(5, ., 3)", "0"},
      {"inrange(2, 1, .)", "1"},
      {"inrange(., 1, .)", "0"},
      {"inrange(\"b\", \"a\", \"c\")", "1"},
      {"cond(1, \"yes\", \"no\")", "\"yes\""},
      {"recode(3, 2, 4, 6)", "4"},
      {"recode(9, 2, 4, 6)", "6"},
      {"irecode(3, 2, 4)", "1"},
      {"maxbyte()", "100"},
      {"maxint()", "32740"},
      {"maxlong()", "2147483620"},
      {"maxfloat()", "1.70141173319e+38"},
      {"epsdouble()", "2.22044604925e-16"},
      {"missing(1, 2)", "0"},
      {"fileexists(\"no such file\")", "0"},
      {"reldif(2, 1)", ".5"},
  });
}

TEST_CASE("Distributions against known values") {
  struct Known {
    const char* text;
    double value;
  };
  const Known known[] = {
      {"normal(1.96)", .97500210485177952},
      {"normal(-10)", 7.619853024160527e-24},
      {"normalden(0)", .3989422804014327},
      {"invnormal(.975)", 1.9599639845400545},
      {"invnormal(1e-10)", -6.361340902404056},
      {"ttail(10, 2)", .036694017385370196},
      {"invttail(72, .025)", 1.9934635662785825},
      {"invttail(1, .025)", 12.706204736174698},
      {"chi2(3, 5)", .8282028557032669},
      {"chi2tail(1, 3.841458820694124)", .05},
      {"invchi2tail(1, .05)", 3.841458820694124},
      {"Ftail(2, 10, 4)", std::pow(10.0 / 18, 5)},
      {"F(2, 10, 4)", 1 - std::pow(10.0 / 18, 5)},
  };
  Session session;
  for (const Known& k : known) {
    CAPTURE(k.text);
    CHECK(std::fabs(evaluate_number(session, k.text) / k.value - 1) < 1e-9);
  }
  CHECK(is_missing(evaluate_number(session, "invnormal(0)")));
  CHECK(is_missing(evaluate_number(session, "ttail(-1, 2)")));
}

TEST_CASE("runiform() gives Stata's numbers") {
  Session session;
  set_seed(session, "123456789");
  CHECK(evaluate_number(session, "runiform()") == doctest::Approx(.348871704556195));
  CHECK(evaluate_number(session, "runiform()") == doctest::Approx(.266885709753138));
  set_seed(session, "7");
  const double u = evaluate_number(session, "runiform()");
  set_seed(session, "7");
  CHECK(evaluate_number(session, "runiform(10, 20)") == 10 + 10 * u);
  for (const char* bad : {"-1", "x", "", "2147483648", "1.5"}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(set_seed(session, bad), StataError);
  }
}

}  // namespace adohost
