#include <algorithm>
#include <atomic>
#include <cstring>
#include <vector>

#include "dta/row_reads.h"
#include "stata_pydata/error.h"
#include "stata_pydata/parallel.h"

namespace stata_pydata::dta {
namespace {

// A part of a block stays in the first-level cache while its variables are read one after
// the other. Both are multiples of 64 rows, so that no two blocks share a byte of a
// bitmap.
constexpr std::int64_t kBitmapWord = 64;
constexpr std::int64_t kPartBytes = 16 << 10, kMostPartRows = 2048;
constexpr std::int64_t kPartsOfBlock = 16;

struct NumberRead {
  StoredCells cells;
  ReadNumbers kernel;
  NumberDestination to;
};

NumberRead plan_read(const ParsedImage& parsed, const NumberRequest& request,
                     const KernelTable& kernels) {
  const Variable& variable = variable_at(parsed, request.variable);
  if (!variable.type.is_numeric())
    throw Error(Fault::invalid, "variable " + variable.name + " is " +
                                    type_name(variable.type) + ", it has no numbers");
  const auto storage = static_cast<std::size_t>(variable.type.storage);
  const auto form = static_cast<std::size_t>(request.to.form);
  const ReadNumbers kernel = kernels.read_numbers[storage][form];
  if (!kernel)
    throw Error(Fault::invalid, "variable " + variable.name + " is " +
                                    type_name(variable.type) +
                                    ", which the numbers asked for can't hold");
  return {cells_of(parsed, request.variable), kernel, request.to};
}

template <std::size_t kWidth>
void stage_cells(const StoredCells& cells, const RowSelection& rows, std::int64_t begin,
                 std::int64_t end, std::byte* staged) {
  for (std::int64_t i = begin; i < end; ++i, staged += kWidth) {
    const std::byte* cell = cells.first + row_of(rows, i, cells.count) * cells.stride;
    if (cells.byte_order == ByteOrder::little)
      std::memcpy(staged, cell, kWidth);
    else
      std::reverse_copy(cell, cell + kWidth, staged);
  }
}

/// Copies selected cells end to end, little-endian.
void stage(const StoredCells& cells, const RowSelection& rows, std::int64_t begin,
           std::int64_t end, std::byte* staged) {
  switch (cells.type.width) {
    case 1:
      return stage_cells<1>(cells, rows, begin, end, staged);
    case 2:
      return stage_cells<2>(cells, rows, begin, end, staged);
    case 4:
      return stage_cells<4>(cells, rows, begin, end, staged);
    default:
      return stage_cells<8>(cells, rows, begin, end, staged);
  }
}

void pack_validity(const std::uint8_t* missing, std::int64_t count, std::uint8_t* bits) {
  for (std::int64_t i = 0; i < count; i += 8) {
    unsigned byte = 0;
    for (std::int64_t k = 0; k < std::min<std::int64_t>(8, count - i); ++k)
      byte |= static_cast<unsigned>(missing[i + k] == 0) << k;
    bits[i / 8] = static_cast<std::uint8_t>(byte);
  }
}

/// Reads elements [begin, end) of the selection, at most kMostPartRows.
void read_part(const NumberRead& read, const RowSelection& rows, std::int64_t begin,
               std::int64_t end) {
  std::byte staged[kMostPartRows * 8];
  std::uint8_t flags[kMostPartRows];
  const NumberDestination& to = read.to;
  Elements from{staged, read.cells.type.width, 0};
  if (rows.indexes || read.cells.byte_order == ByteOrder::big) {
    stage(read.cells, rows, begin, end, staged);
  } else {
    const std::int64_t step = rows.count > 1 ? rows.step : 0;
    from = {read.cells.first + (rows.begin + begin * step) * read.cells.stride,
            step * read.cells.stride, 0};
  }
  std::uint8_t* missing = to.missing ? to.missing + begin : to.validity ? flags : nullptr;
  read.kernel(from, {to.values + begin * to.stride, to.stride}, missing, end - begin);
  if (to.validity) pack_validity(missing, end - begin, to.validity + begin / 8);
}

std::int64_t part_rows(std::int64_t row_bytes) {
  const std::int64_t rows = kPartBytes / std::max<std::int64_t>(1, row_bytes);
  return std::clamp(rows / kBitmapWord * kBitmapWord, kBitmapWord, kMostPartRows);
}

}  // namespace

bool gather_numbers(const ParsedImage& parsed, std::span<const NumberRequest> requests,
                    const RowSelection& rows, const ReadOptions& options) {
  const KernelTable& kernels = kernels_of(options);
  std::vector<NumberRead> reads;
  for (const auto& request : requests)
    reads.push_back(plan_read(parsed, request, kernels));
  check_selection(rows, parsed.layout.observations);
  if (rows.count == 0 || reads.empty()) return true;
  const std::int64_t part = part_rows(parsed.layout.row_bytes);
  const auto work = [&](std::int64_t begin, std::int64_t end) {
    for (; begin < end; begin += part)
      for (const auto& read : reads)
        read_part(read, rows, begin, std::min(end, begin + part));
  };
  return for_row_blocks(rows.count, part * kPartsOfBlock,
                        choose_threads(options.threads, rows.count), work, options.stop);
}

bool find_missing(const ParsedImage& parsed, std::int64_t variable,
                  const RowSelection& rows, const ReadOptions& options) {
  const NumberRequest request{variable, {.form = NumberForm::float64}};
  const NumberRead read = plan_read(parsed, request, kernels_of(options));
  check_selection(rows, parsed.layout.observations);
  std::atomic<bool> found{false};
  const auto look = [&](std::int64_t begin, std::int64_t end) {
    double numbers[kMostPartRows];
    std::uint8_t missing[kMostPartRows];
    if (found) return;
    NumberRead part = read;
    part.to.values = reinterpret_cast<std::byte*>(numbers);
    part.to.stride = sizeof(double);
    part.to.missing = missing;
    read_part(part, part_of(rows, begin, end), 0, end - begin);
    if (std::any_of(missing, missing + (end - begin),
                    [](auto flag) { return flag != 0; }))
      found = true;
  };
  const bool done =
      for_row_blocks(rows.count, kMostPartRows,
                     choose_threads(options.threads, rows.count), look, options.stop);
  return found || !done;
}

}  // namespace stata_pydata::dta
