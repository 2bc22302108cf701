#include "lang/expand.h"

#include "base/error.h"
#include "doctest/doctest.h"
#include "lang/interpreter.h"
#include "lang/session.h"

namespace adohost {

namespace {

struct Fixture {
  Session session{[](std::string_view) {}};

  std::string operator()(std::string_view text) { return expand_macros(session, text); }
  void local(std::string_view name, std::string text) {
    session.macros.set_local(name, std::move(text));
  }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "locals and globals") {
  local("x", "1 2");
  session.macros.set_global("g", "glob");
  Fixture& expand = *this;
  CHECK(expand("a `x' b") == "a 1 2 b");
  CHECK(expand("$g ${g}s $gs|") == "glob globs |");
  CHECK(expand("[`nothing'][$nothing]") == "[][]");
  CHECK(expand("${_x}") == "1 2");
  CHECK(expand("cost $ 5") == "cost $ 5");
}

TEST_CASE_FIXTURE(Fixture, "nested references expand inside out") {
  local("i", "2");
  local("x2", "two");
  local("name", "x2");
  session.macros.set_global("y2", "why");
  Fixture& expand = *this;
  CHECK(expand("`x`i''") == "two");
  CHECK(expand("``name''") == "two");
  CHECK(expand("${y`i'}") == "why");
}

TEST_CASE_FIXTURE(Fixture,
                  "a macro's text is expanded too, unless macval() is asked for") {
  local("inner", "deep");
  local("outer", "<`inner'>");
  Fixture& expand = *this;
  CHECK(expand("`outer'") == "<deep>");
  CHECK(expand("`macval(outer)'") == "<`inner'>");
  local("self", "`self'");
  CHECK_THROWS_AS(expand("`self'"), StataError);
}

TEST_CASE_FIXTURE(Fixture, "a backslash keeps a macro from expanding") {
  local("x", "v");
  Fixture& expand = *this;
  CHECK(expand("\\`x'") == "`x'");
  CHECK(expand("\\$x") == "$x");
  CHECK(expand("c:\\dir\\`x'") == "c:\\dir`x'");
  CHECK(expand("c:\\dir\\\\`x'") == "c:\\dir\\v");
  CHECK(expand("a\\b") == "a\\b");
}

TEST_CASE_FIXTURE(Fixture, "expressions, counters and functions") {
  local("i", "5");
  Fixture& expand = *this;
  CHECK(expand("`=`i'*2'") == "10");
  CHECK(expand("`=\"a\"+\"b\"'") == "ab");
  CHECK(expand("`=1/3'") == ".3333333333333333");
  CHECK(expand("`++i' `i'") == "6 6");
  CHECK(expand("`i++' `i'") == "6 7");
  CHECK(expand("`--i' `i--' `i'") == "6 6 5");
  CHECK(expand("`:word 2 of a b c'") == "b");
  CHECK_THROWS_AS(expand("`=1+'"), StataError);
}

TEST_CASE_FIXTURE(Fixture, "results and system values") {
  session.r.set_scalar("N", 74);
  session.r.set_macro("varlist", "a b");
  session.e.set_macro("cmd", "regress");
  Fixture& expand = *this;
  CHECK(expand("`r(N)'|`r(varlist)'|`e(cmd)'|`r(none)'") == "74|a b|regress|");
  CHECK(expand("`c(stata_version)'|`c(no_such_value)'") == "18|");
}

TEST_CASE_FIXTURE(Fixture, "what looks like a macro and is none stays") {
  Fixture& expand = *this;
  CHECK(expand("display `\"a \"b\" c\"'") == "display `\"a \"b\" c\"'");
  CHECK(expand("it's `open") == "it's `open");
}

}  // namespace adohost
