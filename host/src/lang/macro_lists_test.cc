#include "lang/macro_lists.h"

#include <doctest/doctest.h>

namespace adohost {
namespace {

ListElements of(std::string_view text) {
  return list_elements(text);
}

TEST_CASE("the second occurrence of an element is another element") {
  CHECK(list_text(list_difference(of("a b c b"), of("b"))) == "a c b");
  CHECK(list_text(list_union(of("a b"), of("b b c"))) == "a b b c");
  CHECK(list_text(list_intersection(of("b a b b"), of("b b c"))) == "b b");
  CHECK(list_contains(of("a b"), of("b")));
  CHECK_FALSE(list_contains(of("a b"), of("b b")));
  CHECK(list_same_elements(of("a b b"), of("b a b")));
  CHECK_FALSE(list_same_elements(of("a b b"), of("a a b")));
}

TEST_CASE("uniq, dups and sort") {
  CHECK(list_text(list_uniq(of("a b a c b"))) == "a b c");
  CHECK(list_text(list_dups(of("a b a c a"))) == "a a");
  CHECK(list_text(list_sort(of("b a B 10 9"))) == "10 9 B a b");
  CHECK(list_position(of("x \"y z\" w"), "y z") == 2);
  CHECK(list_position(of("x y"), "Y") == 0);
}

TEST_CASE("elements get the plainest quotes that hold them") {
  CHECK(list_text(of("\"a\"   `\"b\"' \"c d\" `\"say \"hi\"\"'")) ==
        "a b \"c d\" `\"say \"hi\"\"'");
  CHECK(list_retokenize("  \"a\"   b  `\"c\"' ") == "\"a\" b `\"c\"'");
  CHECK(list_text({}).empty());
  CHECK(list_text({""}) == "\"\"");
}

}  // namespace
}  // namespace adohost
