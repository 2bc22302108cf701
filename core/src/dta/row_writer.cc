#include <algorithm>
#include <cstring>

#include "dta/plan_parts.h"
#include "stata_pydata/missing.h"

namespace stata_pydata::dta {
namespace {

// A part of a block stays in the first-level cache while it is filled variable by
// variable; a kernel wants some rows at a time all the same.
constexpr std::int64_t kPartBytes = 16 << 10, kLeastPartRows = 64;

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
  return {variable.index, row};
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

void write_rows(const PlanParts& plan, std::int64_t begin, std::int64_t end,
                std::byte* rows) noexcept {
  const ImageLayout& layout = plan.layout;
  const std::int64_t part =
      std::max(kLeastPartRows, kPartBytes / std::max<std::int64_t>(1, layout.row_bytes));
  for (; begin < end; begin += part, rows += part * layout.row_bytes)
    for (std::size_t k = 0; k < plan.sources.size(); ++k)
      write_cells(plan, k, begin, std::min(end, begin + part),
                  {rows + layout.cell_offsets[k], layout.row_bytes});
}

}  // namespace stata_pydata::dta
