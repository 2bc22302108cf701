#include "dta/number_types.h"

#include <cmath>
#include <limits>

#include "dta/test_table.h"
#include "stata_pydata/error.h"
#include "stata_pydata/missing.h"

using namespace stata_pydata::dta;
using stata_pydata::ElementType;
using stata_pydata::Error;
using stata_pydata::Fault;
using stata_pydata::Mask;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct Ask {
  TypeRule rule = TypeRule::by_value;
  VariableType declared = kDouble;
  OutOfRange out_of_range = OutOfRange::error;
  bool round_integers = false;
};

template <typename T>
TestTable table_of(ElementType type, std::vector<T> values, const Ask& ask, Mask mask) {
  TestTable table;
  auto& input = table.add_numbers<T>("x", type, std::move(values), mask);
  input.rule = ask.rule;
  input.out_of_range = ask.out_of_range;
  input.round_integers = ask.round_integers;
  table.schema.variables[0].type = ask.declared;
  return table;
}

template <typename T>
VariableType type_for(ElementType type, std::vector<T> values, const Ask& ask = {},
                      Mask mask = {}) {
  return table_of(type, std::move(values), ask, mask).plan().schema().variables[0].type;
}

template <typename T>
std::string refusal(ElementType type, std::vector<T> values, const Ask& ask = {}) {
  try {
    type_for(type, std::move(values), ask);
  } catch (const Error& error) {
    CHECK(error.fault() == Fault::range);
    return error.what();
  }
  return "accepted";
}

Ask declared(VariableType type) {
  return {TypeRule::declared, type};
}
constexpr Ask kSmallest{TypeRule::smallest};

}  // namespace

TEST_CASE("integers by value: their own width, wider where Stata's range needs it") {
  CHECK(type_for<std::int8_t>(ElementType::int8, {-127, 100}) == kByte);
  CHECK(type_for<std::int8_t>(ElementType::int8, {101}) == kInt);
  CHECK(type_for<std::int8_t>(ElementType::int8, {-128}) == kInt);
  CHECK(type_for<std::uint8_t>(ElementType::uint8, {100}) == kByte);
  CHECK(type_for<std::uint8_t>(ElementType::uint8, {255}) == kInt);
  CHECK(type_for<std::uint8_t>(ElementType::boolean, {0, 1, 255}) == kByte);
  CHECK(type_for<std::int16_t>(ElementType::int16, {1}) == kInt);
  CHECK(type_for<std::int16_t>(ElementType::int16, {32740, -32767}) == kInt);
  CHECK(type_for<std::int16_t>(ElementType::int16, {32741}) == kLong);
  CHECK(type_for<std::int16_t>(ElementType::int16, {-32768}) == kLong);
  CHECK(type_for<std::uint16_t>(ElementType::uint16, {65535}) == kLong);
  CHECK(type_for<std::int32_t>(ElementType::int32, {2147483620, -2147483647}) == kLong);
  CHECK(type_for<std::int32_t>(ElementType::int32, {2147483621}) == kDouble);
  CHECK(type_for<std::int32_t>(ElementType::int32, {-2147483647 - 1}) == kDouble);
  CHECK(type_for<std::uint32_t>(ElementType::uint32, {4000000000u}) == kDouble);
  CHECK(type_for<std::int64_t>(ElementType::int64, {1, 2}) == kLong);
  CHECK(type_for<std::int64_t>(ElementType::int64, {}) == kLong);
  CHECK(type_for<std::int64_t>(ElementType::int64, {std::int64_t{1} << 53}) == kDouble);
  CHECK(type_for<std::uint64_t>(ElementType::uint64, {std::uint64_t{1} << 53}) ==
        kDouble);
}

TEST_CASE("integers beyond 2^53 are an error that names the place, or rounded") {
  const std::int64_t beyond = (std::int64_t{1} << 53) + 1;
  CHECK(refusal<std::int64_t>(ElementType::int64, {0, -beyond}) ==
        "variable x, row 1: -9007199254740993 is beyond 2^53: Stata has no type that "
        "holds it exactly; round it to a double or store it as text");
  CHECK(refusal<std::uint64_t>(ElementType::uint64, {~std::uint64_t{0}})
            .starts_with("variable x, row 0: 18446744073709551615 is beyond 2^53"));
  Ask ask;
  ask.round_integers = true;
  CHECK(type_for<std::int64_t>(ElementType::int64, {beyond}, ask) == kDouble);
  CHECK(type_for<std::int64_t>(ElementType::int64, {7}, ask) == kLong);
  ask = {TypeRule::declared, kDouble, OutOfRange::error, true};
  CHECK(type_for<std::int64_t>(ElementType::int64, {beyond}, ask) == kDouble);
}

TEST_CASE("masked elements don't count") {
  const std::byte mask[] = {std::byte{0}, std::byte{1}};
  const Mask bytes{.kind = Mask::Kind::bytes, .data = mask};
  CHECK(type_for<std::int64_t>(ElementType::int64, {1, std::int64_t{1} << 60}, {},
                               bytes) == kLong);
  CHECK(type_for<double>(ElementType::float64, {1, kInfinity}, {}, bytes) == kDouble);
  const std::byte bits[] = {std::byte{0b0101}};
  const Mask bitmap{.kind = Mask::Kind::valid_bits, .data = bits, .offset = 2};
  CHECK(type_for<std::int8_t>(ElementType::int8, {1, 127}, {}, bitmap) == kByte);
}

TEST_CASE("floats: float where Stata's range allows, infinities are an error") {
  CHECK(type_for<float>(ElementType::float32, {1.5f, NAN}) == kFloat);
  CHECK(type_for<float>(ElementType::float32, {0x1.fffffep126f}) == kFloat);
  CHECK(type_for<float>(ElementType::float32, {0x1p127f}) == kDouble);
  CHECK(type_for<float>(ElementType::float32, {-0x1p127f}) == kDouble);
  CHECK(type_for<std::uint16_t>(ElementType::float16, {0x3C00}) == kFloat);
  CHECK(type_for<double>(ElementType::float64, {1}) == kDouble);
  CHECK(type_for<double>(ElementType::float64, {kNaN, -0x1.fffffffffffffp1023}) ==
        kDouble);
  CHECK(refusal<double>(ElementType::float64, {1, kInfinity}) ==
        "variable x, row 1: infinity is no number that Stata has");
  CHECK(refusal<float>(ElementType::float32, {-INFINITY}) ==
        "variable x, row 0: -infinity is no number that Stata has");
  CHECK(refusal<double>(ElementType::float64, {0x1p1023}) ==
        "variable x, row 0: 8.98846567431158e+307 is beyond 8.988e307, the largest of "
        "Stata's");
}

TEST_CASE("out of range as missing leaves the other values their type") {
  Ask ask;
  ask.out_of_range = OutOfRange::missing;
  CHECK(type_for<float>(ElementType::float32, {INFINITY, 1}, ask) == kFloat);
  CHECK(type_for<float>(ElementType::float32, {INFINITY, 0x1p127f}, ask) == kDouble);
  ask.rule = TypeRule::smallest;
  TestTable table = table_of<double>(ElementType::float64,
                                     {kInfinity, -kInfinity, 0x1p1023, 7}, ask, {});
  const auto plan = table.plan();
  CHECK(plan.schema().variables[0].type == kByte);
  const std::string image = memory_image(plan);
  for (const std::int64_t row : {0, 1, 2})
    CHECK(cell<std::int8_t>(plan, image, 0, row) == kByteDot);
  CHECK(cell<std::int8_t>(plan, image, 0, 3) == 7);
}

TEST_CASE("smallest: as Stata's compress") {
  CHECK(type_for<std::int64_t>(ElementType::int64, {1}, kSmallest) == kByte);
  CHECK(type_for<std::int64_t>(ElementType::int64, {101}, kSmallest) == kInt);
  CHECK(type_for<std::int64_t>(ElementType::int64, {40000}, kSmallest) == kLong);
  CHECK(type_for<std::int64_t>(ElementType::int64, {3000000000}, kSmallest) == kDouble);
  CHECK(type_for<double>(ElementType::float64, {1, kNaN, -3}, kSmallest) == kByte);
  CHECK(type_for<double>(ElementType::float64, {1e6}, kSmallest) == kLong);
  CHECK(type_for<double>(ElementType::float64, {0.5}, kSmallest) == kDouble);
  CHECK(type_for<double>(ElementType::float64, {3e9}, kSmallest) == kDouble);
  CHECK(type_for<float>(ElementType::float32, {5}, kSmallest) == kByte);
  CHECK(type_for<float>(ElementType::float32, {70000}, kSmallest) == kFloat);
  CHECK(type_for<float>(ElementType::float32, {0.1f}, kSmallest) == kFloat);
  CHECK(type_for<double>(ElementType::float64, {}, kSmallest) == kByte);
  std::vector<double> late(200000, 1);
  late.back() = 0.25;
  CHECK(type_for(ElementType::float64, late, kSmallest) == kDouble);
}

TEST_CASE("declared: what the type can't hold is an error that names the place") {
  CHECK(type_for<std::int8_t>(ElementType::int8, {1}, declared(kDouble)) == kDouble);
  CHECK(type_for<double>(ElementType::float64, {0.1}, declared(kFloat)) == kFloat);
  CHECK(type_for<double>(ElementType::float64, {5, kNaN}, declared(kInt)) == kInt);
  CHECK(refusal<std::int16_t>(ElementType::int16, {1, 200}, declared(kByte)) ==
        "variable x, row 1: 200 is outside the range of byte");
  CHECK(refusal<double>(ElementType::float64, {1e39}, declared(kFloat)) ==
        "variable x, row 0: 1e+39 is outside the range of float");
  CHECK(refusal<double>(ElementType::float64, {1, 2.5}, declared(kLong)) ==
        "variable x, row 1: 2.5 is no whole number, so it can't be long");
  CHECK(refusal<std::int32_t>(ElementType::int32, {16777217}, declared(kFloat)) ==
        "variable x, row 0: 16777217 is beyond 2^24, which a float holds exactly");
  CHECK(type_for<std::int32_t>(ElementType::int32, {16777216}, declared(kFloat)) ==
        kFloat);
  CHECK_THROWS_WITH_AS(type_for<double>(ElementType::float64, {1}, declared(kStrl)),
                       "variable x: a column of numbers can't be strL", Error);
}

TEST_CASE("cells hold the values, missing values and tags, in every type") {
  TestTable table;
  const std::vector<double> values = {-127, 100, 0, kNaN, double_nan(1), double_nan(26)};
  for (const auto type : {kByte, kInt, kLong, kFloat, kDouble}) {
    auto& input = table.add_numbers("x" + type_name(type), ElementType::float64, values);
    input.rule = TypeRule::declared;
    table.schema.variables.back().type = type;
  }
  const auto plan = table.plan();
  const std::string image = memory_image(plan);
  for (std::int64_t row = 0; row < 6; ++row) {
    const int number = row < 3 ? -1
                               : missing_of_nan(std::bit_cast<std::uint64_t>(
                                     values[static_cast<std::size_t>(row)]));
    const auto stored = [&](std::size_t variable) {
      std::uint64_t bits = 0;
      const std::string bytes = cell_text(plan, image, variable, row);
      std::memcpy(&bits, bytes.data(), bytes.size());
      return bits;
    };
    if (number >= 0) {
      for (std::size_t k = 0; k < 5; ++k)
        CHECK(stored(k) == missing_bits(static_cast<Storage>(k), number));
      continue;
    }
    const double value = values[static_cast<std::size_t>(row)];
    CHECK(cell<std::int8_t>(plan, image, 0, row) == value);
    CHECK(cell<std::int16_t>(plan, image, 1, row) == value);
    CHECK(cell<std::int32_t>(plan, image, 2, row) == value);
    CHECK(cell<float>(plan, image, 3, row) == value);
    CHECK(cell<double>(plan, image, 4, row) == value);
  }
}

TEST_CASE("chunks, strides and masks of every kind") {
  TestTable table;
  auto first = table.numbers<std::int32_t>(ElementType::int32, {10, -1, 11, -1, 12, -1});
  first.chunks[0].stride = 8;
  first.chunks[0].count = 3;
  auto backwards = table.numbers<std::int32_t>(ElementType::int32, {3, 2, 1});
  backwards.chunks[0].values += 8;
  backwards.chunks[0].stride = -4;
  const std::byte mask[] = {std::byte{0}, std::byte{9}, std::byte{2}, std::byte{9},
                            std::byte{0}};
  backwards.chunks[0].mask = {.kind = Mask::Kind::bytes, .data = mask, .stride = 2};
  first.chunks.push_back(backwards.chunks[0]);
  first.chunks.push_back({});
  first.chunks.push_back(table.numbers<std::int32_t>(ElementType::int32, {5}).chunks[0]);
  table.add("x", first);

  const std::byte bits[] = {std::byte{0b10110101}};
  stata_pydata::Column flags{.name = "", .type = ElementType::bitmap, .chunks = {}};
  flags.chunks.push_back({.values = bits, .offset = 1, .count = 7, .mask = {}});
  table.add("b", flags);

  const auto plan = table.plan();
  CHECK(plan.schema().variables[0].type == kLong);
  CHECK(plan.schema().variables[1].type == kByte);
  const std::string image = memory_image(plan);
  const std::int32_t expected[] = {10, 11, 12, 1, kLongDot, 3, 5};
  const int flag[] = {0, 1, 0, 1, 1, 0, 1};
  for (std::int64_t row = 0; row < 7; ++row) {
    CHECK(cell<std::int32_t>(plan, image, 0, row) == expected[row]);
    CHECK(cell<std::int8_t>(plan, image, 1, row) == flag[row]);
  }
}

TEST_CASE("times: days as long, milliseconds as double, rounded down or with fractions") {
  TestTable table;
  const Ticks days{.add = kDaysFrom1960To1970, .whole = true};
  table.add(
      "d", TimeColumn{table.numbers<std::int32_t>(ElementType::int32, {0, -3653}), days});
  const Ticks micro{.per_unit = 1000, .add = kMillisecondsFrom1960To1970};
  const std::int64_t none = std::numeric_limits<std::int64_t>::min();
  table.add("t", TimeColumn{table.numbers<std::int64_t>(ElementType::int64, {-500, none}),
                            micro});
  const Ticks seconds{.per_tick = 1000, .add = kMillisecondsFrom1960To1970};
  table.add(
      "s", TimeColumn{table.numbers<std::int64_t>(ElementType::int64, {1, -1}), seconds});
  const Ticks day_of_ms{
      .per_unit = 86'400'000, .add = kDaysFrom1960To1970, .whole = true};
  table.add("w",
            TimeColumn{table.numbers<std::int64_t>(ElementType::int64, {86'400'000, -1}),
                       day_of_ms});
  const auto plan = table.plan();
  const auto& variables = plan.schema().variables;
  CHECK(variables[0].type == kLong);
  CHECK(variables[1].type == kDouble);
  CHECK(variables[2].type == kDouble);
  CHECK(variables[3].type == kLong);
  const std::string image = memory_image(plan);
  CHECK(cell<std::int32_t>(plan, image, 0, 0) == 3653);
  CHECK(cell<std::int32_t>(plan, image, 0, 1) == 0);
  CHECK(cell<double>(plan, image, 1, 0) == 315619200000.0 - 0.5);
  CHECK(cell<std::uint64_t>(plan, image, 1, 1) == kDoubleDotBits);
  CHECK(cell<double>(plan, image, 2, 0) == 315619201000.0);
  CHECK(cell<double>(plan, image, 2, 1) == 315619199000.0);
  CHECK(cell<std::int32_t>(plan, image, 3, 0) == 3654);
  CHECK(cell<std::int32_t>(plan, image, 3, 1) == 3652);
}

TEST_CASE("preferred: the type that is wished for where it loses nothing") {
  const auto type_of = [](auto values, ElementType element, VariableType wished) {
    TestTable table;
    table.add_numbers("x", element, values).rule = TypeRule::preferred;
    table.schema.variables[0].type = wished;
    return table.plan().schema().variables[0].type;
  };
  const std::vector<double> whole = {1, double_nan(3), 100}, part = {1.5}, large = {101},
                            tenth = {0.1};
  CHECK(type_of(whole, ElementType::float64, kByte) == kByte);
  CHECK(type_of(large, ElementType::float64, kByte) == kDouble);
  CHECK(type_of(part, ElementType::float64, kByte) == kDouble);
  CHECK(type_of(part, ElementType::float64, kFloat) == kFloat);
  CHECK(type_of(tenth, ElementType::float64, kFloat) == kDouble);
  CHECK(type_of(std::vector<std::int64_t>{7}, ElementType::int64, kFloat) == kFloat);
  CHECK(type_of(std::vector<std::int64_t>{(1 << 24) + 1}, ElementType::int64, kFloat) ==
        kLong);
  CHECK(type_of(std::vector<std::int8_t>{7}, ElementType::int8, kDouble) == kDouble);
  CHECK(type_of(std::vector<std::int8_t>{7}, ElementType::int8, str_type(4)) == kByte);

  TestTable texts;
  for (const auto wished : {str_type(8), str_type(2), kStrl, kByte}) {
    texts.add_texts("s" + std::to_string(texts.variables.size()), {"abc"}).rule =
        TypeRule::preferred;
    texts.schema.variables.back().type = wished;
  }
  const auto plan = texts.plan();
  const auto& variables = plan.schema().variables;
  CHECK(variables[0].type == str_type(8));
  CHECK(variables[1].type == str_type(3));
  CHECK(variables[2].type == kStrl);
  CHECK(variables[3].type == str_type(3));
}
