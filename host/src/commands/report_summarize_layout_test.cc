#include "commands/report_summarize_layout.h"

#include "data/storage.h"
#include "doctest/doctest.h"

using namespace adohost;

TEST_CASE("the table of summarize has Stata's widths") {
  CHECK(summary_header(false) ==
        "    Variable |        Obs        Mean    Std. dev.       Min        Max");
  CHECK(summary_rule(false) ==
        "-------------+---------------------------------------------------------");
  CHECK(summary_line({"price", 74, 74, 6165.256756756757, 2949.495884768919, 3291, 15906},
                     false) ==
        "       price |         74    6165.257    2949.496       3291      15906");
  CHECK(summary_line({"mpg", 74, 74, 21.2972972972973, 5.78550320767, 12, 41}, false) ==
        "         mpg |         74     21.2973    5.785503         12         41");
  CHECK(summary_line({"income", 3674275, 3674275, 10.76733, 3.989987, 1, 16}, false) ==
        "      income |  3,674,275    10.76733    3.989987          1         16");
  CHECK(summary_line({"make", 0}, false) == "        make |          0");
  CHECK(summary_line({"marriage_rate", 1, 1, 5, missing_value(), 5, 5}, false) ==
        "marriage_r~e |          1           5           .          5          5");
  CHECK(summary_line({"x", 5, 5, -1.5, .5, -1.2345678e10, -.12345678}, false) ==
        "           x |          5        -1.5          .5  -1.23e+10  -.1234568");
}

TEST_CASE("analytic weights widen the table") {
  CHECK(
      summary_header(true) ==
      "    Variable |     Obs      Weight        Mean   Std. dev.       Min        Max");
  CHECK(summary_rule(true) ==
        "-------------+----------------------------------------------------------------"
        "-");
  CHECK(
      summary_line({"rli", 12921, 486061.3718, .19567541, .1211795, 0, .9090909}, true) ==
      "         rli |  12,921  486061.372    .1956754   .1211795          0   .9090909");
}

TEST_CASE("a variable's own format is kept within its column") {
  SummaryLine line{"price", 74, 74, 6165.256756756757, 2949.495884768919, 3291, 15906};
  line.format = "%8.0gc";
  CHECK(summary_line(line, false) ==
        "       price |         74     6,165.3     2,949.5      3,291     15,906");
}

TEST_CASE("the detailed block is Stata's") {
  DetailBlock block;
  block.title = "Price";
  block.obs = block.weight = 74;
  block.mean = 6165.256756756757;
  block.sd = 2949.495884768919;
  block.variance = 8699525.974268788;
  block.detail.percentiles = {3291, 3748, 3895, 4195, 5006.5, 6342, 11385, 13466, 15906};
  block.detail.smallest = {3291, 3299, 3667, 3748};
  block.detail.largest = {13466, 13594, 14500, 15906};
  block.detail.skewness = 1.653433511704859;
  block.detail.kurtosis = 4.819187528464004;
  CHECK(detail_block(block) ==
        "                            Price\n"
        "-------------------------------------------------------------\n"
        "      Percentiles      Smallest\n"
        " 1%         3291           3291\n"
        " 5%         3748           3299\n"
        "10%         3895           3667       Obs                  74\n"
        "25%         4195           3748       Sum of wgt.          74\n"
        "\n"
        "50%       5006.5                      Mean           6165.257\n"
        "                        Largest       Std. dev.      2949.496\n"
        "75%         6342          13466\n"
        "90%        11385          13594       Variance        8699526\n"
        "95%        13466          14500       Skewness       1.653434\n"
        "99%        15906          15906       Kurtosis       4.819188\n");
  DetailBlock empty;
  empty.title = "x";
  CHECK(detail_block(empty) ==
        "                              x\n"
        "-------------------------------------------------------------\n"
        "no observations\n");
}
