#include "lang/package.h"

#include "base/error.h"
#include "doctest/doctest.h"

using namespace adohost;

TEST_CASE("a package's files, those for this machine only") {
  const Package package = parse_package(
      "p",
      "v 3\r\nd TITLE: about\nd\nd more\n* a comment\n\nf a.ado\nf sub/a.sthlp\n"
      "F data.dta\ng MACINTEL64 m.plugin a.plugin\ng LINUX64 l.plugin a.plugin\n"
      "g LINUX64P other.plugin a.plugin\nh a.plugin\ne\n");
  CHECK(package.title == "TITLE: about");
  CHECK(package.description == std::vector<std::string>{"", "more"});
  REQUIRE(package.files.size() == 4);
  CHECK(package.files[1].source == "sub/a.sthlp");
  CHECK(package.files[1].name == "a.sthlp");
  CHECK(package.files[1].installed);
  CHECK_FALSE(package.files[2].installed);
  CHECK(package.files[3].source == "l.plugin");
  CHECK(package.files[3].name == "a.plugin");
  CHECK(package.required == std::vector<std::string>{"a.plugin"});
}

TEST_CASE("lines that no package has are refused") {
  CHECK_THROWS_AS(parse_package("p", "x what\n"), StataError);
  CHECK_THROWS_AS(parse_package("p", "f\n"), StataError);
  CHECK_THROWS_AS(parse_package("p", "g LINUX64\n"), StataError);
}

TEST_CASE("files go to the folder of their first letter") {
  CHECK(place_of_file("Hello.ado") == "h/Hello.ado");
  CHECK(place_of_file("_gmine.ado") == "_/_gmine.ado");
}

TEST_CASE("what a folder offers") {
  const PackageList list = parse_package_list("v 3\nd One\nd Two\np a the a\np b\n");
  CHECK(list.description == std::vector<std::string>{"One", "Two"});
  REQUIRE(list.packages.size() == 2);
  CHECK(list.packages[0].first == "a");
  CHECK(list.packages[0].second == "the a");
  CHECK(list.packages[1].second.empty());
}
