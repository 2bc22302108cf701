#include "base/paragraph.h"

#include "doctest/doctest.h"

using namespace adohost;

TEST_CASE("paragraph breaks lines at blanks and keeps those inside") {
  CHECK(paragraph("One two.  Three four", 4, 4, 17) == "    One two.\n    Three four");
  CHECK(paragraph("One two.  Three", 0, 2, 15) == "One two.  Three");
  CHECK(paragraph("One two.  Three", 0, 2, 14) == "One two.\n  Three");
  CHECK(paragraph("äöü äöü", 0, 0, 7) == "äöü äöü");
  CHECK(paragraph("unbreakable", 2, 2, 5) == "  unbreakable");
  CHECK(paragraph("", 4, 4, 20) == "    ");
}
