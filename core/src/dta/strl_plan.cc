#include "dta/strl_plan.h"

#include <algorithm>
#include <cstring>

#include "dta/checked_size.h"
#include "stata_pydata/parallel.h"

namespace stata_pydata::dta {
namespace {

/// Bytes of a strL with its header; a text's closing NUL counts.
std::int64_t gso_bytes(const ReleaseWidths& widths, const FoundText& text) {
  return gso_header_bytes(widths) + text.size + (text.binary ? 0 : 1);
}

/// Calls use(variable, row, text) for the strLs of rows [begin, end) that have bytes, in
/// row-major order: the texts of some rows are looked up variable by variable.
template <typename Use>
void for_strls(const PlanParts& plan, std::int64_t begin, std::int64_t end,
               const Use& use) {
  constexpr std::int64_t most_texts = 4096;
  const auto variables = static_cast<std::int64_t>(plan.strl_variables.size());
  const std::int64_t rows = std::max<std::int64_t>(1, most_texts / variables);
  std::vector<FoundText> texts(static_cast<std::size_t>(std::min(rows, end - begin)) *
                               plan.strl_variables.size());
  for (; begin < end; begin += rows) {
    const std::int64_t stop = std::min(end, begin + rows);
    FoundText* first = texts.data();
    for (const auto& variable : plan.strl_variables) {
      FoundText* at = first++;
      variable.source->for_texts(begin, stop, [&](std::int64_t, const FoundText& text) {
        *at = text;
        at += variables;
      });
    }
    const FoundText* text = texts.data();
    for (std::int64_t row = begin; row < stop; ++row)
      for (const auto& variable : plan.strl_variables) {
        if (text->size > 0) use(variable, row, *text);
        ++text;
      }
  }
}

/// Bytes of the strLs that rows [begin, end) own. Fills the owners in passing: in
/// row-major order, so that the first cell becomes the owner.
std::int64_t owned_bytes(PlanParts& plan, const ReleaseWidths& widths, std::int64_t begin,
                         std::int64_t end) {
  std::int64_t bytes = 0;
  for_strls(plan, begin, end,
            [&](const StrlVariable& variable, std::int64_t row, const FoundText& text) {
              const CellPlace place{variable.index, row};
              if (!plan.owners || plan.owners->add(text, place) == place)
                bytes += gso_bytes(widths, text);
            });
  return bytes;
}

char* stored(char* to, std::uint64_t number, int bytes) noexcept {
  std::memcpy(to, &number, 8);  // what lies behind is written next
  return to + bytes;
}

/// Writes the header to `to`, which has room for 8 bytes more.
char* write_gso_header(char* to, const ReleaseWidths& widths, CellPlace place,
                       std::uint64_t bytes, bool binary) noexcept {
  std::memcpy(to, kGso.data(), kGso.size());
  to += kGso.size();
  to = stored(to, static_cast<std::uint64_t>(place.variable) + 1, 4);
  to = stored(to, static_cast<std::uint64_t>(place.row) + 1, widths.strl_observation);
  to = stored(to, binary ? kGsoBinary : kGsoText, 1);
  return stored(to, bytes, 4);
}

void put_strl(ImageStream& out, const ReleaseWidths& widths, CellPlace place,
              const FoundText& text) {
  const std::int64_t bytes = text.size + (text.binary ? 0 : 1);
  char header[40];
  const auto end = write_gso_header(header, widths, place,
                                    static_cast<std::uint64_t>(bytes), text.binary);
  const std::int64_t header_bytes = end - header;
  if (char* to = out.next(header_bytes + bytes)) {
    std::memcpy(to, header, static_cast<std::size_t>(header_bytes));
    std::memcpy(to + header_bytes, text.data, static_cast<std::size_t>(text.size));
    if (!text.binary) to[header_bytes + text.size] = '\0';
    return;
  }
  out.put({header, static_cast<std::size_t>(header_bytes)});
  out.put({text.data, static_cast<std::size_t>(text.size)});
  if (!text.binary) out.put_zeros(1);
}

}  // namespace

void note_strl_variables(PlanParts& plan) {
  for (std::size_t k = 0; k < plan.sources.size(); ++k)
    if (plan.schema.variables[k].type == kStrl)
      plan.strl_variables.push_back(
          {static_cast<std::int32_t>(k), &std::get<TextSource>(plan.sources[k])});
}

bool plan_strls(PlanParts& plan, StrlSharing sharing, int threads,
                const std::function<bool()>& stop) {
  if (plan.strl_variables.empty()) return true;
  const ReleaseWidths& widths = *find_release(plan.schema.release);
  const std::int64_t rows = rows_of(plan.inputs[0].column);
  const std::int64_t blocks = (rows + plan.block_rows - 1) / plan.block_rows;
  plan.strl_starts.assign(static_cast<std::size_t>(blocks) + 1, 0);
  const bool share = sharing != StrlSharing::none;
  if (share) plan.owners.emplace(plan.strl_variables, sharing);
  const bool done = for_row_blocks(
      rows, plan.block_rows, share ? 1 : choose_threads(threads, rows),
      [&](std::int64_t begin, std::int64_t end) {
        plan.strl_starts[static_cast<std::size_t>(begin / plan.block_rows) + 1] =
            owned_bytes(plan, widths, begin, end);
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
  for_strls(plan, begin, end,
            [&](const StrlVariable& variable, std::int64_t row, const FoundText& text) {
              const CellPlace place{variable.index, plan.first_row + row};
              if (owner_of(plan, variable, row, text) != place) return;
              put_strl(out, plan.layout.widths, place, text);
            });
}

}  // namespace stata_pydata::dta
