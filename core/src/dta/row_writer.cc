#include <algorithm>
#include <cstring>

#include "dta/plan_parts.h"
#include "stata_pydata/missing.h"

namespace stata_pydata::dta {
namespace {

// A part of a block stays in the first-level cache while it is filled variable by
// variable; a kernel wants some rows at a time all the same.
constexpr std::int64_t kPartBytes = 16 << 10, kLeastPartRows = 64;

// A group of narrow cells is turned from columns to rows in scratch memory of this size,
// where the cells take so many bytes of a row that vectors gain; runs of rows fill whole
// vectors.
constexpr std::int64_t kGroupBytes = 8 << 10, kLeastRun = 16;
constexpr std::size_t kMostWidth = 2, kMostGroup = 64, kTogetherBytes = 16;

/// A strL cell: v in its first bytes, o in the rest, both counted from 1.
std::uint64_t strl_cell(const ReleaseWidths& widths, CellPlace owner) noexcept {
  return static_cast<std::uint64_t>(owner.variable + 1) |
         static_cast<std::uint64_t>(owner.row + 1) << (8 * widths.strl_variable);
}

void write_references(const PlanParts& plan, const StrlVariable& variable,
                      std::int64_t begin, std::int64_t end, Cells to) noexcept {
  std::byte* cell = to.first;
  variable.source->for_texts(begin, end, [&](std::int64_t row, const FoundText& text) {
    std::uint64_t reference = 0;
    if (text.size > 0)
      reference = strl_cell(plan.layout.widths, owner_of(plan, variable, row, text));
    std::memcpy(cell, &reference, sizeof reference);
    cell += to.stride;
  });
}

/// Missing, or "" and a strL without a text, which are zero.
void write_unfilled(VariableType type, std::int64_t count, Cells to) noexcept {
  const std::uint64_t dot = type.is_numeric() ? missing_bits(type.storage, 0) : 0;
  for (std::byte* cell = to.first; count > 0; --count, cell += to.stride) {
    if (type.is_text()) std::memset(cell, 0, type.width);
    if (type.is_numeric()) std::memcpy(cell, &dot, type.width);
  }
}

}  // namespace

CellPlace owner_of(const PlanParts& plan, const StrlVariable& variable, std::int64_t row,
                   const FoundText& text) noexcept {
  if (plan.owners) return plan.owners->find(text);
  return {variable.index, plan.first_row + row};
}

void write_cells(const PlanParts& plan, std::size_t variable, std::int64_t begin,
                 std::int64_t end, Cells to) noexcept {
  const VariableType type = plan.schema.variables[variable].type;
  const CellSource& source = plan.sources[variable];
  if (const auto* numbers = std::get_if<NumberSource>(&source))
    return numbers->write(begin, end, type.storage, to);
  const auto* texts = std::get_if<TextSource>(&source);
  if (!texts) return write_unfilled(type, end - begin, to);
  if (type.storage == Storage::str)
    return texts->write(begin, end, type.width, to.first, to.stride);
  write_references(plan, {static_cast<std::int32_t>(variable), texts}, begin, end, to);
}

std::vector<VariableGroup> groups_of(const std::vector<Variable>& variables,
                                     const std::vector<CellSource>& sources) {
  std::vector<VariableGroup> groups;
  const auto joins = [&](const VariableGroup& group, std::size_t k) {
    const VariableType type = variables[k].type, first = variables[group.first].type;
    return type.is_numeric() && first.is_numeric() && type.width == first.width &&
           type.width <= kMostWidth && group.count < kMostGroup &&
           std::holds_alternative<NumberSource>(sources[k]) &&
           std::holds_alternative<NumberSource>(sources[group.first]);
  };
  for (std::size_t k = 0; k < variables.size(); ++k)
    if (!groups.empty() && joins(groups.back(), k))
      ++groups.back().count;
    else
      groups.push_back({k, 1});
  return groups;
}

namespace {

/// Writes a group whose cells fill half a vector or more: column by column to scratch
/// memory, from there to the rows.
void write_together(const PlanParts& plan, const VariableGroup& group, std::int64_t begin,
                    std::int64_t end, Cells to) noexcept {
  alignas(64) std::byte scratch[kGroupBytes];
  const std::int64_t width = plan.schema.variables[group.first].type.width;
  const auto count = static_cast<std::int64_t>(group.count);
  const std::int64_t most = kGroupBytes / (count * width) / kLeastRun * kLeastRun;
  const Interleave interleave =
      plan.kernels->interleave[static_cast<std::size_t>(width - 1)];
  const CellColumns columns{scratch, most * width, count};
  for (; begin < end; begin += most, to.first += most * to.stride) {
    const std::int64_t rows = std::min(most, end - begin);
    for (std::size_t k = 0; k < group.count; ++k)
      write_cells(plan, group.first + k, begin, begin + rows,
                  {scratch + static_cast<std::int64_t>(k) * columns.pitch, width});
    interleave(columns, rows, to);
  }
}

void write_group(const PlanParts& plan, const VariableGroup& group, std::int64_t begin,
                 std::int64_t end, Cells to) noexcept {
  const std::size_t width = plan.schema.variables[group.first].type.width;
  if (group.count > 1 && group.count * width >= kTogetherBytes &&
      end - begin >= kLeastRun)
    return write_together(plan, group, begin, end, to);
  for (std::size_t k = group.first; k < group.first + group.count; ++k) {
    write_cells(plan, k, begin, end, to);
    to.first += width;
  }
}

}  // namespace

void write_rows(const PlanParts& plan, std::int64_t begin, std::int64_t end,
                std::byte* rows) noexcept {
  const ImageLayout& layout = plan.layout;
  const std::int64_t part =
      std::max(kLeastPartRows, kPartBytes / std::max<std::int64_t>(1, layout.row_bytes));
  for (; begin < end; begin += part, rows += part * layout.row_bytes)
    for (const auto& group : plan.groups)
      write_group(plan, group, begin, std::min(end, begin + part),
                  {rows + layout.cell_offsets[group.first], layout.row_bytes});
}

}  // namespace stata_pydata::dta
