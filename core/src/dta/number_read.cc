#include "dta/number_read.h"

#include <algorithm>
#include <cstring>

#include "stata_pydata/error.h"

namespace stata_pydata::dta {
namespace {

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

}  // namespace

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

Elements cells_from(const StoredCells& cells, const RowSelection& rows,
                    std::int64_t begin) noexcept {
  const std::int64_t step = rows.count > 1 ? rows.step : 0;
  return {cells.first + (rows.begin + begin * step) * cells.stride, step * cells.stride,
          0};
}

void read_part(const NumberRead& read, const RowSelection& rows, std::int64_t begin,
               std::int64_t end) {
  if (!rows.indexes && read.cells.byte_order == ByteOrder::little)
    return read_cells(read, cells_from(read.cells, rows, begin), begin, end);
  std::byte staged[kMostPartRows * 8];
  stage(read.cells, rows, begin, end, staged);
  read_cells(read, {staged, read.cells.type.width, 0}, begin, end);
}

void read_cells(const NumberRead& read, Elements from, std::int64_t begin,
                std::int64_t end) {
  std::uint8_t flags[kMostPartRows];
  const NumberDestination& to = read.to;
  std::uint8_t* missing = to.missing ? to.missing + begin : to.validity ? flags : nullptr;
  read.kernel(from, {to.values + begin * to.stride, to.stride}, missing, end - begin);
  if (to.validity) pack_validity(missing, end - begin, to.validity + begin / 8);
}

}  // namespace stata_pydata::dta
