#include "format/format.h"

#include "base/error.h"
#include "data/storage.h"
#include "doctest/doctest.h"

namespace adohost {

namespace {

struct Row {
  double x;
  const char* format;
  const char* shown;
};

void check(const Row& row) {
  CAPTURE(row.x);
  CAPTURE(row.format);
  CHECK(format_number(row.x, row.format) == row.shown);
}

}  // namespace

TEST_CASE("%w.0g shows w - 2 places of the exact value and no leading zero") {
  const Row rows[] = {
      {0, "%9.0g", "        0"},
      {1, "%9.0g", "        1"},
      {-1, "%9.0g", "       -1"},
      {.5, "%9.0g", "       .5"},
      {-.5, "%9.0g", "      -.5"},
      {1.0 / 3, "%9.0g", " .3333333"},
      {-1.0 / 3, "%9.0g", "-.3333333"},
      {1.0 / 3, "%10.0g", " .33333333"},
      {2.0 / 3, "%10.0g", " .66666667"},
      {3.14159265358979, "%9.0g", " 3.141593"},
      {3.14159265358979, "%10.0g", " 3.1415927"},
      {21.297297297297298, "%9.0g", "  21.2973"},
      {6165.256756756757, "%9.0g", " 6165.257"},
      {2949.495884768919, "%9.0g", " 2949.496"},
      {5.785503209735141, "%9.0g", " 5.785503"},
      {1234567, "%9.0g", "  1234567"},
      {9999999, "%9.0g", "  9999999"},
      {10000000, "%9.0g", " 1.00e+07"},
      {-10000000, "%9.0g", "-1.00e+07"},
      {9999999.6, "%9.0g", " 1.00e+07"},
      {12345678, "%9.0g", " 1.23e+07"},
      {12345678, "%10.0g", "  12345678"},
      {100000000, "%10.0g", " 1.000e+08"},
      {123456789, "%10.0g", " 1.235e+08"},
      {123456789, "%12.0g", "   123456789"},
      {1234567890, "%12.0g", "  1234567890"},
      {12345678901.0, "%12.0g", " 1.23457e+10"},
      {123456, "%8.0g", "  123456"},
      {1234567, "%8.0g", " 1.2e+06"},
      {9.99999999, "%9.0g", "       10"},
      {.99999999, "%9.0g", "        1"},
      {.1, "%9.0g", "       .1"},
      {static_cast<double>(.1f), "%9.0g", "       .1"},
      {static_cast<double>(.1f), "%10.0g", "        .1"},
      {static_cast<double>(.1f), "%18.0g", " .1000000014901161"},
      {.00001, "%9.0g", "   .00001"},
      {.0000123456, "%9.0g", " .0000123"},
      {.000009, "%9.0g", " 9.00e-06"},
      {1.5e-10, "%10.0g", " 1.500e-10"},
      {1e-300, "%9.0g", " 1.0e-300"},
      {1e300, "%10.0g", " 1.00e+300"},
      {100, "%9.0g", "      100"},
      {1000000, "%10.0g", "   1000000"},
      {2.5, "%1.0g", "2"},
      {1, "%-9.0g", "1        "},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("%w.dg shows d places at most, the integer part whole") {
  check({3.14159, "%9.3g", "     3.14"});
  check({.00012345, "%9.3g", "  .000123"});
  check({6165.2568, "%9.3g", "     6165"});
}

TEST_CASE("Commas separate thousands as long as they fit") {
  const Row rows[] = {
      {4099, "%8.0gc", "   4,099"},
      {15906, "%8.0gc", "  15,906"},
      {999, "%8.0gc", "     999"},
      {1234567.891, "%12.0gc", " 1,234,567.9"},
      {1234567.891, "%12.2fc", "1,234,567.89"},
      {-1234.5, "%12.2fc", "   -1,234.50"},
      {1234567.891, "%10.2fc", "1234567.89"},
      {1000000, "%16.0gc", "       1,000,000"},
      {.5, "%9.0gc", "       .5"},
      {1234.5, "%9,2f", "  1234,50"},
      {1234567.891, "%14,2fc", "  1.234.567,89"},
      {.5, "%9,0g", "       ,5"},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("%f and %e") {
  const Row rows[] = {
      {3.14159, "%9.2f", "     3.14"},
      {.5, "%9.2f", "     0.50"},
      {-.004, "%5.2f", "-0.00"},
      {2.5, "%3.0f", "  2"},
      {3.5, "%3.0f", "  4"},
      {.125, "%5.2f", " 0.12"},
      {1234567.89, "%8.2f", " 1.2e+06"},
      {42, "%05.0f", "00042"},
      {-42, "%06.0f", "-00042"},
      {42, "%-8.1f", "42.0    "},
      {12345.678, "%10.2e", "  1.23e+04"},
      {12345.678, "%10.4e", "1.2346e+04"},
      {12345.678, "%9.4e", "1.235e+04"},
      {9007199254740993.0, "%16.0f", "9007199254740992"},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("Formats that show the bits") {
  check({1, "%21x", "+1.0000000000000X+000"});
  check({-1.5, "%21x", "-1.8000000000000X+000"});
  check({.1, "%21x", "+1.999999999999aX-004"});
  check({0, "%21x", "+0.0000000000000X-3ff"});
  check({missing_value(), "%21x", "+1.0000000000000X+3ff"});
  check({missing_value(1), "%21x", "+1.0010000000000X+3ff"});
  check({1, "%16H", "3ff0000000000000"});
  check({1, "%16L", "000000000000f03f"});
  check({1, "%8H", "3f800000"});
  check({1, "%8L", "0000803f"});
}

TEST_CASE("Missing values show their names in every format") {
  check({missing_value(), "%9.0g", "        ."});
  check({missing_value(26), "%9.2f", "       .z"});
  check({missing_value(1), "%-9.0g", ".a       "});
  check({missing_value(), "%td", "        ."});
}

TEST_CASE("Macro text has up to 16 places") {
  CHECK(macro_number(.1) == ".1");
  CHECK(macro_number(1.0 / 3) == ".3333333333333333");
  CHECK(macro_number(10000000) == "10000000");
  CHECK(macro_number(9007199254740992.0) == "9007199254740992");
  CHECK(macro_number(1e17) == "1.00000000000e+17");
  CHECK(macro_number(-2.5) == "-2.5");
  CHECK(macro_number(missing_value(3)) == ".c");
}

TEST_CASE("Dates in their default formats") {
  const Row rows[] = {
      {0, "%td", "01jan1960"},
      {-1, "%td", "31dec1959"},
      {21914, "%td", "31dec2019"},
      {21974, "%td", "29feb2020"},
      {21974, "%d", "29feb2020"},
      {0, "%tc", "01jan1960 00:00:00"},
      {1893456000000.0, "%tc", "01jan2020 00:00:00"},
      {-1, "%tc", "31dec1959 23:59:59"},
      {1893456000000.0 + 27000, "%tC", "01jan2020 00:00:00"},
      {394416000000.0, "%tC", "30jun1972 23:59:60"},
      {0, "%tw", " 1960w1"},
      {2400, "%tw", " 2006w9"},
      {0, "%tm", " 1960m1"},
      {-1, "%tm", "1959m12"},
      {720, "%tm", " 2020m1"},
      {-1, "%tq", "1959q4"},
      {240, "%tq", "2020q1"},
      {121, "%th", "2020h2"},
      {2020, "%ty", "2020"},
      {5, "%tg", "        5"},
      {1e12, "%td", " 1.00e+12"},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("Date display codes") {
  const double day = 21974;  // Saturday, 29 February 2020
  const double time = day * 86400000.0 + 13 * 3600000.0 + 5 * 60000.0 + 9 * 1000.0 + 87;
  const Row rows[] = {
      {day, "%tdCCYY-NN-DD", "2020-02-29"},
      {day, "%tdNN/DD/CCYY", "02/29/2020"},
      {day, "%tdnn/dd/YY", " 2/29/20"},
      {day, "%tdDayname,_dd_Month_CCYY", "  Saturday, 29 February 2020"},
      {day, "%tdDAYNAME", "Saturday "},
      {day, "%tdDay_DD_mon", "Sat 29 feb"},
      {day, "%tdda", "sa"},
      {day, "%tdJJJ", "060"},
      {day, "%tdCCYY!wWW", "2020w09"},
      {day, "%tdCCYY!qq", "2020q1"},
      {day, "%tdD_m_Y", "29 Feb 20"},
      {day, "%dN/D/Y", "02/29/20"},
      {day, "%tdmonth+CC", " february20"},
      {time, "%tcHH:MM:SS.sss", "13:05:09.087"},
      {time, "%tcHH:MM:SS.s", "13:05:09.0"},
      {time, "%tchh:MM_am", " 1:05 pm"},
      {time, "%tcHh:MM_A.M.", "01:05 P.M."},
      {time, "%tcCCYY-NN-DD!THH:MM:SS", "2020-02-29T13:05:09"},
      {time, "%tchH:mm:ss", "  13:5:9"},
      {721, "%tmCCYY-NN", "2020-02"},
      {721, "%tmMon_CCYY", "Feb 2020"},
      {day, "%-tdDD", "29"},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("Strings are padded and never cut") {
  CHECK(format_text("abc", "%9s") == "      abc");
  CHECK(format_text("abc", "%-9s") == "abc      ");
  CHECK(format_text("abc", "%~9s") == "   abc   ");
  CHECK(format_text("abcdefghij", "%5s") == "abcdefghij");
  CHECK(format_text("\xc3\xa4", "%3s") == "  \xc3\xa4");
}

TEST_CASE("What is a format") {
  for (const char* good : {"%9.0g", "%-12.3fc", "%010.2f", "%8,2f", "%20.10e", "%td",
                           "%tc", "%-tdD_m_Y", "%21x", "%16H", "%8L", "%tg"}) {
    CAPTURE(good);
    CHECK(is_numeric_format(good));
    CHECK_FALSE(is_string_format(good));
  }
  for (const char* good : {"%9s", "%-18s", "%~20s", "%2045s"}) {
    CAPTURE(good);
    CHECK(is_string_format(good));
    CHECK_FALSE(is_numeric_format(good));
  }
  for (const char* bad : {"", "%", "9.0g", "%9", "%9.0", "%9.0z", "%.2f", "%0.0g",
                          "%9.9g", "%9.12f", "%999.0g", "%2046s", "%tz", "%td?", "%20x",
                          "%9.0gx", "%99999999999999999999.0g", "%td!", "%~9.0g"}) {
    CAPTURE(bad);
    CHECK_FALSE(is_numeric_format(bad));
    CHECK_FALSE(is_string_format(bad));
  }
  CHECK(format_width("%12.0g") == 12);
  CHECK(format_width("%td") == 9);
  CHECK(format_width("%tc") == 18);
  CHECK(is_left_aligned("%-9s"));
  CHECK(is_date_format("%tdCCYY"));
  CHECK_FALSE(is_date_format("%9.0g"));
}

TEST_CASE("A format of the other kind is refused with Stata's code") {
  try {
    format_number(1, "%9s");
    FAIL("no error");
  } catch (const StataError& e) {
    CHECK(e.rc() == 120);
    CHECK(e.text() == "invalid %format");
  }
}

}  // namespace adohost

TEST_CASE("formats widen for value labels, but for dates") {
  CHECK(adohost::widened_format("%9.0g", 12) == "%12.0g");
  CHECK(adohost::widened_format("%-8.0gc", 10) == "%-10.0gc");
  CHECK(adohost::widened_format("%09.2f", 10) == "%010.2f");
  CHECK(adohost::widened_format("%9,2f", 11) == "%11,2f");
  CHECK(adohost::widened_format("%12.0g", 12) == "%12.0g");
  CHECK(adohost::widened_format("%td", 20) == "%td");
  CHECK(adohost::widened_format("%21x", 30) == "%21x");
}
