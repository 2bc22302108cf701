// Which observation of the master data goes with which of the using data ([D] merge).
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "data/dataset.h"

namespace adohost {

/// The observations of the merged data in order: first all of the master data, then
/// those that are added. -1 stands for none.
struct MergePair {
  std::int64_t master = -1;
  std::int64_t other = -1;
};
using MergePairs = std::vector<MergePair>;

/// Observation by observation.
MergePairs pair_by_number(std::int64_t master, std::int64_t other);

/// By the values of key variables, given as pairs (using, master). Both data sets are
/// sorted by them. Within a group of equal keys the first goes with the first and so on;
/// the last of the shorter side is used again. The first partner of a master observation
/// stands in its place, further ones are added, as are those without a master.
MergePairs pair_by_keys(const Dataset& master, const Dataset& other,
                        const std::vector<std::pair<int, int>>& keys);

/// The order of one observation of each data set by the keys: negative, 0 or positive.
int compare_keys(const Dataset& master, std::int64_t i, const Dataset& other,
                 std::int64_t j, const std::vector<std::pair<int, int>>& keys);

}  // namespace adohost
