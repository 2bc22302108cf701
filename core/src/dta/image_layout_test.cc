#include "stata_pydata/image_layout.h"

#include <limits>

#include "doctest/doctest.h"
#include "stata_pydata/error.h"

using namespace stata_pydata::dta;
using stata_pydata::Error;

namespace {

Schema schema_of(int release, std::size_t variables) {
  Schema schema;
  schema.release = release;
  schema.variables.resize(variables);
  return schema;
}

}  // namespace

TEST_CASE("the map starts where the releases' header widths put it") {
  for (const auto& [release, start] :
       {std::pair{117, 153}, {118, 158}, {119, 160}, {120, 158}, {121, 160}}) {
    Schema schema = schema_of(release, 1);
    schema.timestamp = " 4 Aug 2024 07:02";
    CHECK(layout_image(schema, 0, 0).map[kMapMap] == start);
    schema.data_label = "label";
    CHECK(layout_image(schema, 0, 0).map[kMapMap] == start + 5);
    schema.timestamp.clear();
    CHECK(layout_image(schema, 0, 0).map[kMapMap] == start + 5 - 17);
  }
}

TEST_CASE("sections of 118 have the lengths of the format page") {
  Schema schema = schema_of(118, 3);
  schema.variables[0].type = str_type(5);
  schema.variables[1].type = kStrl;
  schema.variables[2].type = kInt;
  schema.characteristics = {{"_dta", "a", "four"}};
  schema.value_labels = {{"set", {{1, "one"}, {2, ""}}}};
  const auto layout = layout_image(schema, 10, 100);
  CHECK(layout.row_bytes == 15);
  CHECK(layout.cell_offsets == std::vector<std::int64_t>{0, 5, 13, 15});
  const std::int64_t lengths[] = {158 - 17,
                                  123,
                                  33 + 2 * 3,
                                  21 + 129 * 3,
                                  21 + 2 * 4,
                                  19 + 57 * 3,
                                  39 + 129 * 3,
                                  35 + 321 * 3,
                                  35 + 13 + 2 * 129 + 5,
                                  13 + 150,
                                  15 + 100,
                                  29 + 147 + 8 + 16 + 5,
                                  12};
  for (int i = 0; i < kMapEnd; ++i) {
    CAPTURE(i);
    CHECK(layout.map[static_cast<std::size_t>(i + 1)] -
              layout.map[static_cast<std::size_t>(i)] ==
          lengths[i]);
  }
  CHECK(layout.first_cell == layout.map[kMapData] + 6);
  CHECK(layout.first_strl == layout.map[kMapStrls] + 7);
}

TEST_CASE("117 and 119 differ where the format says") {
  const auto old = layout_image(schema_of(117, 2), 1, 0);
  CHECK(old.map[kMapSortList] - old.map[kMapNames] == 21 + 33 * 2);
  CHECK(old.map[kMapFormats] - old.map[kMapSortList] == 21 + 2 * 3);
  CHECK(old.map[kMapLabelNames] - old.map[kMapFormats] == 19 + 49 * 2);
  CHECK(old.map[kMapCharacteristics] - old.map[kMapVariableLabels] == 35 + 81 * 2);
  const auto many = layout_image(schema_of(119, 2), 1, 0);
  CHECK(many.map[kMapFormats] - many.map[kMapSortList] == 21 + 4 * 3);
}

TEST_CASE("what a release can't count is an error") {
  CHECK_THROWS_AS(layout_image(schema_of(116, 1), 0, 0), Error);
  CHECK_THROWS_AS(layout_image(schema_of(115, 1), 0, 0), Error);
  CHECK_THROWS_WITH(layout_image(schema_of(118, 32768), 0, 0),
                    "32768 variables; release 118 holds at most 32767");
  CHECK_THROWS_WITH(layout_image(schema_of(117, 1), std::int64_t{1} << 31, 0),
                    "2147483648 observations; release 117 holds at most 2147483647");
  CHECK_THROWS_WITH(layout_image(schema_of(118, 1), std::int64_t{1} << 40, 0),
                    "1099511627776 observations; release 118 holds at most "
                    "1099511627775");
  CHECK_NOTHROW(layout_image(schema_of(119, 32768), 0, 0));
  CHECK_THROWS_WITH(
      layout_image(schema_of(118, 1), 1, std::numeric_limits<std::int64_t>::max()),
      "the image would be larger than 2^63 bytes");
}

TEST_CASE("type codes stand for types and back, in every release") {
  for (const int release : {117, 118, 119, 120, 121}) {
    const auto& widths = *find_release(release);
    int known = 0;
    for (int code = 0; code < 65536; ++code)
      if (const auto type = type_of_code(widths, static_cast<std::uint16_t>(code))) {
        CHECK(type_code(*type) == code);
        ++known;
      }
    CHECK(known == 2045 + 6 + (release >= 120 ? 1 : 0));
  }
  CHECK(type_code(kByte) == 65530);
  CHECK(type_code(kInt) == 65529);
  CHECK(type_code(kLong) == 65528);
  CHECK(type_code(kFloat) == 65527);
  CHECK(type_code(kDouble) == 65526);
  const auto& old = *find_release(115);
  CHECK(type_of_code(old, 255) == kDouble);
  CHECK(type_of_code(old, 244) == str_type(244));
  CHECK_FALSE(type_of_code(old, 245));
  CHECK(find_release(116) == nullptr);
}
