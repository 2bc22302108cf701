#include "commands/report_tabulate_layout.h"

#include "commands/report_chi2.h"
#include "doctest/doctest.h"

using namespace adohost;

namespace {

/// Repair record by origin in Stata's auto data.
TwoWayTable repair_by_origin() {
  TwoWayTable table;
  table.row_heading = "Repair record 1978";
  table.column_heading = "Car origin";
  table.row_labels = {"1", "2", "3", "4", "5"};
  table.column_labels = {"Domestic", "Foreign"};
  table.counts = {2, 0, 8, 0, 27, 3, 9, 9, 2, 9};
  table.row_label_width = 1;
  return table;
}

}  // namespace

TEST_CASE("one-way tables are Stata's") {
  CHECK(one_way_text({"Car origin", {"Domestic", "Foreign"}, {52, 22}, 8}) ==
        " Car origin |      Freq.     Percent        Cum.\n"
        "------------+-----------------------------------\n"
        "   Domestic |         52       70.27       70.27\n"
        "    Foreign |         22       29.73      100.00\n"
        "------------+-----------------------------------\n"
        "      Total |         74      100.00\n");
  CHECK(one_way_text({"Repair record 1978", {"1", "2"}, {2, 8}, 1})
            .starts_with("     Repair |\n"
                         "record 1978 |      Freq.     Percent        Cum.\n"
                         "------------+"));
}

TEST_CASE("the stub of a one-way table grows with its labels, up to 39") {
  CHECK(one_way_text({"Make and model", {"AMC Concord"}, {1}, 18}) ==
        "    Make and model |      Freq.     Percent        Cum.\n"
        "-------------------+-----------------------------------\n"
        "       AMC Concord |          1      100.00      100.00\n"
        "-------------------+-----------------------------------\n"
        "             Total |          1      100.00\n");
  const std::string text = one_way_text({"x", {std::string(50, 'a')}, {1}, 50});
  CHECK(text.find(std::string(39, 'a') + " |") != std::string::npos);
  CHECK(text.find(std::string(40, 'a')) == std::string::npos);
}

TEST_CASE("two-way tables are Stata's") {
  CHECK(two_way_text(repair_by_origin()) ==
        "    Repair |\n"
        "    record |      Car origin\n"
        "      1978 |  Domestic    Foreign |     Total\n"
        "-----------+----------------------+----------\n"
        "         1 |         2          0 |         2 \n"
        "         2 |         8          0 |         8 \n"
        "         3 |        27          3 |        30 \n"
        "         4 |         9          9 |        18 \n"
        "         5 |         2          9 |        11 \n"
        "-----------+----------------------+----------\n"
        "     Total |        48         21 |        69 \n");
}

TEST_CASE("percentages have a key and rules between the rows") {
  TwoWayTable table = repair_by_origin();
  table.rows = table.columns = true;
  CHECK(two_way_key(table) ==
        "+-------------------+\n"
        "| Key               |\n"
        "|-------------------|\n"
        "|     frequency     |\n"
        "|  row percentage   |\n"
        "| column percentage |\n"
        "+-------------------+\n");
  table.row_labels = {"1"};
  table.counts = {1, 3};
  table.cells = true;
  CHECK(two_way_text(table) ==
        "    Repair |\n"
        "    record |      Car origin\n"
        "      1978 |  Domestic    Foreign |     Total\n"
        "-----------+----------------------+----------\n"
        "         1 |         1          3 |         4 \n"
        "           |     25.00      75.00 |    100.00 \n"
        "           |    100.00     100.00 |    100.00 \n"
        "           |     25.00      75.00 |    100.00 \n"
        "-----------+----------------------+----------\n"
        "     Total |         1          3 |         4 \n"
        "           |     25.00      75.00 |    100.00 \n"
        "           |    100.00     100.00 |    100.00 \n"
        "           |     25.00      75.00 |    100.00 \n");
}

TEST_CASE("headings wrap over their columns and stand at the bottom") {
  TwoWayTable table;
  table.row_heading = "Job HI Loss";
  table.column_heading = "respondent lost job since start of COVID";
  table.row_labels = {"0"};
  table.column_labels = {"0", "Something long"};
  table.counts = {968, 88};
  table.row_label_width = 22;
  CHECK(two_way_text(table).starts_with(
      "                      |  respondent lost job\n"
      "                      | since start of COVID\n"
      "          Job HI Loss |         0  Something |     Total\n"
      "----------------------+"));
}

TEST_CASE("columns that do not fit go to another panel, with the totals again") {
  TwoWayTable table;
  table.row_heading = "a";
  table.column_heading = "b";
  table.row_labels = {"1"};
  table.column_labels = {"1", "2", "3"};
  table.counts = {1, 1, 1};
  table.linesize = 46;
  CHECK(two_way_text(table) ==
        "           |           b\n"
        "         a |         1          2 |     Total\n"
        "-----------+----------------------+----------\n"
        "         1 |         1          1 |         3 \n"
        "-----------+----------------------+----------\n"
        "     Total |         1          1 |         3 \n"
        "\n"
        "           |     b\n"
        "         a |         3 |     Total\n"
        "-----------+-----------+----------\n"
        "         1 |         1 |         3 \n"
        "-----------+-----------+----------\n"
        "     Total |         1 |         3 \n");
}

TEST_CASE("Pearson's test has its line and its probability") {
  CHECK(pearson_text(4, 27.26396, .00001752) ==
        "          Pearson chi2(4) =  27.2640   Pr = 0.000");
  CHECK(chi2_upper_tail(1, 3.841458820694124) == doctest::Approx(.05).epsilon(1e-12));
  CHECK(chi2_upper_tail(4, 27.2640) == doctest::Approx(1.7521e-5).epsilon(1e-3));
  CHECK(chi2_upper_tail(10, 3) == doctest::Approx(.981424063).epsilon(1e-8));
  CHECK(chi2_upper_tail(2, 10) == doctest::Approx(.006737946999085467).epsilon(1e-13));
  CHECK(chi2_upper_tail(3, 0) == 1);
}
