#include "stata_pydata/image_filler.h"

#include <thread>

#include "dta/raw_image.h"
#include "dta/read_image.h"
#include "dta/test_table.h"
#include "stata_pydata/error.h"

using namespace stata_pydata::dta;
using stata_pydata::ElementType;
using stata_pydata::Error;

namespace {

constexpr std::int64_t kRows = 1000;

/// An image of a byte, a double, a str4 and a strL, all unfilled.
std::string empty_image() {
  Schema schema;
  for (const auto type : {kByte, kDouble, str_type(4), kStrl}) {
    const std::string name = "v" + std::to_string(schema.variables.size());
    schema.variables.push_back({name, type, "", "", ""});
  }
  return memory_image(plan_empty_image(schema, kRows));
}

std::span<std::byte> writable(std::string& image) {
  return std::as_writable_bytes(std::span(image.data(), image.size()));
}

}  // namespace

TEST_CASE("cells are filled where they are, the others stay missing") {
  std::string image = empty_image();
  const std::string before = image;
  ImageFiller filler(writable(image));
  CHECK(filler.observations() == kRows);
  const std::vector<double> small = {1, 100, double_nan(3)}, real = {0.5, -1e300, 2};
  const std::vector<TextSlice> texts = {{"ab"}, {""}, {"abcd"}};
  CHECK(filler.fill(
      997, std::vector<FillColumn>{
               {0, column_of(small)}, {2, column_of(texts)}, {1, column_of(real)}}));
  const ImageReader reader(bytes_of(image));
  CHECK(shown(reader, 0)[996] == ".");
  CHECK(shown(reader, 0)[998] == "100");
  CHECK(shown(reader, 0)[999] == ".c");
  CHECK(shown(reader, 1)[997] == "0.5");
  CHECK(shown(reader, 2)[999] == "abcd");
  CHECK(shown(reader, 2)[0].empty());
  const auto first = static_cast<std::size_t>(reader.layout().first_cell);
  CHECK(image.substr(0, first) == before.substr(0, first));
}

TEST_CASE("what doesn't fit changes nothing") {
  std::string image = empty_image();
  const std::string before = image;
  ImageFiller filler(writable(image));
  const std::vector<double> fits = {1, 2}, large = {1, 101}, part = {1.5, 2};
  const std::vector<TextSlice> texts = {{"a"}, {"abcde"}};
  const auto fails = [&](std::int64_t row, std::vector<FillColumn> columns,
                         const char* sentence) {
    CHECK_THROWS_WITH_AS(filler.fill(row, columns), sentence, Error);
    CHECK(image == before);
  };
  fails(0, {{1, column_of(fits)}, {0, column_of(large)}},
        "variable v0, row 1: 101 is outside the range of byte");
  fails(0, {{0, column_of(part)}},
        "variable v0, row 0: 1.5 is no whole number, so it can't be byte");
  fails(0, {{2, column_of(texts)}},
        "variable v2, row 1: the text has 5 bytes; str4 holds at most 4");
  fails(0, {{3, column_of(texts)}},
        "variable v3 is strL: its texts can't be filled in place; declare it str# to "
        "fill it");
  fails(0, {{0, column_of(texts)}}, "variable v0: a column of texts can't be byte");
  fails(999, {{0, column_of(fits)}},
        "2 rows from row 999 on are not all in an image of 1000 rows");
  fails(-1, {{0, column_of(fits)}},
        "2 rows from row -1 on are not all in an image of 1000 rows");
  fails(0, {{4, column_of(fits)}},
        "there is no variable number 4 among 4, counted from 0");
  fails(0, {{0, column_of(fits)}, {1, column_of(std::span(fits).first(1))}},
        "variable v1 has 1 rows, variable v0 has 2");
}

TEST_CASE("several fillers at a time") {
  std::string image = empty_image();
  std::vector<double> values(kRows);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<double>(i) / 3;
  std::vector<std::thread> threads;
  constexpr std::int64_t quarter = kRows / 4;
  for (std::int64_t part = 0; part < 4; ++part)
    threads.emplace_back([&, part] {
      ImageFiller filler(writable(image));
      const auto begin = static_cast<std::size_t>(part * quarter);
      filler.fill(part * quarter,
                  std::vector<FillColumn>{
                      {1, column_of(std::span(values).subspan(begin, quarter))}});
    });
  for (auto& thread : threads) thread.join();
  const ImageReader reader(bytes_of(image));
  CHECK(doubles(reader, 1, all_rows(reader)) == values);
}

TEST_CASE("big-endian images are not filled") {
  std::string image = every_type(118, true).bytes();
  CHECK_THROWS_AS(ImageFiller(writable(image)), Error);
}
