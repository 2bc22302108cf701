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

/// Adjacent variables that are written together: cells of one width that are turned from
/// columns to rows at once, or one variable alone.
struct VariableGroup {
  std::size_t first = 0, count = 1;
};

struct PlanParts {
  Schema schema;
  ImageLayout layout;
  std::vector<InputVariable> inputs;  // what the sources borrow from
  std::vector<CellSource> sources;    // one per variable

  std::vector<VariableGroup> groups;  // of all variables, in their order
  const KernelTable* kernels = nullptr;

  std::vector<StrlVariable> strl_variables;  // in the order of the variables
  std::optional<StrlOwners> owners;          // where equal strLs are shared
  std::int64_t block_rows = 1;               // rows that are written in one go
  std::int64_t first_row = 0;                // of the columns, in the image
  /// Where each block's strLs begin within their section; the last element is its size.
  std::vector<std::int64_t> strl_starts;
};

/// Writes the cells of one variable in rows [begin, end).
void write_cells(const PlanParts& plan, std::size_t variable, std::int64_t begin,
                 std::int64_t end, Cells to) noexcept;

/// The groups of variables of these types; `sources` that are filled in later stand
/// alone.
std::vector<VariableGroup> groups_of(const std::vector<Variable>& variables,
                                     const std::vector<CellSource>& sources);

/// Writes rows [begin, end) end to end, group by group.
void write_rows(const PlanParts& plan, std::int64_t begin, std::int64_t end,
                std::byte* rows) noexcept;

/// The cell that owns the text of a strL cell that has one; rows count in the image.
CellPlace owner_of(const PlanParts& plan, const StrlVariable& variable, std::int64_t row,
                   const FoundText& text) noexcept;

}  // namespace stata_pydata::dta
