// Some rows of variables whose types are settled: what fills an image in place and what
// appends to one have in common.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "dta/plan_parts.h"

namespace stata_pydata::dta {

/// A plan of columns for variables of these types, every value of which fits. Nothing
/// when `stop` gave up. Throws as plan_image() with TypeRule::declared.
std::optional<PlanParts> plan_batch(const Schema& schema,
                                    std::vector<InputVariable> columns,
                                    const WriteOptions& options);

/// Rows of every column of the plan.
std::int64_t rows_of(const PlanParts& plan);

}  // namespace stata_pydata::dta
