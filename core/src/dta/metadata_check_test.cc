#include "dta/metadata_check.h"

#include <functional>

#include "doctest/doctest.h"
#include "stata_pydata/error.h"
#include "stata_pydata/missing.h"

using namespace stata_pydata::dta;
using namespace std::string_literals;
using stata_pydata::Error;

namespace {

std::string verdict(const std::function<void(Schema&)>& change) {
  Schema schema;
  schema.release = 118;
  schema.variables = {{"x", kDouble, "%10.0g", "", ""},
                      {"s", str_type(3), "%9s", "", ""}};
  change(schema);
  try {
    check_metadata(schema);
    check_types(schema);
  } catch (const Error& error) {
    return error.what();
  }
  return "fine";
}

const std::string kEuro = "\xE2\x82\xAC";

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

}  // namespace

TEST_CASE("releases that can be written") {
  CHECK(verdict([](Schema& s) { s.release = 117; }) == "fine");
  for (const int release : {113, 115, 116, 120, 121, 122})
    CHECK(verdict([&](Schema& s) { s.release = release; }) ==
          "release " + std::to_string(release) +
              " can't be written; 117, 118 and 119 can");
  CHECK(verdict([](Schema& s) { s.release = 119; }) ==
        "release 119 is for more than 32767 variables: Stata BE and SE refuse it; 118 "
        "serves here");
}

TEST_CASE("names of variables, label sets and characteristics") {
  const auto named = [](const std::string& name) {
    return verdict([&](Schema& s) { s.variables[0].name = name; });
  };
  CHECK(named("_x1") == "fine");
  CHECK(named(repeated("\xC3\xA9", 32)) == "fine");
  CHECK(named(repeated("\xC3\xA9", 33)) ==
        "the variable name '" + repeated("\xC3\xA9", 20) +
            "...' has 33 characters; at most 32 are possible");
  for (const auto& bad : {""s, "1x"s, "a b"s, "a\0b"s, "double"s, "str5"s, kEuro})
    CHECK_MESSAGE(named(bad).find("is no name that Stata takes") != std::string::npos,
                  named(bad));
  CHECK(named("s") == "the variable name 's' is there twice");
  CHECK(verdict([](Schema& s) {
          s.release = 117;
          s.variables[0].name = "\xE9t\xE9";
        }) == "fine");
  CHECK(verdict([](Schema& s) {
          s.release = 117;
          s.variables[0].name = repeated("\xC3\xA9", 17);
        }).ends_with("has 34 bytes; at most 32 are possible"));
  CHECK(verdict([](Schema& s) {
          s.variables[0].value_label = "a b";
        }).starts_with("variable x: the value-label name 'a b' is no name"));
}

TEST_CASE("labels: 80 characters, whatever their bytes") {
  const auto labelled = [](const std::string& label, int release = 118) {
    return verdict([&](Schema& s) {
      s.release = release;
      s.variables[0].label = label;
    });
  };
  CHECK(labelled(repeated(kEuro, 80)) == "fine");
  CHECK(labelled(repeated(kEuro, 81)) ==
        "variable x: its label has 81 characters; at most 80 are possible");
  CHECK(labelled(repeated(kEuro, 27), 117) ==
        "variable x: its label has 81 bytes; at most 80 are possible");
  CHECK(labelled("a\0b"s) == "variable x: its label contains a NUL byte");
  CHECK(verdict([](Schema& s) { s.data_label = std::string(81, 'x'); }) ==
        "the data label has 81 characters; at most 80 are possible");
}

TEST_CASE("timestamps") {
  const auto stamped = [](const std::string& timestamp) {
    return verdict([&](Schema& s) { s.timestamp = timestamp; });
  };
  CHECK(stamped("") == "fine");
  CHECK(stamped(" 4 Aug 2024 07:02") == "fine");
  CHECK(stamped("06 okt 2014 12:30") == "fine");
  CHECK(stamped("4 Aug 2024 07:02") ==
        "the timestamp '4 Aug 2024 07:02' is not of the form \"dd Mon yyyy hh:mm\"");
  CHECK(stamped("04-Aug-2024 07:02").starts_with("the timestamp"));
}

TEST_CASE("value-label sets") {
  const auto set = [](ValueLabelSet labels) {
    return verdict([&](Schema& s) { s.value_labels.push_back(labels); });
  };
  CHECK(set({"l", {}}) == "fine");
  CHECK(set({"l", {{-2147483647, "a"}, {2147483620, "b"}, {kLongDot + 26, "z"}}}) ==
        "fine");
  CHECK(set({"l", {{kLongDot, "missing"}}}) ==
        "the value-label set 'l': the value 2147483621 can't have a label; -2147483647 "
        "to 2147483620 and .a to .z can");
  CHECK(set({"l", {{-2147483647 - 1, "x"}}}).find("can't have a label") !=
        std::string::npos);
  CHECK(set({"l", {{1, "x"}, {1, "y"}}}) ==
        "the value-label set 'l': the value 1 is there twice");
  CHECK(set({"l", {{1, std::string(32000, 'x')}}}) == "fine");
  CHECK(set({"l", {{1, std::string(32001, 'x')}}}) ==
        "the value-label set 'l': the value 1: its text has 32001 bytes; at most 32000 "
        "are possible");
  CHECK(set({"a b", {}}).starts_with("the value-label set 'a b' is no name"));
  ValueLabelSet many{"l", {}};
  for (int i = 0; i < 65536; ++i) many.entries.push_back({i, ""});
  CHECK(set(many) == "fine");
  many.entries.push_back({65536, ""});
  CHECK(set(many) ==
        "the value-label set 'l' has 65537 values; at most 65536 are possible");
  CHECK(verdict([](Schema& s) { s.value_labels = {{"l", {}}, {"l", {}}}; }) ==
        "the value-label set 'l' is there twice");
}

TEST_CASE("characteristics and notes") {
  const auto with = [](Characteristic item) {
    return verdict([&](Schema& s) { s.characteristics.push_back(item); });
  };
  CHECK(with({"x", "c", std::string(67783, 'x')}) == "fine");
  CHECK(with({"x", "c", std::string(67784, 'x')}) ==
        "the characteristic x[c] has 67784 bytes; at most 67783 are possible");
  CHECK(with({"y", "c", ""}) ==
        "the characteristic y[c] belongs to no variable of the data");
  CHECK(with({"_dta", "a b", ""}).starts_with("the characteristic _dta[a b] is no name"));
  CHECK(with({"_dta", "c", "a\0b"s}) == "the characteristic _dta[c] contains a NUL byte");
  CHECK(with({"_dta", "note0", "9999"}) == "fine");
  CHECK(with({"_dta", "note0", "10000"}) ==
        "_dta has 10000 notes; at most 9999 are possible");
  CHECK(verdict([](Schema& s) {
          s.characteristics = {{"x", "c", "1"}, {"x", "c", "2"}};
        }) == "the characteristic x[c] is there twice");
}

TEST_CASE("formats of numbers and of texts") {
  for (const char* format :
       {"%9.0g", "%-12.2fc", "%09.3f", "%9,2f", "%10.0gc", "%8.0e", "%21x", "%16H", "%8L",
        "%td", "%tdCCYY-NN-DD", "%tcHH:MM:SS", "%-td", "%d", "%ty", "%tbcal:DDmonCCYY"})
    CHECK(is_number_format(format));
  for (const char* format :
       {"", "%", "9.0g", "%s", "%9s", "%9.0", "%9g", "%.2f", "%9.0ec", "%9.0gx"})
    CHECK_FALSE(is_number_format(format));
  for (const char* format : {"%s", "%9s", "%-9s", "%~244s"})
    CHECK(is_text_format(format));
  for (const char* format : {"", "%9", "%9.0g", "%9ss", "%td", "s"})
    CHECK_FALSE(is_text_format(format));
  CHECK(verdict([](Schema& s) { s.variables[0].format = "%9s"; }) ==
        "variable x: the format '%9s' is none for numbers (it is double)");
  CHECK(verdict([](Schema& s) { s.variables[1].format = "%td"; }) ==
        "variable s: the format '%td' is none for texts (it is str3)");
  CHECK(verdict([](Schema& s) {
          s.variables[0].format = "%td" + std::string(54, 'D');
        }) == "variable x: its format has 57 bytes; at most 56 are possible");
  CHECK(verdict([](Schema& s) { s.variables[1].value_label = "l"; }) ==
        "variable s is str3 and can't have value labels");
}
