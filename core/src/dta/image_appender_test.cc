#include "stata_pydata/image_appender.h"

#include <unistd.h>

#include "dta/raw_image.h"
#include "dta/read_image.h"
#include "dta/test_table.h"
#include "stata_pydata/error.h"
#include "stata_pydata/image_check.h"

using namespace stata_pydata::dta;
using stata_pydata::ElementType;
using stata_pydata::Error;

namespace {

std::string contents_of(int fd) {
  std::string bytes(static_cast<std::size_t>(::lseek(fd, 0, SEEK_END)), '\0');
  CHECK(::pread(fd, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()));
  return bytes;
}

struct Files {
  int image = ::memfd_create("image", 0), strls = ::memfd_create("strls", 0);
  ~Files() {
    ::close(image);
    ::close(strls);
  }
};

Schema schema_of_three() {
  Schema schema;
  schema.variables.resize(3);
  schema.variables[0] = {"x", kDouble, "", "the x", ""};
  schema.variables[1] = {"s", str_type(6), "", "", ""};
  schema.variables[2] = {"t", kStrl, "", "", ""};
  schema.data_label = "in batches";
  return schema;
}

/// Rows [begin, begin + count) of a table that any rows can be made of.
TestTable batch_of(int begin, int count) {
  TestTable table;
  std::vector<double> x;
  std::vector<std::string> s, t;
  for (int i = begin; i < begin + count; ++i) {
    x.push_back(i % 10 == 0 ? double_nan(i % 27) : i * 0.5);
    s.push_back(std::to_string(i % 1000));
    t.push_back(i % 3 == 0 ? "" : std::string(static_cast<std::size_t>(i % 40), 't'));
  }
  table.add_numbers("x", ElementType::float64, x);
  table.add_texts("s", s);
  table.add_texts("t", t);
  return table;
}

}  // namespace

TEST_CASE("batches of any size make the image that all rows at once make") {
  constexpr int rows = 30'000;
  TestTable whole = batch_of(0, rows);
  for (auto& variable : whole.variables) variable.rule = TypeRule::declared;
  whole.schema = schema_of_three();
  const std::string expected = memory_image(whole.plan());
  for (const int size : {1000, 7001, rows}) {
    Files files;
    ImageAppender appender(schema_of_three(), files.image, files.strls);
    for (int begin = 0; begin < rows; begin += size) {
      const TestTable batch = batch_of(begin, std::min(size, rows - begin));
      WriteOptions options;
      options.threads = 2;
      CHECK(appender.append(batch.variables, options));
    }
    CHECK(appender.rows() == rows);
    appender.finish();
    CHECK(static_cast<bool>(contents_of(files.image) == expected));
  }
}

TEST_CASE("no rows at all make an image, too") {
  Files files;
  ImageAppender appender(schema_of_three(), files.image, files.strls);
  appender.finish();
  const std::string image = contents_of(files.image);
  CHECK(check_image(bytes_of(image)).passed());
  CHECK(ImageReader(bytes_of(image)).observations() == 0);
}

TEST_CASE("an image that is not finished is none; a batch that doesn't fit is left out") {
  Files files;
  ImageAppender appender(schema_of_three(), files.image, files.strls);
  const TestTable good = batch_of(0, 100);
  CHECK(appender.append(good.variables));
  CHECK_THROWS_AS(ImageReader(bytes_of(contents_of(files.image))), Error);
  TestTable bad = batch_of(100, 100);
  bad.variables[1].column = TextColumn{false, {bad.slices({"much too long"})}};
  CHECK_THROWS_AS(appender.append(bad.variables), Error);
  bad.variables[1].column =
      TextColumn{false, {bad.slices(std::vector<std::string>(100, "much too long"))}};
  CHECK_THROWS_WITH_AS(appender.append(bad.variables),
                       "variable s, row 0: the text has 13 bytes; str6 holds at most 6",
                       Error);
  CHECK(appender.append(batch_of(100, 50).variables));
  appender.finish();
  const std::string image = contents_of(files.image);
  CHECK(check_image(bytes_of(image)).passed());
  const ImageReader reader(bytes_of(image));
  CHECK(reader.observations() == 150);
  CHECK(reader.schema().variables[0].label == "the x");
  CHECK(shown(reader, 0)[149] == "74.5");
  CHECK(shown(reader, 2)[149] == std::string(29, 't'));
}

TEST_CASE("every type must be declared, strLs need their file") {
  Files files;
  Schema schema = schema_of_three();
  CHECK_THROWS_AS(ImageAppender(schema, files.image, -1), Error);
  schema.variables[1].type = str_type(0);
  CHECK_THROWS_AS(ImageAppender(schema, files.image, files.strls), Error);
}
