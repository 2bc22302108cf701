#include "word_kernels.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

#include "doctest/doctest.h"

using namespace stata_pydata;

namespace {

constexpr auto kMost = std::numeric_limits<std::int64_t>::max();

template <typename T>
Chunk chunk_of(const std::vector<T>& values, std::int64_t step = 1) {
  Chunk chunk;
  chunk.values = reinterpret_cast<const std::byte*>(values.data());
  chunk.stride = step * std::int64_t{sizeof(T)};
  chunk.count = static_cast<std::int64_t>(values.size()) / step;
  return chunk;
}

template <typename Out>
std::vector<Out> words(const Chunk& chunk, ElementType type, std::int64_t begin = 0) {
  std::vector<Out> out(static_cast<std::size_t>(chunk.count - begin));
  constexpr auto kind =
      std::is_same_v<Out, double> ? WordKind::doubles : WordKind::integers;
  convert_words(chunk, type, kind, begin, chunk.count,
                reinterpret_cast<std::byte*>(out.data()));
  return out;
}

using Longs = std::vector<std::int64_t>;
using Doubles = std::vector<double>;

template <typename T>
void check_limits(ElementType type) {
  const T low = std::numeric_limits<T>::lowest(), high = std::numeric_limits<T>::max();
  const std::vector<T> values{low, 0, 1, high};
  CHECK(words<std::int64_t>(chunk_of(values), type) ==
        Longs{static_cast<std::int64_t>(low), 0, 1, static_cast<std::int64_t>(high)});
  CHECK(words<double>(chunk_of(values), type) ==
        Doubles{static_cast<double>(low), 0, 1, static_cast<double>(high)});
}

}  // namespace

TEST_CASE("every integer type, at its limits") {
  check_limits<std::int8_t>(ElementType::int8);
  check_limits<std::int16_t>(ElementType::int16);
  check_limits<std::int32_t>(ElementType::int32);
  check_limits<std::int64_t>(ElementType::int64);
  check_limits<std::uint8_t>(ElementType::uint8);
  check_limits<std::uint16_t>(ElementType::uint16);
  check_limits<std::uint32_t>(ElementType::uint32);
  CHECK(words<std::int64_t>(
            chunk_of(std::vector<std::uint64_t>{0, static_cast<std::uint64_t>(kMost)}),
            ElementType::uint64) == Longs{0, kMost});
}

TEST_CASE("booleans: bytes and bits") {
  const std::vector<std::uint8_t> bytes{0, 1, 255};
  CHECK(words<std::int64_t>(chunk_of(bytes), ElementType::boolean) == Longs{0, 1, 1});
  const std::vector<std::uint8_t> bits{0b10100000, 0b00000011};
  Chunk chunk = chunk_of(bits);
  chunk.stride = 0;
  chunk.offset = 5;
  chunk.count = 6;
  CHECK(words<std::int64_t>(chunk, ElementType::bitmap) == Longs{1, 0, 1, 1, 1, 0});
  CHECK(words<double>(chunk, ElementType::bitmap, 3) == Doubles{1, 1, 0});
}

TEST_CASE("doubles keep their bits, floats their values") {
  const Doubles doubles{0.1, -0.0, 5e-324, std::numeric_limits<double>::infinity(),
                        std::nan("77")};
  const Doubles copied = words<double>(chunk_of(doubles), ElementType::float64);
  CHECK(std::memcmp(copied.data(), doubles.data(), sizeof(double) * 5) == 0);
  const std::vector<float> floats{0.1f, -0.0f, 1e-45f, 3.4028235e38f};
  CHECK(words<double>(chunk_of(floats), ElementType::float32) ==
        Doubles{static_cast<double>(0.1f), -0.0, static_cast<double>(1e-45f),
                static_cast<double>(3.4028235e38f)});
}

TEST_CASE("every half float is its exact value") {
  std::vector<std::uint16_t> halves(65536);
  for (std::size_t i = 0; i < halves.size(); ++i)
    halves[i] = static_cast<std::uint16_t>(i);
  const Doubles values = words<double>(chunk_of(halves), ElementType::float16);
  for (int bits = 0; bits < 65536; ++bits) {
    const int exponent = (bits >> 10) & 31, fraction = bits & 1023;
    const double sign = bits & 0x8000 ? -1 : 1;
    const double value = values[static_cast<std::size_t>(bits)];
    if (exponent == 31) {
      REQUIRE(std::isnan(value) == (fraction != 0));
      if (fraction == 0) REQUIRE(value == sign * INFINITY);
    } else {
      const int lead = exponent ? 1024 : 0, shift = (exponent ? exponent : 1) - 25;
      REQUIRE(value == sign * std::ldexp(lead + fraction, shift));
      REQUIRE(std::signbit(value) == (sign < 0));
    }
  }
}

TEST_CASE("strides: gaps, backwards, unaligned") {
  const std::vector<std::int32_t> values{1, 2, 3, 4, 5, 6};
  CHECK(words<std::int64_t>(chunk_of(values, 2), ElementType::int32) == Longs{1, 3, 5});
  Chunk backwards = chunk_of(values);
  backwards.values += 5 * 4;
  backwards.stride = -4;
  CHECK(words<double>(backwards, ElementType::int32, 2) == Doubles{4, 3, 2, 1});
  std::vector<std::byte> packed(1 + 2 * 9);
  const double first = 1.5, second = -2.5;
  std::memcpy(&packed[1], &first, 8);
  std::memcpy(&packed[10], &second, 8);
  Chunk unaligned;
  unaligned.values = &packed[1];
  unaligned.stride = 9;
  unaligned.count = 2;
  CHECK(words<double>(unaligned, ElementType::float64) == Doubles{1.5, -2.5});
}

TEST_CASE("missing elements become NaN, by bytes, strided bytes and valid bits") {
  const std::vector<std::int16_t> values{1, 2, 3, 4};
  const std::vector<std::uint8_t> bytes{0, 1, 0, 255, 0, 0, 0, 1};
  const std::vector<std::uint8_t> bits{0b01010000, 0};
  Chunk chunk = chunk_of(values);
  const auto missing = [&] {
    std::string text;
    for (const double value : words<double>(chunk, ElementType::int16))
      text += std::isnan(value) ? '.' : static_cast<char>('0' + static_cast<int>(value));
    return text;
  };
  const auto* byte_data = reinterpret_cast<const std::byte*>(bytes.data());
  chunk.mask = {Mask::Kind::bytes, byte_data, 1, 0};
  CHECK(missing() == "1.3.");
  chunk.mask.stride = 2;
  CHECK(missing() == "1234");
  chunk.mask = {Mask::Kind::bytes, byte_data + 1, 2, 0};
  CHECK(missing() == "..3.");
  chunk.mask = {Mask::Kind::valid_bits, reinterpret_cast<const std::byte*>(bits.data()),
                0, 4};
  CHECK(missing() == "1.3.");
  CHECK(any_missing(chunk.mask, 1, 2));
  CHECK_FALSE(any_missing(chunk.mask, 2, 3));
  CHECK_FALSE(any_missing({}, 0, 4));
}

TEST_CASE("the first value beyond the limits, missing ones aside") {
  const Longs signed_values{0, -5, 7, 9};
  Chunk chunk = chunk_of(signed_values);
  CHECK(first_beyond(chunk, ElementType::int64, -4, 8, 0, 4) == 1);
  CHECK(first_beyond(chunk, ElementType::int64, -5, 8, 0, 4) == 3);
  CHECK(first_beyond(chunk, ElementType::int64, -5, 8, 0, 3) == kNone);
  const std::vector<std::uint8_t> missing{0, 1, 0, 0};
  chunk.mask = {Mask::Kind::bytes, reinterpret_cast<const std::byte*>(missing.data()), 1,
                0};
  CHECK(first_beyond(chunk, ElementType::int64, -4, 8, 0, 4) == 3);
  const std::vector<std::uint64_t> wide{1, ~std::uint64_t{0}};
  CHECK(first_beyond(chunk_of(wide), ElementType::uint64, 0, kMost, 0, 2) == 1);
}
