#include <algorithm>
#include <string>

#include "dta/row_reads.h"
#include "stata_pydata/error.h"
#include "stata_pydata/pages.h"

namespace stata_pydata::dta {
namespace {

[[noreturn]] void no_row(std::int64_t row, std::int64_t observations) {
  throw Error(Fault::range, "there is no row " + std::to_string(row) +
                                " in an image of " + std::to_string(observations) +
                                " rows, counted from 0");
}

}  // namespace

void check_selection(const RowSelection& rows, std::int64_t observations) {
  if (rows.count < 0)
    throw Error(Fault::range,
                "a selection of " + std::to_string(rows.count) + " rows is none");
  if (rows.indexes || rows.count == 0) return;
  if (rows.begin < 0 || rows.begin >= observations) no_row(rows.begin, observations);
  if (rows.count == 1) return;
  const bool down = rows.step < 0;
  const std::int64_t room = down ? rows.begin : observations - 1 - rows.begin;
  const std::int64_t most = room / (rows.count - 1);  // of steps, in their direction
  if (down ? rows.step < -most : rows.step > most)
    throw Error(Fault::range, std::to_string(rows.count) + " rows from " +
                                  std::to_string(rows.begin) + " by steps of " +
                                  std::to_string(rows.step) + " leave an image of " +
                                  std::to_string(observations) + " rows");
}

std::int64_t row_of(const RowSelection& rows, std::int64_t i, std::int64_t observations) {
  if (!rows.indexes) return rows.begin + i * rows.step;
  const std::int64_t row = rows.indexes[i];
  if (row < 0 || row >= observations) no_row(row, observations);
  return row;
}

RowSelection part_of(const RowSelection& rows, std::int64_t begin, std::int64_t end) {
  RowSelection part = rows;
  part.count = end - begin;
  if (rows.indexes)
    part.indexes += begin;
  else
    part.begin += begin * (rows.count > 1 ? rows.step : 0);
  return part;
}

void populate_rows(const ParsedImage& parsed, const RowSelection& rows,
                   std::int64_t begin, std::int64_t end) {
  constexpr std::int64_t far = 4;  // steps over most of a page or more touch few pages
  const std::int64_t step = rows.count > 1 ? rows.step : 1;
  if (rows.indexes || step < -far || step > far) return;
  const ImageLayout& layout = parsed.layout;
  const std::int64_t first = rows.begin + (step < 0 ? end - 1 : begin) * step;
  const std::int64_t span = (end - begin) * (step < 0 ? -step : step);
  const std::int64_t count = std::min(span, layout.observations - first);
  populate(parsed.image.data() + layout.first_cell + first * layout.row_bytes,
           static_cast<std::size_t>(count * layout.row_bytes), Access::read_only);
}

const Variable& variable_at(const ParsedImage& parsed, std::int64_t variable) {
  const auto& variables = parsed.schema.variables;
  if (variable < 0 || variable >= static_cast<std::int64_t>(variables.size()))
    throw Error(Fault::invalid,
                "there is no variable number " + std::to_string(variable) + " among " +
                    std::to_string(variables.size()) + ", counted from 0");
  return variables[static_cast<std::size_t>(variable)];
}

StoredCells cells_of(const ParsedImage& parsed, std::int64_t variable) {
  const ImageLayout& layout = parsed.layout;
  const VariableType type = variable_at(parsed, variable).type;
  const auto offset = layout.cell_offsets[static_cast<std::size_t>(variable)];
  return {.type = type,
          .first = parsed.image.data() + layout.first_cell + offset,
          .stride = layout.row_bytes,
          .count = type.storage == Storage::alias ? 0 : layout.observations,
          .byte_order = parsed.schema.byte_order};
}

}  // namespace stata_pydata::dta
