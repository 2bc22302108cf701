#include "commands/report_list_layout.h"

#include "doctest/doctest.h"

using namespace adohost;

namespace {

const std::vector<ListColumn> kTwo{{"make", 13, true}, {"price", 5, false}};

/// The twelve variables of the auto data, as wide as `list in 1/3` makes them.
const std::vector<ListColumn> kAuto{
    {"make", 11, true},     {"price", 5, false},    {"mpg", 3, false},
    {"rep78", 5, false},    {"headroom", 8, false}, {"trunk", 5, false},
    {"weight", 6, false},   {"length", 6, false},   {"turn", 4, false},
    {"displa~t", 8, false}, {"gear_r~o", 8, false}, {"foreign", 8, false}};

ListStyle wide(std::size_t linesize) {
  ListStyle style;
  style.linesize = linesize;
  return style;
}

std::string all(const ListTable& table) {
  return table.top() + table.header() + table.rule() +
         table.row(1, {"AMC Concord", "4,099"}) +
         table.row(12, {"Buick Century", "4,816"}) + table.bottom();
}

}  // namespace

TEST_CASE("the table format is Stata's") {
  CHECK(all(ListTable(kTwo, {})) ==
        "     +-----------------------+\n"
        "     | make            price |\n"
        "     |-----------------------|\n"
        "  1. | AMC Concord     4,099 |\n"
        " 12. | Buick Century   4,816 |\n"
        "     +-----------------------+\n");
}

TEST_CASE("without observation numbers, with dividers, with wider numbers") {
  ListStyle style;
  style.numbers = false;
  style.divider = true;
  CHECK(all(ListTable(kTwo, style)) ==
        "  +-----------------------+\n"
        "  | make          | price |\n"
        "  |---------------+-------|\n"
        "  | AMC Concord   | 4,099 |\n"
        "  | Buick Century | 4,816 |\n"
        "  +-----------------------+\n");
  ListStyle big;
  big.number_width = 5;
  CHECK(ListTable(kTwo, big).row(12, {"a", "1"}) == "   12. | a                   1 |\n");
}

TEST_CASE("the clean style has no lines but the same columns") {
  ListStyle style;
  style.clean = true;
  CHECK(all(ListTable(kTwo, style)) ==
        "       make            price  \n"
        "  1.   AMC Concord     4,099  \n"
        " 12.   Buick Century   4,816  \n");
  style.numbers = false;
  CHECK(ListTable(kTwo, style).header() == "    make            price  \n");
}

TEST_CASE("the display format deals columns out and stretches the shorter lines") {
  const std::vector<std::string> cells{"AMC Concord", "4,099", "22",    "3",
                                       "2.5",         "11",    "2,930", "186",
                                       "40",          "121",   "3.58",  "Domestic"};
  CHECK_FALSE(list_fits(kAuto, wide(80)));
  CHECK(ListDisplay(kAuto, wide(80)).box(1, cells, true) ==
        "     +---------------------------------------------------------------+\n"
        "  1. | make        | price | mpg | rep78 | headroom | trunk | weight |\n"
        "     | AMC Concord | 4,099 |  22 |     3 |      2.5 |    11 |  2,930 |\n"
        "     |---------------------+-------------+---------------------------|\n"
        "     |  length   |  turn   |  displa~t   |  gear_r~o   |   foreign   |\n"
        "     |     186   |    40   |       121   |      3.58   |  Domestic   |\n"
        "     +---------------------------------------------------------------+\n");
  CHECK(ListDisplay(kAuto, wide(64)).box(1, cells, true) ==
        "     +------------------------------------------------------+\n"
        "  1. | make        | price | mpg | rep78 | headroom | trunk |\n"
        "     | AMC Concord | 4,099 |  22 |     3 |      2.5 |    11 |\n"
        "     |------------------------------------------------------|\n"
        "     | weight  | length  |  turn  |  displa~t  |  gear_r~o  |\n"
        "     |  2,930  |    186  |    40  |       121  |      3.58  |\n"
        "     |------------------------------------------------------|\n"
        "     |                        foreign                       |\n"
        "     |                       Domestic                       |\n"
        "     +------------------------------------------------------+\n");
}

TEST_CASE("names may stand in a box of their own") {
  const std::vector<ListColumn> columns{
      {"a", 3, false}, {"b", 1, false}, {"cc", 6, true}};
  const ListDisplay display(columns, wide(20));
  CHECK(display.header_box() ==
        "     +---------+\n"
        "     |   a | b |\n"
        "     |---------|\n"
        "     | cc      |\n"
        "     +---------+\n");
  CHECK(display.box(7, {"100", "2", "x"}, false) ==
        "     +---------+\n"
        "  7. | 100 | 2 |\n"
        "     |---------|\n"
        "     | x       |\n"
        "     +---------+\n");
}
