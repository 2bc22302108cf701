#include "stata_pydata/image_columns.h"

#include "dta/raw_image.h"
#include "dta/read_image.h"
#include "dta/test_table.h"
#include "stata_pydata/error.h"

using namespace stata_pydata::dta;
using namespace std::string_literals;
using stata_pydata::Error;

namespace {

using Indexes = std::vector<std::int64_t>;

/// The image of some variables of another, with the rule for all of them.
std::string copied(const ImageReader& reader, const Indexes& variables,
                   TypeRule rule = TypeRule::declared,
                   StrlSharing sharing = StrlSharing::same_memory) {
  auto columns = columns_of(reader, variables);
  for (auto& column : columns) column.rule = rule;
  WriteOptions options;
  options.share_strls = sharing;
  return memory_image(*plan_image(schema_of(reader, variables), columns, options));
}

std::vector<std::vector<std::string>> all_cells(const std::string& image) {
  const ImageReader reader(bytes_of(image));
  std::vector<std::vector<std::string>> cells;
  for (std::size_t k = 0; k < reader.schema().variables.size(); ++k)
    cells.push_back(shown(reader, static_cast<std::int64_t>(k)));
  return cells;
}

}  // namespace

TEST_CASE("every release and byte order becomes the same image") {
  std::vector<std::string> images;
  for (const int release : {117, 118, 119, 120, 121})
    for (const bool big : {false, true}) {
      CAPTURE(release);
      CAPTURE(big);
      const std::string image = every_type(release, big).bytes();
      const ImageReader reader(bytes_of(image));
      images.push_back(copied(reader, {0, 1, 2, 3, 4, 5, 6}));
      CHECK(images.back() == images.front());
    }
  const ImageReader copy(bytes_of(images[0]));
  CHECK(shown(copy, 4)[1] == ".c");
  CHECK(shown(copy, 6) == std::vector{"text"s, "x\0y"s, "text"s});
  CHECK(copy.text(6, 1).binary);
  CHECK_FALSE(copy.text(6, 0).binary);
  CHECK(copy.schema().value_labels[0].entries.size() == 2);
  CHECK(copy.schema().sorted_by.empty());            // its rows are not so sorted
  CHECK(copy.schema().characteristics.size() == 3);  // note0 is completed
}

TEST_CASE("strLs that an image shares stay shared, equal ones apart stay apart") {
  const std::string image = every_type(118, false).bytes();
  const ImageReader reader(bytes_of(image));
  const std::string shared = copied(reader, {6});
  CHECK(shared.find("GSO", shared.find("GSO") + 1) != std::string::npos);
  const auto count = [](const std::string& bytes) {
    int strls = 0;
    for (auto at = bytes.find("GSO"); at != std::string::npos;
         at = bytes.find("GSO", at + 1))
      ++strls;
    return strls;
  };
  CHECK(count(shared) == 2);
  const auto apart = copied(reader, {6}, TypeRule::declared, StrlSharing::none);
  CHECK(count(apart) == 3);
  const ImageReader unshared(bytes_of(apart));
  CHECK(count(copied(unshared, {0})) == 3);
  CHECK(count(copied(unshared, {0}, TypeRule::declared, StrlSharing::equal)) == 2);
}

TEST_CASE("a subset takes its own metadata and the keys that still hold") {
  RawImage raw;
  raw.variables = {{65530, "a", "%8.0g", "", ""},
                   {65530, "b", "%8.0g", "", ""},
                   {65530, "c", "%8.0g", "", ""}};
  raw.observations = 2;
  raw.cells = "\1\2\3\1\3\3";
  raw.sort_list = {2, 1, 3};
  raw.characteristics = {{"a", "x", "of a"}, {"b", "x", "of b"}, {"_dta", "x", "all"}};
  const std::string image = raw.bytes();
  const ImageReader reader(bytes_of(image));
  const std::string copy = copied(reader, {2, 1});
  const ImageReader subset(bytes_of(copy));
  CHECK(subset.schema().variables[0].name == "c");
  CHECK(subset.schema().sorted_by == std::vector<std::int32_t>{1});
  CHECK(subset.schema().characteristics.size() == 2);
  for (const auto& item : subset.schema().characteristics) CHECK(item.owner != "a");
  CHECK(all_cells(copy)[1] == shown(reader, 1));
}

TEST_CASE("cells are copied as they are, whatever they hold, and converted on request") {
  RawImage raw;
  raw.variables = {{65526, "d", "%10.0g", "", ""}, {65530, "b", "%8.0g", "", ""}};
  raw.observations = 3;
  const double minus_infinity = -std::numeric_limits<double>::infinity();
  raw.cells = raw.real(1.0) + raw.number(0x80, 1) + raw.real(minus_infinity) +
              raw.number(7, 1) + raw.number(0x7FE0010000000000, 8) + raw.number(102, 1);
  const std::string image = raw.bytes();
  const ImageReader reader(bytes_of(image));
  const std::string copy = copied(reader, {0, 1});
  const auto cells = [](const ImageReader& of, const std::string& bytes) {
    return bytes.substr(static_cast<std::size_t>(of.layout().first_cell), 27);
  };
  const ImageReader copied_reader(bytes_of(copy));
  CHECK(cells(copied_reader, copy) == cells(reader, image));
  CHECK_THROWS_WITH_AS(copied(reader, {0}, TypeRule::smallest),
                       "variable d, row 1: -infinity is no number that Stata has", Error);
  const std::string small = copied(reader, {1}, TypeRule::smallest);
  const ImageReader narrow(bytes_of(small));
  CHECK(narrow.schema().variables[0].type == kInt);  // -128 is no byte
  CHECK(shown(narrow, 0) == std::vector{"-128"s, "7"s, ".a"s});
  auto columns = columns_of(reader, Indexes{1});
  Schema schema = schema_of(reader, Indexes{1});
  schema.variables[0].type = kDouble;
  const std::string wide = memory_image(*plan_image(schema, columns));
  CHECK(all_cells(wide)[0] == std::vector{"-128"s, "7"s, ".a"s});
}

TEST_CASE("aliases can't be copied") {
  const std::string image = every_type(120, false).bytes();
  const ImageReader reader(bytes_of(image));
  CHECK_THROWS_AS(columns_of(reader), Error);
}
