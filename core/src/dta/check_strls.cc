#include "dta/checks.h"
#include "dta/place.h"
#include "dta/row_reads.h"
#include "dta/strl_index.h"

namespace stata_pydata::dta {
namespace {

void check_strl(const ParsedImage& parsed, const Strl& strl, std::int64_t at,
                Findings& findings) {
  const auto& variables = parsed.schema.variables;
  const std::string what = "strLs: (" + std::to_string(strl.variable) + ", " +
                           std::to_string(strl.observation) + ")";
  const bool there =
      strl.variable >= 1 && strl.variable <= variables.size() &&
      variables[strl.variable - 1].type == kStrl && strl.observation >= 1 &&
      strl.observation <= static_cast<std::uint64_t>(parsed.layout.observations);
  if (!there) findings.error(at, what + " is no strL cell");
  const bool nul = strl.text.bytes.find('\0') != std::string_view::npos;
  if (!strl.text.binary && (nul || !strl.closed))
    findings.error(at, what + ": expected one NUL, at the end of the text");
  if (strl.text.bytes.size() > kMostStrlBytes)
    findings.error(at, what + " has more than 2000000000 bytes");
}

void check_references(const ParsedImage& parsed, std::int64_t variable,
                      const StrlIndex& index, Findings& findings) {
  const ReleaseWidths& widths = parsed.layout.widths;
  const StoredCells cells = cells_of(parsed, variable);
  StrlCursor cursor;
  for (std::int64_t row = 0; row < cells.count; ++row) {
    const std::byte* cell = cells.first + row * cells.stride;
    const std::uint64_t key = strl_key(widths, cells.byte_order, cell);
    const std::uint64_t own = static_cast<std::uint64_t>(row + 1)
                                  << (8 * widths.strl_variable) |
                              static_cast<std::uint64_t>(variable + 1);
    if (key == 0) continue;
    const std::string what =
        "data: " +
        place(parsed.schema.variables[static_cast<std::size_t>(variable)].name, row);
    if (!index.find(key, cursor))
      findings.error(cell - parsed.image.data(), what + ": refers to no strL");
    else if (key > own)
      findings.error(cell - parsed.image.data(), what + ": refers to a later cell");
  }
}

}  // namespace

void check_strls(const ParsedImage& parsed, Findings& findings) {
  StrlWalk walk(parsed);
  std::uint64_t variable = 0, observation = 0;
  while (!walk.done()) {
    const std::int64_t at = walk.offset();
    const Strl strl = walk.next();
    check_strl(parsed, strl, at, findings);
    if (strl.observation < observation ||
        (strl.observation == observation && strl.variable <= variable))
      findings.error(at, "strLs: (" + std::to_string(strl.variable) + ", " +
                             std::to_string(strl.observation) +
                             ") is not behind the one before it");
    variable = strl.variable;
    observation = strl.observation;
  }
  const auto index = StrlIndex::make(parsed, {});
  for (std::size_t i = 0; i < parsed.schema.variables.size(); ++i)
    if (parsed.schema.variables[i].type == kStrl)
      check_references(parsed, static_cast<std::int64_t>(i), *index, findings);
}

}  // namespace stata_pydata::dta
