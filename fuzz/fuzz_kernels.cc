// Any elements and cells: every kernel table gives the bytes of the scalar one.
#include <cstdlib>
#include <cstring>
#include <vector>

#include "byte_source.h"
#include "stata_pydata/kernels.h"

namespace dta = stata_pydata::dta;

namespace {

constexpr std::int64_t kWidths[dta::kElementTypes] = {1, 0, 1, 2, 4, 8, 1,
                                                      2, 4, 8, 2, 4, 8};
constexpr std::int64_t kCellBytes[dta::kNumericStorages] = {1, 2, 4, 4, 8};
constexpr std::int64_t kFormBytes[dta::kNumberForms] = {1, 2, 4, 8, 4, 8};

using Bytes = std::vector<std::byte>;

void demand(bool equal) {
  if (!equal) std::abort();
}

struct Case {
  const Bytes& bytes;
  std::int64_t spread;  // elements lie at every place, every second ...
  std::int64_t gap;     // bytes between numbers that are written

  std::int64_t count(std::int64_t width) const {
    const auto size = static_cast<std::int64_t>(bytes.size());
    return width == 0 ? size * 8 : size / (width * spread);
  }
  dta::Elements elements(std::int64_t width) const {
    return {bytes.data(), width * spread, 0};
  }
};

template <typename Run>
void compare(const Run& run) {
  const Bytes expected = run(*dta::kernel_tables()[0]);
  for (const auto* table : dta::kernel_tables().subspan(1))
    demand(run(*table) == expected);
}

void write(const Case& given, std::size_t type, std::size_t storage) {
  const std::int64_t count = given.count(kWidths[type]);
  const std::int64_t stride = kCellBytes[storage] + given.gap;
  compare([&](const dta::KernelTable& table) {
    Bytes cells(static_cast<std::size_t>(count * stride));
    table.write_numbers[type][storage](given.elements(kWidths[type]),
                                       {cells.data(), stride}, count);
    return cells;
  });
}

void scan(const Case& given, std::size_t type, const std::uint64_t* skip) {
  const std::int64_t count = given.count(kWidths[type]);
  const auto range_of = [&](const dta::KernelTable& table) {
    return table.scan_numbers[type](given.elements(kWidths[type]), count, skip);
  };
  const dta::NumberRange expected = range_of(*dta::kernel_tables()[0]);
  for (const auto* table : dta::kernel_tables()) {
    const dta::NumberRange found = range_of(*table);
    demand(found.low == expected.low && found.high == expected.high &&
           found.low_integer == expected.low_integer &&
           found.high_integer == expected.high_integer);
  }
}

void read(const Case& given, std::size_t storage, std::size_t form) {
  if (!dta::kernel_tables()[0]->read_numbers[storage][form]) return;
  const std::int64_t count = given.count(kCellBytes[storage]);
  const std::int64_t stride = kFormBytes[form] + given.gap;
  compare([&](const dta::KernelTable& table) {
    Bytes numbers(static_cast<std::size_t>(count * (stride + 1)));
    auto* missing = reinterpret_cast<std::uint8_t*>(numbers.data()) + count * stride;
    table.read_numbers[storage][form](given.elements(kCellBytes[storage]),
                                      {numbers.data(), stride}, missing, count);
    return numbers;
  });
}

void texts(const Case& given, std::int64_t width) {
  const std::int64_t count = given.count(width);
  const dta::Elements cells = given.elements(width);
  compare([&](const dta::KernelTable& table) {
    Bytes result(static_cast<std::size_t>(count * (8 + 2 * width) + 1));
    std::vector<std::int64_t> offsets(static_cast<std::size_t>(count) + 1);
    const dta::TextBytes bytes =
        table.measure_texts(cells, count, width, offsets.data() + 1);
    std::vector<dta::TextSlice> slices;
    for (std::int64_t i = 0; i < count; ++i) {
      const auto next = static_cast<std::size_t>(i) + 1;
      slices.emplace_back(reinterpret_cast<const char*>(cells.values + i * cells.stride),
                          offsets[next]);
      offsets[next] += offsets[next - 1];
    }
    result.back() = static_cast<std::byte>(bytes);
    table.copy_texts(cells, count, offsets.data(),
                     reinterpret_cast<char*>(result.data()));
    table.write_texts(slices.data(), count, width,
                      {result.data() + count * width, width});
    return result;
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 1 << 14) return 0;
  ByteSource head(data, size);
  const std::int64_t spread = head.take<std::uint8_t>() % 3 + 1;
  const std::int64_t gap = head.take<std::uint8_t>() % 4;
  const std::int64_t width = head.take<std::uint8_t>() % 200 + 1;
  Bytes bytes(size);
  if (size > 0) std::memcpy(bytes.data(), data, size);
  std::vector<std::uint64_t> skip(size / 8 + 2, 0x00FF3377'0F0F5501u);
  if (size > 0) std::memcpy(skip.data(), data, size);
  const Case given{bytes, spread, gap};
  for (std::size_t type = 0; type < dta::kElementTypes; ++type) {
    for (std::size_t storage = 0; storage < dta::kNumericStorages; ++storage)
      write(given, type, storage);
    scan(given, type, nullptr);
    scan(given, type, skip.data());
  }
  for (std::size_t storage = 0; storage < dta::kNumericStorages; ++storage)
    for (std::size_t form = 0; form < dta::kNumberForms; ++form)
      read(given, storage, form);
  texts(given, width);
  return 0;
}
