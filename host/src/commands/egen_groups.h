// The groups that egen works within: those of the `by` prefix or of by(varlist), in any
// order of the data.
#pragma once

#include <cstdint>
#include <vector>

#include "expr/sample.h"
#include "lang/session.h"

namespace adohost {

using Group = std::vector<std::int64_t>;  // observations, ascending

/// The observations of the sample with equal values of `variables`, in ascending order of
/// these; without variables, the runs of `by` or all as one group.
std::vector<Group> groups_of(const Session& session, const Sample& sample,
                             const std::vector<int>& variables);
/// Whether any of `variables` is missing (or "") there.
bool any_missing(const Session& session, const std::vector<int>& variables,
                 std::int64_t obs);

}  // namespace adohost
