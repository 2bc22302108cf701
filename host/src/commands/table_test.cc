#include "doctest/doctest.h"
#include "lang/command.h"

namespace adohost {

TEST_CASE("a command is found by its name and by its legal abbreviations only") {
  REQUIRE(find_command("local") != nullptr);
  CHECK(find_command("loc") == find_command("local"));
  CHECK(find_command("lo") == nullptr);
  CHECK(find_command("locals") == nullptr);
  CHECK(find_command("") == nullptr);
  CHECK(find_command("tempv") == nullptr);
}

}  // namespace adohost
