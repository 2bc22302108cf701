#include "lang/command_line.h"

#include "base/error.h"
#include "doctest/doctest.h"

namespace adohost {

namespace {

int code_of(void (*run)()) {
  try {
    run();
  } catch (const StataError& error) {
    return error.rc();
  }
  return 0;
}

}  // namespace

TEST_CASE("the parts of the standard syntax") {
  const auto line = split_command(
      "merge", " 1:1 id if x > 1 in 1/5 using \"a b.dta\" [fw=pop], keep(match) force");
  CHECK(line.command == "merge");
  CHECK(line.anything == "1:1 id");
  CHECK(line.if_text == "x > 1");
  CHECK(line.in_text == "1/5");
  CHECK(line.using_text == "a b.dta");
  CHECK(line.weight == "fw=pop");
  CHECK(line.options == "keep(match) force");
}

TEST_CASE("an expression begins at a single equals sign") {
  const auto line = split_command("generate", " double x = a == b if c >= 1");
  CHECK(line.anything == "double x");
  CHECK(line.exp == "a == b");
  CHECK(line.if_text == "c >= 1");
  CHECK_FALSE(split_command("assert", " a == b | c <= d").exp);
}

TEST_CASE("commas and keywords inside brackets and quotes are text") {
  const auto line = split_command("generate", " x = cond(a, \"if, in\", b[_n-1]), opt");
  CHECK(line.exp == "cond(a, \"if, in\", b[_n-1])");
  CHECK(line.options == "opt");
  CHECK(split_command("x", " `\"a \"b, c\" d\"' e").anything == "`\"a \"b, c\" d\"' e");
  CHECK(split_command("list", " iffy inn").anything == "iffy inn");
  CHECK(split_command("count", " if(x==1)").if_text == "(x==1)");
}

TEST_CASE("a subscript is no weight") {
  CHECK_FALSE(split_command("generate", " x = y[_n-1]").weight);
  CHECK(split_command("summarize", " x [aweight = w]").weight == "aweight = w");
  CHECK(split_command("summarize", " x [w=1]").weight == "w=1");
}

TEST_CASE("what the standard syntax rejects") {
  CHECK(code_of([] { split_command("list", " if x if y"); }) == 198);
  CHECK(code_of([] { split_command("list", " if"); }) == 198);
  CHECK(code_of([] { split_command("list", " x in"); }) == 198);
  CHECK(code_of([] { split_command("list", " \"x"); }) == 132);
  CHECK(code_of([] { split_command("list", " f(x"); }) == 132);
  CHECK(code_of([] { split_command("list", " x)"); }) == 132);
}

TEST_CASE("require_only names what is not allowed") {
  const auto refuse = [](const char* rest) -> std::string {
    try {
      require_only(split_command("c", rest), kAllowNothing);
    } catch (const StataError& error) {
      return error.text();
    }
    return "";
  };
  CHECK(refuse("x") == "varlist not allowed");
  CHECK(refuse("if x") == "if not allowed");
  CHECK(refuse("in 1") == "in range not allowed");
  CHECK(refuse("using f") == "using not allowed");
  CHECK(refuse("= 1") == "=exp not allowed");
  CHECK(refuse("[fw=x]") == "weights not allowed");
  CHECK(refuse(", foo(1)") == "option foo() not allowed");
  CHECK(refuse("").empty());
}

TEST_CASE("options abbreviate, take arguments, and are strict") {
  const std::vector<OptionRule> rules{{"replace", 3}, {"format", 1, true}};
  const Options options = parse_options(" rep f(%9.0g, a(b)) ", rules);
  CHECK(options.has("replace"));
  CHECK(options.argument("format") == "%9.0g, a(b)");
  CHECK_FALSE(options.argument("none"));
  const auto text = [&rules](const char* typed) -> std::string {
    try {
      parse_options(typed, rules);
    } catch (const StataError& error) {
      return error.text();
    }
    return "";
  };
  CHECK(text("re") == "option re not allowed");
  CHECK(text("replaced") == "option replaced not allowed");
  CHECK(text("replace(x)") == "option replace() not allowed");
  CHECK(text("format") == "option format() incorrectly specified");
}

}  // namespace adohost
