// Whether rows are sorted as a sort list claims.
#pragma once

#include <functional>

#include "dta/plan_parts.h"

namespace stata_pydata::dta {

/// How many leading keys of the schema's sort list the stored cells bear out, in Stata's
/// order: numbers by value, missing last, `.` before `.a`; texts by their bytes.
std::size_t keys_in_order(const PlanParts& plan, std::int64_t rows, int threads,
                          const std::function<bool()>& stop);

}  // namespace stata_pydata::dta
