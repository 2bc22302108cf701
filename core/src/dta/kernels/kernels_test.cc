#include "stata_pydata/kernels.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <vector>

#include "doctest/doctest.h"
#include "half.h"
#include "stata_pydata/missing.h"
#include "stata_pydata/stata_types.h"

using namespace stata_pydata::dta;
using stata_pydata::ElementType;
using stata_pydata::Half;

namespace {

constexpr std::size_t kWidths[kElementTypes] = {1, 0, 1, 2, 4, 8, 1, 2, 4, 8, 2, 4, 8};
constexpr std::size_t kCellBytes[kNumericStorages] = {1, 2, 4, 4, 8};

template <typename T>
T load(const std::byte* at) {
  T value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

/// A number as exactly as any of the types has it, or the NaN's bits.
struct Value {
  bool nan = false;
  int missing = 0;
  long double number = 0;
};

template <typename T>
Value real(T number) {
  if (number != number) {
    using Bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
    return {true, missing_of_nan(std::bit_cast<Bits>(number)), 0};
  }
  return {false, 0, number};
}

template <typename T>
Value whole(T number) {
  return {false, 0, static_cast<long double>(number)};
}

Value value_at(ElementType type, const std::byte* at) {
  switch (type) {
    case ElementType::boolean:
      return whole(load<std::uint8_t>(at) != 0);
    case ElementType::int8:
      return whole(load<std::int8_t>(at));
    case ElementType::int16:
      return whole(load<std::int16_t>(at));
    case ElementType::int32:
      return whole(load<std::int32_t>(at));
    case ElementType::int64:
      return whole(load<std::int64_t>(at));
    case ElementType::uint8:
      return whole(load<std::uint8_t>(at));
    case ElementType::uint16:
      return whole(load<std::uint16_t>(at));
    case ElementType::uint32:
      return whole(load<std::uint32_t>(at));
    case ElementType::uint64:
      return whole(load<std::uint64_t>(at));
    case ElementType::float16:
      return real(to_float(load<Half>(at)));
    case ElementType::float32:
      return real(load<float>(at));
    default:
      return real(load<double>(at));
  }
}

/// The cell that a value must become, by Stata's rules alone.
std::uint64_t expected_bits(const Value& value, Storage storage) {
  using stata_pydata::kByteMax, stata_pydata::kByteMin, stata_pydata::kDoubleMax,
      stata_pydata::kDoubleMin, stata_pydata::kFloatMax, stata_pydata::kFloatMin,
      stata_pydata::kIntMax, stata_pydata::kIntMin, stata_pydata::kLongMax,
      stata_pydata::kLongMin;
  const long double ranges[][2] = {{kByteMin, kByteMax},
                                   {kIntMin, kIntMax},
                                   {kLongMin, kLongMax},
                                   {kFloatMin, kFloatMax},
                                   {kDoubleMin, kDoubleMax}};
  if (value.nan) return missing_bits(storage, value.missing);
  const auto& [low, high] = ranges[static_cast<int>(storage)];
  if (!(value.number >= low && value.number <= high)) return missing_bits(storage, 0);
  if (storage == Storage::double_)
    return std::bit_cast<std::uint64_t>(static_cast<double>(value.number));
  if (storage == Storage::float_)
    return std::bit_cast<std::uint32_t>(static_cast<float>(value.number));
  const auto whole = static_cast<std::int64_t>(std::trunc(value.number));
  const auto bytes = kCellBytes[static_cast<std::size_t>(storage)];
  return static_cast<std::uint64_t>(whole) & (~std::uint64_t{0} >> (64 - 8 * bytes));
}

/// Elements with every edge of every type among random bytes.
std::vector<std::byte> elements_of(ElementType type, std::size_t count) {
  std::mt19937_64 random(7);
  const std::size_t width = kWidths[static_cast<std::size_t>(type)];
  std::vector<std::byte> bytes(count * width);
  for (auto& byte : bytes) byte = static_cast<std::byte>(random());
  const double edges[] = {0,
                          -0.0,
                          100,
                          101,
                          -127,
                          -128,
                          32740,
                          32741,
                          -32768,
                          2147483620,
                          2147483621,
                          -2147483648.0,
                          0x1.fffffep126,
                          0x1p127,
                          -0x1p127,
                          INFINITY,
                          -INFINITY,
                          0x1p1023,
                          -0x1p1023,
                          1.5,
                          99.99,
                          100.5,
                          NAN,
                          double_nan(1),
                          double_nan(26)};
  std::size_t at = 0;
  for (const double edge : edges) {
    std::byte* to = bytes.data() + at++ * width;
    const auto narrow = static_cast<float>(edge);
    if (type == ElementType::float64) std::memcpy(to, &edge, sizeof edge);
    if (type == ElementType::float32) std::memcpy(to, &narrow, sizeof narrow);
    if (type < ElementType::float16 && std::abs(edge) < 1e10) {
      const auto whole = static_cast<std::int64_t>(edge);
      std::memcpy(to, &whole, width);
    }
  }
  return bytes;
}

}  // namespace

TEST_CASE("every kernel writes what Stata's rules say, packed and strided") {
  constexpr std::int64_t count = 400;
  for (const auto* table : kernel_tables())
    for (int t = 0; t < kElementTypes; ++t) {
      const auto type = static_cast<ElementType>(t);
      if (type == ElementType::bitmap) continue;
      const auto width = static_cast<std::int64_t>(kWidths[t]);
      const auto elements = elements_of(type, count);
      for (int s = 0; s < kNumericStorages; ++s)
        for (const std::int64_t every : {1, 3}) {
          const auto bytes = kCellBytes[s];
          std::vector<std::byte> cells(count * 11, std::byte{0xEE});
          const std::int64_t some = count / every;
          table->write_numbers[static_cast<std::size_t>(t)][static_cast<std::size_t>(s)](
              {elements.data(), width * every, 0}, {cells.data(), 11}, some);
          int wrong = 0;
          for (std::int64_t i = 0; i < some; ++i) {
            std::uint64_t bits = 0;
            std::memcpy(&bits, cells.data() + i * 11, bytes);
            const Value value = value_at(type, elements.data() + i * every * width);
            wrong += bits != expected_bits(value, static_cast<Storage>(s));
            for (std::size_t rest = bytes; rest < 11; ++rest)
              wrong += cells[static_cast<std::size_t>(i) * 11 + rest] != std::byte{0xEE};
          }
          CAPTURE(table->name);
          CAPTURE(t);
          CAPTURE(s);
          CHECK(wrong == 0);
        }
    }
}

TEST_CASE("every kernel finds the range of what is not skipped") {
  constexpr std::int64_t count = 400;
  std::mt19937_64 random(11);
  std::vector<std::uint64_t> skip(count / 64 + 1);
  for (auto& word : skip) word = random() & random();
  skip[1] = ~std::uint64_t{0};
  skip[2] = 0;
  for (const auto* table : kernel_tables())
    for (int t = 0; t < kElementTypes; ++t) {
      const auto type = static_cast<ElementType>(t);
      if (type == ElementType::bitmap) continue;
      const auto width = static_cast<std::int64_t>(kWidths[t]);
      const auto elements = elements_of(type, count);
      for (const bool skipping : {false, true})
        for (const std::int64_t every : {1, 2}) {
          long double low = INFINITY, high = -INFINITY;
          for (std::int64_t i = 0; i < count / every; ++i) {
            const bool skipped = skip[static_cast<std::size_t>(i / 64)] >> (i % 64) & 1;
            const Value value = value_at(type, elements.data() + i * every * width);
            if (value.nan || (skipping && skipped)) continue;
            low = std::min(low, value.number);
            high = std::max(high, value.number);
          }
          const auto range = table->scan_numbers[static_cast<std::size_t>(t)](
              {elements.data(), width * every, 0}, count / every,
              skipping ? skip.data() : nullptr);
          CAPTURE(t);
          CAPTURE(skipping);
          if (stata_pydata::is_floating(type)) {
            CHECK(range.low == low);
            CHECK(range.high == high);
          } else {
            const long double most = std::numeric_limits<std::int64_t>::max();
            CHECK(range.low_integer == low);
            CHECK(range.high_integer == std::min(high, most));
          }
        }
    }
}

TEST_CASE("nothing to scan leaves the range empty") {
  for (const auto* table : kernel_tables())
    for (const auto scan : table->scan_numbers) {
      const auto range = scan({nullptr, 0, 0}, 0, nullptr);
      CHECK(range.low > range.high);
      CHECK(range.low_integer > range.high_integer);
    }
}

TEST_CASE("tables are found by their names") {
  CHECK(find_kernels("scalar") == kernel_tables().front());
  CHECK(find_kernels("no such instructions") == nullptr);
  CHECK(&default_kernels() == kernel_tables().back());
}
