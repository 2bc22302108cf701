#include "dta/strl_plan.h"

#include <algorithm>

#include "dta/checked_size.h"
#include "stata_pydata/parallel.h"

namespace stata_pydata::dta {
namespace {

/// Bytes of a strL with its header; a text's closing NUL counts.
std::int64_t gso_bytes(const ReleaseWidths& widths, TextSlice text, bool binary) {
  return gso_header_bytes(widths) + text.size + (binary ? 0 : 1);
}

std::int64_t own_bytes(const PlanParts& plan, const ReleaseWidths& widths,
                       std::int64_t begin, std::int64_t end) {
  std::int64_t bytes = 0;
  for (const auto& variable : plan.strl_variables)
    variable.source->for_texts(begin, end, [&](std::int64_t, TextSlice text) {
      if (text.size > 0) bytes += gso_bytes(widths, text, variable.source->binary());
    });
  return bytes;
}

/// Like own_bytes, in row-major order, so that the first cell becomes the owner.
std::int64_t shared_bytes(PlanParts& plan, const ReleaseWidths& widths,
                          std::int64_t begin, std::int64_t end) {
  std::int64_t bytes = 0;
  for (std::int64_t row = begin; row < end; ++row)
    for (const auto& variable : plan.strl_variables) {
      const TextSlice text = variable.source->text(row);
      if (text.size <= 0) continue;
      const bool binary = variable.source->binary();
      const CellPlace place{variable.index, row};
      if (plan.owners->add(text, binary, place) == place)
        bytes += gso_bytes(widths, text, binary);
    }
  return bytes;
}

}  // namespace

bool plan_strls(PlanParts& plan, bool share, int threads,
                const std::function<bool()>& stop) {
  if (plan.strl_variables.empty()) return true;
  const ReleaseWidths& widths = *find_release(plan.schema.release);
  const std::int64_t rows = rows_of(plan.inputs[0].column);
  const std::int64_t blocks = (rows + plan.block_rows - 1) / plan.block_rows;
  plan.strl_starts.assign(static_cast<std::size_t>(blocks) + 1, 0);
  if (share) plan.owners.emplace(plan.strl_variables);
  const bool done = for_row_blocks(
      rows, plan.block_rows, share ? 1 : choose_threads(threads, rows),
      [&](std::int64_t begin, std::int64_t end) {
        plan.strl_starts[static_cast<std::size_t>(begin / plan.block_rows) + 1] =
            share ? shared_bytes(plan, widths, begin, end)
                  : own_bytes(plan, widths, begin, end);
      },
      stop);
  CheckedSize total = 0;
  for (auto& start : plan.strl_starts) {
    total += start;
    start = total.value();
  }
  return done;
}

void write_strls(const PlanParts& plan, std::int64_t begin, std::int64_t end,
                 ImageStream& out) {
  for (std::int64_t row = begin; row < end; ++row)
    for (const auto& variable : plan.strl_variables) {
      const TextSlice text = variable.source->text(row);
      const CellPlace place{variable.index, row};
      if (text.size <= 0 || owner_of(plan, variable, row, text) != place) continue;
      const bool binary = variable.source->binary();
      out.put(kGso);
      out.put_number(static_cast<std::uint64_t>(variable.index) + 1, 4);
      out.put_number(static_cast<std::uint64_t>(row) + 1,
                     plan.layout.widths.strl_observation);
      out.put_number(binary ? kGsoBinary : kGsoText, 1);
      out.put_number(static_cast<std::uint64_t>(text.size) + (binary ? 0 : 1), 4);
      out.put({text.data, static_cast<std::size_t>(text.size)});
      if (!binary) out.put_zeros(1);
    }
}

}  // namespace stata_pydata::dta
