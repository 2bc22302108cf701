// What a WritePlan consists of, and its cells by rows.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "dta/number_source.h"
#include "dta/strl_owners.h"
#include "dta/text_source.h"
#include "stata_pydata/image_writer.h"

namespace stata_pydata::dta {

/// A variable without a source is filled in later: missing, or "".
using CellSource = std::variant<std::monostate, NumberSource, TextSource>;

struct PlanParts {
  Schema schema;
  ImageLayout layout;
  std::vector<InputVariable> inputs;  // what the sources borrow from
  std::vector<CellSource> sources;    // one per variable

  std::vector<StrlVariable> strl_variables;  // in the order of the variables
  std::optional<StrlOwners> owners;          // where equal strLs are shared
  std::int64_t block_rows = 1;               // rows that are written in one go
  /// Where each block's strLs begin within their section; the last element is its size.
  std::vector<std::int64_t> strl_starts;
};

/// Writes the cells of one variable in rows [begin, end).
void write_cells(const PlanParts& plan, std::size_t variable, std::int64_t begin,
                 std::int64_t end, Cells to) noexcept;

/// Writes rows [begin, end) end to end, variable by variable.
void write_rows(const PlanParts& plan, std::int64_t begin, std::int64_t end,
                std::byte* rows) noexcept;

/// The cell that owns the text of a strL cell that has one.
CellPlace owner_of(const PlanParts& plan, const StrlVariable& variable, std::int64_t row,
                   const FoundText& text) noexcept;

}  // namespace stata_pydata::dta
