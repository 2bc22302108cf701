// Every kernel table gives the bytes of the scalar one: any bits, any stride, any count.
#include <algorithm>
#include <cstring>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "doctest/doctest.h"
#include "stata_pydata/kernels.h"
#include "stata_pydata/missing.h"
#include "stata_pydata/text_encoding.h"

using namespace stata_pydata::dta;
using stata_pydata::ElementType;

namespace {

constexpr std::int64_t kWidths[kElementTypes] = {1, 0, 1, 2, 4, 8, 1, 2, 4, 8, 2, 4, 8};
constexpr std::int64_t kCellBytes[kNumericStorages] = {1, 2, 4, 4, 8};
constexpr std::int64_t kFormBytes[kNumberForms] = {1, 2, 4, 8, 4, 8};
constexpr std::int64_t kCounts[] = {0, 1, 7, 63, 64, 65, 128, 1023, 1024, 1100};
constexpr std::int64_t kMostCount = 1100;
constexpr std::byte kGuard{0xEE};

using Bytes = std::vector<std::byte>;

template <typename T>
void put(Bytes& bytes, std::size_t at, T value) {
  if (at + sizeof value <= bytes.size()) std::memcpy(&bytes[at], &value, sizeof value);
}

/// Random bytes among which lie numbers near every limit and every missing value.
Bytes random_elements(std::mt19937_64& random, std::int64_t width, std::int64_t count) {
  const double limits[] = {100,     -127,        32740, -32767, 2147483520, 2147483620,
                           8388608, -2147483647, 0,     0x1p53, 0x1p63,     0x1p64};
  Bytes bytes(static_cast<std::size_t>(width * count + 8));
  for (auto& byte : bytes) byte = static_cast<std::byte>(random());
  for (std::int64_t i = 0; i < count; ++i) {
    const auto at = static_cast<std::size_t>(i * width);
    const double near = limits[random() % std::size(limits)] +
                        static_cast<double>(static_cast<int>(random() % 7) - 3) / 2;
    const int missing = static_cast<int>(random() % kMissingValues);
    switch (random() % 6) {
      case 0:
        if (width == 8) put(bytes, at, near);
        if (width == 4) put(bytes, at, static_cast<float>(near));
        break;
      case 1:
        if (near < 0x1p62) {
          const auto whole = static_cast<std::int64_t>(near);
          std::memcpy(&bytes[at], &whole, static_cast<std::size_t>(width));
        }
        break;
      case 2:
        if (width == 8) put(bytes, at, double_nan_bits(missing));
        if (width == 4) put(bytes, at, float_nan_bits(missing));
        break;
      case 3:
        for (const auto storage : {Storage::byte_, Storage::int_, Storage::long_,
                                   Storage::float_, Storage::double_})
          if (kCellBytes[static_cast<std::size_t>(storage)] == width && random() % 2) {
            const auto bits = missing_bits(storage, missing);
            std::memcpy(&bytes[at], &bits, static_cast<std::size_t>(width));
          }
        break;
      case 4:
        std::memset(&bytes[at], 0, static_cast<std::size_t>(width));
        break;
      default:
        break;
    }
  }
  return bytes;
}

std::vector<const KernelTable*> other_tables() {
  const auto all = kernel_tables();
  return {all.begin() + 1, all.end()};
}

/// Elements of a width at every second place, or end to end; a bitmap from an odd bit.
std::vector<Elements> arrangements(const Bytes& bytes, std::int64_t width,
                                   std::int64_t count) {
  if (width == 0) return {{bytes.data(), 0, 0}, {bytes.data(), 0, 13}};
  const std::byte* last = bytes.data() + (count - 1) * width;
  return {{bytes.data(), width, 0}, {bytes.data(), 2 * width, 0}, {last, -width, 0}};
}

std::int64_t limit_of(const Elements& from, std::int64_t width, std::int64_t count) {
  return width > 0 && from.stride == 2 * width ? count / 2 : count;
}

}  // namespace

TEST_CASE("vector kernels write the scalar kernels' cells") {
  std::mt19937_64 random(3);
  for (std::size_t t = 0; t < kElementTypes; ++t) {
    const std::int64_t width = kWidths[t];
    const Bytes elements =
        random_elements(random, std::max<std::int64_t>(1, width), kMostCount);
    for (const auto& from : arrangements(elements, width, kMostCount))
      for (std::size_t s = 0; s < kNumericStorages; ++s)
        for (const std::int64_t stride : {kCellBytes[s], std::int64_t{11}})
          for (std::int64_t count : kCounts) {
            count = std::min(count, limit_of(from, width, kMostCount));
            const auto cells_by = [&](const KernelTable& table) {
              Bytes cells(static_cast<std::size_t>(count * stride + 8), kGuard);
              table.write_numbers[t][s](from, {cells.data(), stride}, count);
              return cells;
            };
            const Bytes expected = cells_by(*kernel_tables()[0]);
            for (const auto* table : other_tables()) {
              CAPTURE(table->name);
              CAPTURE(t);
              CAPTURE(s);
              CAPTURE(count);
              CHECK(static_cast<bool>(cells_by(*table) == expected));
            }
          }
  }
}

TEST_CASE("vector kernels find the scalar kernels' ranges") {
  std::mt19937_64 random(5);
  std::vector<std::uint64_t> skip(kMostCount / 64 + 1);
  for (auto& word : skip) word = random() & random();
  skip[1] = ~std::uint64_t{0};
  skip[2] = 0;
  for (std::size_t t = 0; t < kElementTypes; ++t) {
    const std::int64_t width = kWidths[t];
    const Bytes elements =
        random_elements(random, std::max<std::int64_t>(1, width), kMostCount);
    for (const auto& from : arrangements(elements, width, kMostCount))
      for (const auto* left_out :
           {static_cast<const std::uint64_t*>(nullptr), std::as_const(skip).data()})
        for (std::int64_t count : kCounts) {
          count = std::min(count, limit_of(from, width, kMostCount));
          const auto expected =
              kernel_tables()[0]->scan_numbers[t](from, count, left_out);
          for (const auto* table : other_tables()) {
            const auto found = table->scan_numbers[t](from, count, left_out);
            CAPTURE(table->name);
            CAPTURE(t);
            CAPTURE(count);
            CHECK(found.low == expected.low);
            CHECK(found.high == expected.high);
            CHECK(found.low_integer == expected.low_integer);
            CHECK(found.high_integer == expected.high_integer);
          }
        }
  }
}

TEST_CASE("vector kernels read the scalar kernels' numbers") {
  std::mt19937_64 random(9);
  for (std::size_t s = 0; s < kNumericStorages; ++s) {
    const Bytes cells = random_elements(random, kCellBytes[s], kMostCount);
    for (const auto& from : arrangements(cells, kCellBytes[s], kMostCount))
      for (std::size_t f = 0; f < kNumberForms; ++f)
        for (const std::int64_t stride : {kFormBytes[f], std::int64_t{11}})
          for (const bool with_flags : {false, true})
            for (std::int64_t count : kCounts) {
              if (!kernel_tables()[0]->read_numbers[s][f]) continue;
              count = std::min(count, limit_of(from, kCellBytes[s], kMostCount));
              const auto read_by = [&](const KernelTable& table) {
                Bytes read(static_cast<std::size_t>(count * (stride + 1) + 8), kGuard);
                auto* flags =
                    reinterpret_cast<std::uint8_t*>(read.data()) + count * stride;
                table.read_numbers[s][f](from, {read.data(), stride},
                                         with_flags ? flags : nullptr, count);
                return read;
              };
              const Bytes expected = read_by(*kernel_tables()[0]);
              for (const auto* table : other_tables()) {
                CAPTURE(table->name);
                CAPTURE(s);
                CAPTURE(f);
                CAPTURE(count);
                CHECK(static_cast<bool>(read_by(*table) == expected));
              }
            }
  }
}

TEST_CASE("text kernels write, measure and copy within their cells") {
  std::mt19937_64 random(13);
  for (const std::int64_t width : {1, 2, 7, 8, 16, 63, 64, 65, 127, 128, 300, 2045}) {
    constexpr std::int64_t count = 50;
    std::vector<std::string> texts;
    std::vector<TextSlice> slices;
    for (std::int64_t i = 0; i < count; ++i) {
      const auto most = static_cast<std::uint64_t>(width + 3);
      texts.emplace_back(random() % 3 ? random() % most : 0,
                         static_cast<char>('a' + i % 26));
    }
    for (const auto& text : texts) slices.emplace_back(text);
    slices[3] = {nullptr, 0};
    slices[4] = {nullptr, -1};
    for (const auto* table : kernel_tables())
      for (const std::int64_t stride : {width, width + 5}) {
        CAPTURE(table->name);
        CAPTURE(width);
        Bytes cells(static_cast<std::size_t>(count * stride), kGuard);
        table->write_texts(slices.data(), count, width, {cells.data(), stride});
        std::vector<std::int64_t> offsets(count + 1, -1);
        CHECK(table->measure_texts({cells.data(), stride, 0}, count, width,
                                   &offsets[1]) == TextBytes::ascii);
        std::string expected, read;
        bool kept = true;
        for (std::int64_t i = 0; i < count; ++i) {
          const auto& slice = slices[static_cast<std::size_t>(i)];
          const std::string text(
              slice.size > 0 ? slice.data : "",
              static_cast<std::size_t>(std::clamp<std::int64_t>(slice.size, 0, width)));
          expected += text;
          const std::string cell(
              reinterpret_cast<const char*>(&cells[static_cast<std::size_t>(i * stride)]),
              static_cast<std::size_t>(stride));
          std::string padded = text;
          padded.resize(static_cast<std::size_t>(width), '\0');
          padded.resize(static_cast<std::size_t>(stride), '\xEE');
          kept &= cell == padded;
          const auto next = static_cast<std::size_t>(i) + 1;
          kept &= offsets[next] == static_cast<std::int64_t>(text.size());
          offsets[next] += next == 1 ? 0 : offsets[next - 1];
        }
        CHECK(kept);
        offsets[0] = 0;
        read.resize(expected.size() + 1, '\xEE');
        table->copy_texts({cells.data(), stride, 0}, count, offsets.data(), read.data());
        CHECK(read == expected + '\xEE');
      }
  }
}

TEST_CASE("text kernels tell what texts are, junk behind NULs aside") {
  for (const auto* table : kernel_tables())
    for (const std::int64_t width : {1, 5, 8, 64, 65, 200}) {
      const std::string plain(static_cast<std::size_t>(3 * width), 'a');
      std::string cells = plain;
      const auto measured = [&] {
        std::int64_t sizes[3];
        return table->measure_texts(
            {reinterpret_cast<const std::byte*>(cells.data()), width, 0}, 3, width,
            sizes);
      };
      CAPTURE(table->name);
      CAPTURE(width);
      CHECK(measured() == TextBytes::ascii);
      for (std::int64_t at = width; at < 2 * width; ++at) {
        cells[static_cast<std::size_t>(at)] = '\xE9';
        CHECK(measured() == TextBytes::other);
        cells[static_cast<std::size_t>(width)] = '\0';
        CHECK(measured() == TextBytes::ascii);
        cells = plain;
      }
    }
}

TEST_CASE("text kernels know UTF-8 wherever it stands in a cell, as is_utf8() does") {
  std::vector<std::string> pieces;
  for (int byte = 0x80; byte < 0x100; ++byte)
    pieces.emplace_back(1, static_cast<char>(byte));
  for (const int lead : {0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1,
                         0xF3, 0xF4, 0xF5, 0xFF})
    for (const int second : {0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC2})
      for (const char* rest :
           {"", "\x80", "\xBF", "\x80\x80", "\xBF\xBF", "\x80\x80\x80"})
        pieces.push_back(std::string{static_cast<char>(lead), static_cast<char>(second)} +
                         rest);
  for (const auto* table : kernel_tables())
    for (const std::int64_t width : {8, 64, 70, 130})
      for (const auto& piece : pieces)
        for (std::int64_t at = 0; at < width; ++at) {
          std::string cell(static_cast<std::size_t>(width), 'a');
          const auto room = static_cast<std::size_t>(width - at);
          cell.replace(static_cast<std::size_t>(at), std::min(room, piece.size()),
                       piece.substr(0, room));
          std::int64_t size = 0;
          const TextBytes bytes = table->measure_texts(
              {reinterpret_cast<const std::byte*>(cell.data()), width, 0}, 1, width,
              &size);
          if (bytes == (is_utf8(cell) ? TextBytes::utf8 : TextBytes::other)) continue;
          CAPTURE(table->name);
          CAPTURE(width);
          CAPTURE(at);
          FAIL_CHECK(piece);
        }
}

TEST_CASE("one text that is no UTF-8 counts for all, whichever it is") {
  const std::string good = "\xC3\xBC...", bad = "\xFC....";
  for (const auto* table : kernel_tables())
    for (std::size_t at = 0; at < 4; ++at) {
      std::string cells;
      for (std::size_t i = 0; i < 4; ++i) cells += (i == at ? bad : good) + "plain";
      std::int64_t sizes[4];
      const Elements elements{reinterpret_cast<const std::byte*>(cells.data()), 10, 0};
      CHECK(table->measure_texts(elements, 4, 5, sizes) == TextBytes::other);
      CHECK(sizes[3] == 5);
      CHECK(table->measure_texts({elements.values + 5, 10, 0}, 4, 5, sizes) ==
            TextBytes::ascii);
    }
}

TEST_CASE("columns become rows and rows columns, whatever their numbers") {
  std::mt19937_64 random(17);
  for (const std::int64_t width : {1, 2})
    for (const std::int64_t columns : {1, 2, 3, 15, 16, 17, 33, 64})
      for (const std::int64_t rows : {0, 1, 2, 15, 16, 17, 100}) {
        const std::int64_t pitch = rows * width + 3, stride = columns * width + 5;
        Bytes source(static_cast<std::size_t>(columns * pitch + 1));
        for (auto& byte : source) byte = static_cast<std::byte>(random());
        for (const auto* table : kernel_tables()) {
          CAPTURE(table->name);
          CAPTURE(width);
          CAPTURE(columns);
          CAPTURE(rows);
          Bytes image(static_cast<std::size_t>(rows * stride + 1), kGuard);
          table->interleave[static_cast<std::size_t>(width - 1)](
              {source.data(), pitch, columns}, rows, {image.data(), stride});
          Bytes expected(image.size(), kGuard);
          for (std::int64_t i = 0; i < rows; ++i)
            for (std::int64_t k = 0; k < columns; ++k)
              std::memcpy(&expected[static_cast<std::size_t>(i * stride + k * width)],
                          &source[static_cast<std::size_t>(k * pitch + i * width)],
                          static_cast<std::size_t>(width));
          CHECK(static_cast<bool>(image == expected));
          if (width > 1) continue;
          Bytes back(source.size(), kGuard), kept(source.size(), kGuard);
          table->deinterleave({image.data(), stride, 0}, rows,
                              {back.data(), pitch, columns});
          for (std::int64_t k = 0; k < columns; ++k)
            std::memcpy(&kept[static_cast<std::size_t>(k * pitch)],
                        &source[static_cast<std::size_t>(k * pitch)],
                        static_cast<std::size_t>(rows));
          CHECK(static_cast<bool>(back == kept));
        }
      }
}
