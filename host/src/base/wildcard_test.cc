#include "base/wildcard.h"

#include "doctest/doctest.h"

using adohost::matches_wildcard;

TEST_CASE("a star is any run, a question mark one character") {
  CHECK(matches_wildcard("*", ""));
  CHECK(matches_wildcard("a*c*", "abcbcd"));
  CHECK(matches_wildcard("*bc", "abcbc"));
  CHECK(matches_wildcard("x?", "x1"));
  CHECK(matches_wildcard("\xC3\xA9?", "\xC3\xA9\xC3\xA8"));
  CHECK_FALSE(matches_wildcard("", "a"));
  CHECK_FALSE(matches_wildcard("x?", "x"));
  CHECK_FALSE(matches_wildcard("x?", "x12"));
  CHECK_FALSE(matches_wildcard("*b", "abc"));
}
