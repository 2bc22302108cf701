// One look at every column of a table before anything is settled: all of them in one run
// of the threads, column after column.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "dta/plan_parts.h"

namespace stata_pydata::dta {

/// What the values of a column are like.
struct ColumnFacts {
  NumberRange numbers = NumberRange::none();
  TextFacts texts;
};

/// Facts of every source. A column of stored cells that keeps its type has none: nothing
/// about it is looked at. Nothing when `stop` gave up.
std::optional<std::vector<ColumnFacts>> scan_columns(const PlanParts& plan,
                                                     std::int64_t rows, int threads,
                                                     const std::function<bool()>& stop);

/// Whether the cells of a stored column are copied as they are.
bool keeps_cells(const PlanParts& plan, std::size_t variable) noexcept;

}  // namespace stata_pydata::dta
