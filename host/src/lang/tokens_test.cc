#include "lang/tokens.h"

#include "base/error.h"
#include "doctest/doctest.h"

namespace adohost {

TEST_CASE("quotes are stripped only as one pair around everything") {
  CHECK(strip_quotes("  \"a b\" ") == "a b");
  CHECK(strip_quotes("`\"a \"b\" c\"'") == "a \"b\" c");
  CHECK(strip_quotes("\"a\" \"b\"") == "\"a\" \"b\"");
  CHECK(strip_quotes("`\"a\"' `\"b\"'") == "`\"a\"' `\"b\"'");
  CHECK(strip_quotes("\"\"") == "");
}

TEST_CASE("pieces are words or quoted texts") {
  std::string_view rest = "  a \"b c\"  `\"d \"e\"\"' f";
  CHECK(take_piece(rest) == "a");
  CHECK(take_piece(rest) == "\"b c\"");
  CHECK(take_piece(rest) == "`\"d \"e\"\"'");
  CHECK(take_piece(rest) == "f");
  CHECK(rest.empty());
}

TEST_CASE("an expression ends where a command begins") {
  const auto split = [](std::string_view s) {
    const std::size_t n = expression_extent(s);
    return std::string(s.substr(0, n)) + "|" + std::string(s.substr(n));
  };
  CHECK(split("x > 1 display 1") == "x > 1| display 1");
  CHECK(split("x==\"a b\" & !y local z 3") == "x==\"a b\" & !y| local z 3");
  CHECK(split("(a|b) exit 1") == "(a|b)| exit 1");
  CHECK(split("inlist(x, 1, 2) | -z[1] continue") == "inlist(x, 1, 2) | -z[1]| continue");
  CHECK(split("x < 1e-3 exit") == "x < 1e-3| exit");
  CHECK(split("_rc exit _rc") == "_rc| exit _rc");
  CHECK(split("1 {") == "1| {");
  CHECK(split("x == .a noisily d") == "x == .a| noisily d");
  CHECK(split("x & y") == "x & y|");
}

TEST_CASE("open quotes and brackets are errors") {
  CHECK_THROWS_AS(skip_quoted("\"a", 0), StataError);
  CHECK_THROWS_AS(skip_quoted("`\"a\"", 0), StataError);
  CHECK_THROWS_AS(skip_brackets("(a[b)", 0), StataError);
}

}  // namespace adohost
