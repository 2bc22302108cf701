#include "table.h"

#include <sys/mman.h>

#include <charconv>
#include <cstdlib>
#include <cstring>
#include <random>

namespace bench {
namespace {

namespace dta = stata_pydata::dta;
using stata_pydata::Chunk;
using stata_pydata::Column;
using stata_pydata::ElementType;

std::byte* new_bytes(Table& table, std::int64_t bytes) {
  constexpr std::size_t huge_page = 2 << 20;
  const std::size_t size =
      (static_cast<std::size_t>(bytes) + huge_page - 1) / huge_page * huge_page;
  auto* memory = static_cast<std::byte*>(std::aligned_alloc(huge_page, size));
  ::madvise(memory, size, MADV_HUGEPAGE);
  table.memory.emplace_back(memory, [](std::byte* freed) { std::free(freed); });
  return memory;
}

template <typename T, typename Value>
void add_numbers(Table& table, const Value& value) {
  constexpr std::int64_t width = sizeof(T);
  std::byte* values = new_bytes(table, table.rows * width);
  for (std::int64_t i = 0; i < table.rows; ++i) {
    const T number = static_cast<T>(value());
    std::memcpy(values + i * width, &number, sizeof number);
  }
  const Chunk chunk{.values = values, .stride = width, .count = table.rows, .mask = {}};
  table.variables.push_back({Column{"", dta::element_type<T>(), {chunk}}});
  table.plain.push_back({values, width});
  table.row_bytes += width;
}

/// Arrow's utf8: texts of up to `longest` letters, half of that on average.
void add_texts(Table& table, std::mt19937_64& random, int longest, bool strl) {
  std::byte* offsets = new_bytes(table, (table.rows + 1) * 4);
  std::byte* bytes = new_bytes(table, table.rows * longest);
  std::int32_t end = 0;
  for (std::int64_t i = 0; i <= table.rows; ++i) {
    std::memcpy(offsets + i * 4, &end, sizeof end);
    if (i == table.rows) break;
    const auto size = static_cast<std::int32_t>(
        i == 0 ? longest : random() % static_cast<unsigned>(longest + 1));
    std::memset(bytes + end, 'a' + static_cast<int>(i % 26),
                static_cast<std::size_t>(size));
    end += size;
  }
  dta::TextChunk chunk;
  chunk.count = table.rows;
  chunk.values = offsets;
  chunk.bytes = reinterpret_cast<const char*>(bytes);
  table.variables.push_back({dta::TextColumn{false, {chunk}}});
  if (strl) {
    table.variables.back().rule = dta::TypeRule::declared;
    table.schema.variables.back().type = dta::kStrl;
  }
  table.plain.push_back({});
  table.row_bytes += strl ? 8 : longest;
}

bool add_variable(Table& table, std::string_view kind, std::mt19937_64& random) {
  const auto below = [&](std::int64_t low, std::int64_t high) {
    return [&random, low, high] {
      return low +
             static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(high - low));
    };
  };
  const auto real = [&random] { return static_cast<double>(random() >> 11) * 0x1p-53; };
  if (kind == "byte") return add_numbers<std::int8_t>(table, below(-127, 100)), true;
  if (kind == "int") return add_numbers<std::int16_t>(table, below(-32767, 32740)), true;
  if (kind == "long")
    return add_numbers<std::int32_t>(table, below(-2147483647, 2147483620)), true;
  if (kind == "float") return add_numbers<float>(table, real), true;
  if (kind == "double") return add_numbers<double>(table, real), true;
  if (kind == "strL") return add_texts(table, random, 40, true), true;
  int width = 0;
  if (!kind.starts_with("str") ||
      std::from_chars(kind.data() + 3, kind.data() + kind.size(), width).ec !=
          std::errc())
    return false;
  return add_texts(table, random, width, false), true;
}

}  // namespace

std::unique_ptr<Table> make_table(std::string_view kind, std::int64_t rows,
                                  int variables) {
  std::mt19937_64 random(1);
  auto table = std::make_unique<Table>();
  table->rows = rows;
  for (int k = 0; k < variables; ++k) {
    table->schema.variables.emplace_back().name = "v" + std::to_string(k + 1);
    if (!add_variable(*table, kind, random)) return nullptr;
  }
  return table;
}

}  // namespace bench
