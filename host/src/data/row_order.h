// Orders and groups of observations by the values of variables: what sort, by:, isid,
// duplicates and encode stand on.
#pragma once

#include <cstdint>
#include <vector>

#include "data/dataset.h"

namespace adohost {

struct SortKey {
  int variable = 0;
  bool descending = false;
  bool missing_first = false;  // only with descending: missing values come last otherwise
};

/// Keys for ascending order.
std::vector<SortKey> ascending(const std::vector<int>& variables);

/// The observations among `rows` in the order of the keys; those that tie keep their
/// order. Numbers come before `.`, that before .a, and so on; texts are ordered by their
/// bytes.
std::vector<std::int64_t> sorted_order(const Dataset& data,
                                       const std::vector<SortKey>& keys,
                                       std::vector<std::int64_t> rows);
/// All observations in order.
std::vector<std::int64_t> sorted_order(const Dataset& data,
                                       const std::vector<SortKey>& keys);

/// Whether two observations agree in all of `variables`.
bool same_values(const Dataset& data, const std::vector<int>& variables, std::int64_t a,
                 std::int64_t b);

/// Sorts the data by `variables`, ascending, and notes the order. Does nothing where the
/// data are known to be in that order.
void sort_data(Dataset& data, const std::vector<int>& variables);

}  // namespace adohost
