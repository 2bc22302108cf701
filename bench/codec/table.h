// The data that the codec is measured on: variables of one kind, in memory as a data
// frame has them, and the limits' own view of the same bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "stata_pydata/image_writer.h"

namespace bench {

/// A variable as the limits see it: packed elements of the width of their cells. Texts
/// have none.
struct PlainColumn {
  const std::byte* values = nullptr;
  std::int64_t width = 0;
};

/// Memory as NumPy allocates large arrays: huge pages where the system gives them.
using Memory = std::unique_ptr<std::byte, void (*)(std::byte*)>;

struct Table {
  stata_pydata::dta::Schema schema;
  std::vector<stata_pydata::dta::InputVariable> variables;
  std::vector<PlainColumn> plain;
  std::vector<Memory> memory;
  std::int64_t rows = 0;
  std::int64_t row_bytes = 0;
};

/// `variables` variables of kind byte, int, long, float, double, str# or strL, with the
/// same random values every time; null for another kind. The elements have the type of
/// their cells: int8 for byte, double for double.
std::unique_ptr<Table> make_table(std::string_view kind, std::int64_t rows,
                                  int variables);

}  // namespace bench
