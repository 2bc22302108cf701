#include "dta/read_dta_rows.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "dta/old_numbers.h"

namespace adohost {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 20;

/// Bytes that lie together in a row of the file and in a row of the data.
struct Run {
  std::size_t from = 0, to = 0, bytes = 0;
};

std::vector<Run> plan_runs(const DtaFile& file, const std::vector<int>& variables,
                           const Dataset& data) {
  std::vector<Run> runs;
  for (std::size_t i = 0; i < variables.size(); ++i) {
    const DtaColumn& column = file.columns[variables[i]];
    const std::size_t to = data.variable(static_cast<int>(i)).offset;
    const std::size_t bytes = column.type.bytes();
    const bool adjacent = !runs.empty() &&
                          runs.back().from + runs.back().bytes == column.offset &&
                          runs.back().to + runs.back().bytes == to;
    if (adjacent) {
      runs.back().bytes += bytes;
    } else {
      runs.push_back({column.offset, to, bytes});
    }
  }
  return runs;
}

/// Copies of a known size are one instruction.
template <std::size_t bytes>
void gather(const std::byte* from, std::size_t from_width, std::byte* to,
            std::size_t to_width, std::int64_t rows) {
  for (std::int64_t i = 0; i < rows; ++i, from += from_width, to += to_width) {
    std::memcpy(to, from, bytes);
  }
}

void gather(const Run& run, const std::byte* from, std::size_t from_width, std::byte* to,
            std::size_t to_width, std::int64_t rows) {
  from += run.from;
  to += run.to;
  switch (run.bytes) {
    case 1:
      return gather<1>(from, from_width, to, to_width, rows);
    case 2:
      return gather<2>(from, from_width, to, to_width, rows);
    case 4:
      return gather<4>(from, from_width, to, to_width, rows);
    case 8:
      return gather<8>(from, from_width, to, to_width, rows);
    default:
      for (std::int64_t i = 0; i < rows; ++i, from += from_width, to += to_width) {
        std::memcpy(to, from, run.bytes);
      }
  }
}

/// What happens to the cells of one variable once they have been copied.
struct Mending {
  std::size_t offset = 0, bytes = 0;
  bool is_text = false;  // what follows the first NUL is cleared; else bytes are turned
};

std::vector<Mending> plan_mendings(const Dataset& data, bool turn) {
  std::vector<Mending> mendings;
  for (const Variable& variable : data.variables()) {
    const bool text = variable.type.storage == Storage::str;
    const bool number = variable.type.is_numeric() && variable.type.bytes() > 1;
    if (text || (number && turn)) {
      mendings.push_back({variable.offset, variable.type.bytes(), text});
    }
  }
  return mendings;
}

void mend(const Mending& mending, std::byte* row, std::size_t width, std::int64_t rows) {
  std::byte* cell = row + mending.offset;
  for (std::int64_t i = 0; i < rows; ++i, cell += width) {
    if (mending.is_text) {
      const std::size_t n = strnlen(reinterpret_cast<char*>(cell), mending.bytes);
      std::memset(cell + n, 0, mending.bytes - n);
    } else {
      std::reverse(cell, cell + mending.bytes);
    }
  }
}

}  // namespace

void read_dta_rows(const DtaInput& input, const DtaFile& file,
                   const std::vector<int>& variables, std::int64_t first,
                   std::int64_t last, Dataset& data) {
  if (variables.empty() || first == last) return;
  const std::vector<Run> runs = plan_runs(file, variables, data);
  const auto mendings =
      plan_mendings(data, file.big_endian != (std::endian::native == std::endian::big));
  const std::size_t from_width = file.row_width, to_width = data.width();
  const bool as_it_is = runs.size() == 1 && runs[0].bytes == from_width;
  const auto rows_at_once =
      static_cast<std::int64_t>(std::max<std::size_t>(1, kBlockBytes / from_width));
  std::vector<std::byte> block;
  if (!as_it_is) {
    block.resize(static_cast<std::size_t>(std::min(rows_at_once, last - first)) *
                 from_width);
  }
  data.add_rows(last - first);
  for (std::int64_t row = first; row < last; row += rows_at_once) {
    const std::int64_t rows = std::min(rows_at_once, last - row);
    const std::uint64_t at = file.data_at + static_cast<std::uint64_t>(row) * from_width;
    std::byte* to = data.row(row - first);
    const std::size_t bytes = static_cast<std::size_t>(rows) * from_width;
    input.read(at, as_it_is ? to : block.data(), bytes);
    if (!as_it_is) {
      for (const Run& run : runs) {
        gather(run, block.data(), from_width, to, to_width, rows);
      }
    }
    for (const Mending& mending : mendings) mend(mending, to, to_width, rows);
  }
  if (file.release->one_missing()) mend_old_numbers(data);
}

}  // namespace adohost
