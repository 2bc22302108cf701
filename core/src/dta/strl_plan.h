// The sizes of strLs, block by block, and the strLs of a block.
#pragma once

#include <functional>

#include "dta/image_stream.h"
#include "dta/plan_parts.h"

namespace stata_pydata::dta {

/// Lists the strL variables of a plan whose types and sources are settled.
void note_strl_variables(PlanParts& plan);

/// Fills in strl_starts, and owners where texts are shared. Returns false when `stop`
/// gave up.
bool plan_strls(PlanParts& plan, StrlSharing sharing, int threads,
                const std::function<bool()>& stop);

/// Writes the strLs that rows [begin, end) own, in the order of their cells.
void write_strls(const PlanParts& plan, std::int64_t begin, std::int64_t end,
                 ImageStream& out);

}  // namespace stata_pydata::dta
