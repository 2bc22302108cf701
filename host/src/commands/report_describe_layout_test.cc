#include "commands/report_describe_layout.h"

#include "doctest/doctest.h"

using namespace adohost;

TEST_CASE("the contents of the auto data are described as by Stata") {
  DescribedData data{"auto.dta", "1978 automobile data", "13 Apr 2020 17:45", 74, 12, 43,
                     true};
  CHECK(describe_contents(data, true) ==
        "Contains data from auto.dta\n"
        " Observations:            74                  1978 automobile data\n"
        "    Variables:            12                  13 Apr 2020 17:45\n"
        "        Width:            43                  \n"
        "                                              (_dta has notes)\n");
  CHECK(describe_contents(DescribedData{}, false) ==
        "Contains data\n"
        " Observations:             0                  \n"
        "    Variables:             0                  \n");
}

TEST_CASE("headings and variables stand in Stata's columns") {
  CHECK(describe_heading(79) ==
        "Variable      Storage   Display    Value\n"
        "    name         type    format    label      Variable label\n" +
            std::string(79, '-') + "\n");
  const auto line = [](DescribedVariable v) { return describe_variable(v, 79, false); };
  CHECK(line({"make", "str18", "%-18s", "", "Make and model"}) ==
        "make            str18   %-18s                 Make and model\n");
  CHECK(line({"foreign", "byte", "%8.0g", "origin", "Car origin"}) ==
        "foreign         byte    %8.0g      origin     Car origin\n");
  CHECK(line({"x", "float", "%9.0g", "", ""}) ==
        "x               float   %9.0g                 \n");
  CHECK(line({"_meta_studylabel", "str12", "%12s", "", "Study label"}) ==
        "_meta_studyla~l str12   %12s                  Study label\n");
  CHECK(line({"starttime", "long", "%tcHH:MM:SS", "", "", true}) ==
        "starttime       long    %tc..               * \n");
  CHECK(line({"s", "str2045", "%2045s", "", ""}) ==
        "s               str2045 %2045s                \n");
}

TEST_CASE("long labels run on below their column") {
  CHECK(describe_variable({"_meta_cil", "double", "%10.0g", "",
                           "95% lower CI limit for log risk-ratio"},
                          80, false) ==
        "_meta_cil       double  %10.0g                95% lower CI limit for log\n"
        "                                                risk-ratio\n");
  CHECK(
      describe_variable({"fxtwm_haverd", "double", "%10.0g", "",
                         "Nominal Trade-Weighted Exch Value of US$"},
                        79, false) ==
      "fxtwm_haverd    double  %10.0g                Nominal Trade-Weighted Exch Value\n"
      "                                                of US$\n");
  CHECK(describe_variable({"current_health_insurance", "byte", "%39.0g",
                           "current_health_insurance", "Current Health Insurance"},
                          79, false) ==
        "current_healt~e byte    %39.0g     current_health_insurance\n"
        "                                              Current Health Insurance\n");
}

TEST_CASE("full names longer than the column stand on a line of their own") {
  CHECK(describe_variable({"current_health_insurance", "byte", "%8.0g", "", "Health"}, 79,
                          true) ==
        "current_health_insurance\n"
        "                byte    %8.0g                 Health\n");
}

TEST_CASE("the last lines say how the data are sorted and whether they have changed") {
  CHECK(describe_sorted_by({}, false) == "Sorted by: \n");
  CHECK(describe_sorted_by({"id", "year"}, true) ==
        "Sorted by: id  year\n"
        "     Note: Dataset has changed since last saved.\n");
}

TEST_CASE("names alone fill columns downwards") {
  CHECK(describe_names({"make", "price", "mpg", "rep78", "headroom"}, 22) ==
        "make      rep78\n"
        "price     headroom\n"
        "mpg\n");
}
