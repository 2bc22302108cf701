#include "stata_pydata/arrow_input.h"

#include <array>
#include <limits>
#include <string>

#include "arrow/decimal.h"
#include "doctest/doctest.h"
#include "stata_pydata/error.h"

using namespace stata_pydata::dta;
using stata_pydata::Error;
using stata_pydata::Fault;

namespace {

/// A table of one column in memory of its own, which counts how often it is released.
struct TestArrow {
  std::string format = "i";
  std::array<std::int32_t, 4> values{1, 2, 3, 4};
  std::array<const void*, 2> buffers{nullptr, values.data()};
  ArrowSchema column{};
  ArrowArray array{};
  ArrowSchema* columns[1] = {&column};
  ArrowArray* arrays[1] = {&array};
  const void* no_buffer[1] = {nullptr};
  ArrowSchema schema{};
  ArrowArray batch{};
  int released = 0;

  explicit TestArrow(const char* type = "i") : format(type) {
    column.format = format.c_str();
    column.name = "x";
    array.length = 4;
    array.n_buffers = 2;
    array.buffers = buffers.data();
    schema.format = "+s";
    schema.n_children = 1;
    schema.children = columns;
    schema.private_data = this;
    schema.release = [](ArrowSchema* self) {
      ++static_cast<TestArrow*>(self->private_data)->released;
      self->release = nullptr;
    };
    batch.length = 4;
    batch.n_buffers = 1;
    batch.buffers = no_buffer;
    batch.n_children = 1;
    batch.children = arrays;
    batch.private_data = this;
    batch.release = [](ArrowArray* self) {
      ++static_cast<TestArrow*>(self->private_data)->released;
      self->release = nullptr;
    };
  }
  TestArrow(const TestArrow&) = delete;

  std::string refusal(Fault fault = Fault::invalid) {
    try {
      ArrowTable::from_array(&schema, &batch);
    } catch (const Error& error) {
      CHECK(error.fault() == fault);
      CHECK(released == 2);
      return error.what();
    }
    return "accepted";
  }
};

const std::string kMalformed = "column x: its Arrow array is malformed: ";

}  // namespace

TEST_CASE("a table keeps its arrays until it goes, and releases them once") {
  TestArrow arrow;
  {
    ArrowTable table = ArrowTable::from_array(&arrow.schema, &arrow.batch);
    CHECK_FALSE(static_cast<bool>(arrow.schema.release));
    CHECK_FALSE(static_cast<bool>(arrow.batch.release));
    const ArrowTable moved = std::move(table);
    REQUIRE(moved.columns().size() == 1);
    CHECK(rows_of(moved.columns()[0]) == 4);
    CHECK(moved.fields()[0].variable.name == "x");
    CHECK(arrow.released == 0);
  }
  CHECK(arrow.released == 2);
  CHECK(arrow.refusal() == "the Arrow array is released");
}

TEST_CASE("arrays that contradict themselves or the schema are errors") {
  TestArrow short_array;
  short_array.array.length = 3;
  CHECK(short_array.refusal() == kMalformed + "it has 3 elements of 4");
  TestArrow sliced;
  sliced.batch.offset = 1;
  CHECK(sliced.refusal() == kMalformed + "it has 4 elements of 5");
  TestArrow negative;
  negative.array.offset = -1;
  CHECK(negative.refusal() == kMalformed + "its offset is negative");
  TestArrow few;
  few.array.n_buffers = 1;
  CHECK(few.refusal() == kMalformed + "it has 1 buffers");
  TestArrow texts("u");
  CHECK(texts.refusal() == kMalformed + "it has 2 buffers");
  TestArrow absent;
  absent.buffers[1] = nullptr;
  CHECK(absent.refusal() == kMalformed + "a buffer is absent");
  TestArrow wider;
  wider.batch.n_children = 2;
  CHECK(wider.refusal() == "an Arrow batch has 2 columns; its schema has 1");
  TestArrow nulls;
  nulls.batch.null_count = 1;
  CHECK(nulls.refusal() == "an Arrow batch has rows that are missing as a whole");
}

TEST_CASE("types without a counterpart name the column") {
  for (const char* format :
       {"", "q", "ts", "tsq:", "d:", "d:9", "d:9,2,99", "w:", "+l"}) {
    TestArrow arrow(format);
    CHECK(arrow.refusal(Fault::type) == "column x is of the Arrow type '" +
                                            std::string(format) +
                                            "', which has no counterpart in Stata");
  }
  TestArrow no_table;
  no_table.schema.format = "i";
  CHECK(no_table.refusal(Fault::type).starts_with("the Arrow data is no table"));
}

TEST_CASE("codes and runs outside their values are errors") {
  TestArrow codes;
  TestArrow words("g");
  codes.column.dictionary = &words.column;
  words.array.length = 4;
  codes.array.dictionary = &words.array;
  CHECK(codes.refusal() == kMalformed + "the code 4 is outside its dictionary");
  TestArrow lost;
  lost.column.dictionary = &words.column;
  CHECK(lost.refusal() == kMalformed + "its dictionary is absent");

  TestArrow runs("+r"), ends, values("i");
  ArrowSchema* children[] = {&ends.column, &values.column};
  ArrowArray* arrays[] = {&ends.array, &values.array};
  runs.column.n_children = runs.array.n_children = 2;
  runs.column.children = children;
  runs.array.children = arrays;
  runs.array.length = runs.batch.length = 5;
  CHECK(runs.refusal() == kMalformed + "its runs end before its elements");
}

TEST_CASE("decimals are the nearest doubles") {
  const auto as_double = [](std::int64_t low, std::int64_t high, int scale) {
    const std::int64_t words[] = {low, high};
    return decimal_to_double(reinterpret_cast<const std::byte*>(words), 16, scale);
  };
  CHECK(as_double(12345, 0, 2) == 123.45);
  CHECK(as_double(-1, -1, 1) == -0.1);
  CHECK(as_double(0, 0, 5) == 0);
  CHECK(as_double(7, 0, -3) == 7000);
  CHECK(as_double(0, 1, 0) == 0x1p64);
  CHECK(as_double(0, std::numeric_limits<std::int64_t>::min(), 0) == -0x1p127);
  CHECK(as_double(1, 0, 400) == 0);
  const std::int32_t narrow = -250;
  CHECK(decimal_to_double(reinterpret_cast<const std::byte*>(&narrow), 4, 2) == -2.5);
}
