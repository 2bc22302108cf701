#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "doctest/doctest.h"
#include "stata_pydata/kernels.h"
#include "stata_pydata/missing.h"

using namespace stata_pydata::dta;

namespace {

template <typename T>
std::vector<T> read_as(NumberForm form, Storage storage, int width,
                       const std::vector<std::uint64_t>& cells, const KernelTable& table,
                       std::vector<std::uint8_t>& missing) {
  std::string bytes;
  for (const std::uint64_t cell : cells)
    bytes.append(reinterpret_cast<const char*>(&cell), static_cast<std::size_t>(width));
  std::vector<T> values(cells.size());
  missing.assign(cells.size(), 0xEE);
  const auto read = table.read_numbers[static_cast<std::size_t>(storage)]
                                      [static_cast<std::size_t>(form)];
  REQUIRE(static_cast<bool>(read));
  const auto* first = reinterpret_cast<const std::byte*>(bytes.data());
  auto* to = reinterpret_cast<std::byte*>(values.data());
  const auto count = static_cast<std::int64_t>(cells.size());
  read({first, width, 0}, {to, sizeof(T)}, missing.data(), count);
  std::vector<T> again(cells.size());
  read({first, width, 0}, {reinterpret_cast<std::byte*>(again.data()), sizeof(T)},
       nullptr, count);
  CHECK(std::memcmp(values.data(), again.data(), values.size() * sizeof(T)) == 0);
  return values;
}

std::uint64_t bits(float value) {
  return std::bit_cast<std::uint32_t>(value);
}
std::uint64_t bits(double value) {
  return std::bit_cast<std::uint64_t>(value);
}

}  // namespace

TEST_CASE("all missing values of all types keep their numbers") {
  constexpr int widths[] = {1, 2, 4, 4, 8};
  for (const auto* table : kernel_tables())
    for (int type = 0; type < kNumericStorages; ++type) {
      CAPTURE(table->name);
      CAPTURE(type);
      const auto storage = static_cast<Storage>(type);
      std::vector<std::uint64_t> cells;
      for (int number = 0; number < kMissingValues; ++number)
        cells.push_back(missing_bits(storage, number));
      std::vector<std::uint8_t> missing;
      const auto values = read_as<double>(NumberForm::float64, storage, widths[type],
                                          cells, *table, missing);
      for (int number = 0; number < kMissingValues; ++number) {
        const auto i = static_cast<std::size_t>(number);
        CHECK(bits(values[i]) == double_nan_bits(number));
        CHECK(missing[i] == number + 1);
      }
    }
}

TEST_CASE("integers at their limits, in every form that holds them") {
  std::vector<std::uint8_t> missing;
  for (const auto* table : kernel_tables()) {
    const auto bytes = read_as<std::int8_t>(NumberForm::int8, Storage::byte_, 1,
                                            {0x81, 0x80, 100, 101, 127}, *table, missing);
    CHECK(bytes == std::vector<std::int8_t>{-127, -128, 100, 0, 0});
    CHECK(missing == std::vector<std::uint8_t>{0, 0, 0, 1, 27});
    CHECK(read_as<float>(NumberForm::float32, Storage::int_, 2, {0x8001, 32740}, *table,
                         missing) == std::vector<float>{-32767, 32740});
    CHECK(read_as<std::int64_t>(NumberForm::int64, Storage::long_, 4,
                                {0x80000001, 2147483620, 2147483621}, *table, missing) ==
          std::vector<std::int64_t>{-2147483647, 2147483620, 0});
  }
}

TEST_CASE("infinities, NaNs and what lies between missing values") {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  std::vector<std::uint8_t> missing;
  for (const auto* table : kernel_tables()) {
    const auto doubles =
        read_as<double>(NumberForm::float64, Storage::double_, 8,
                        {bits(-infinity), bits(infinity), bits(std::nan("")),
                         bits(-std::nan("")), kDoubleDotBits + 1, kDoubleDotBits - 1,
                         kDoubleDotBits + 27 * kDoubleMissingStep, bits(-0.0)},
                        *table, missing);
    CHECK(missing == std::vector<std::uint8_t>{0, 1, 1, 1, 1, 0, 1, 0});
    CHECK(doubles[0] == -infinity);
    CHECK(bits(doubles[1]) == double_nan_bits(0));
    CHECK(bits(doubles[5]) == kDoubleDotBits - 1);
    CHECK(std::signbit(doubles[7]));
    const auto floats = read_as<float>(
        NumberForm::float32, Storage::float_, 4,
        {0xFF800000, 0x7F800000, 0x7F000001, 0x7F000800, 0x7EFFFFFF, 0xFFC00000}, *table,
        missing);
    CHECK(missing == std::vector<std::uint8_t>{0, 1, 1, 2, 0, 1});
    CHECK(floats[0] == -static_cast<float>(infinity));
    CHECK(bits(floats[3]) == float_nan_bits(1));
    CHECK(bits(floats[4]) == 0x7EFFFFFF);
  }
}

TEST_CASE("a form that can't hold a storage type has no kernel") {
  constexpr int held[kNumericStorages] = {6, 5, 3, 2, 1};
  for (const auto* table : kernel_tables())
    for (std::size_t type = 0; type < kNumericStorages; ++type) {
      int forms = 0;
      for (const auto kernel : table->read_numbers[type]) forms += kernel != nullptr;
      CHECK(forms == held[type]);
    }
}
