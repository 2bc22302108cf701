#include "commands/merge_pairs.h"

#include <algorithm>

namespace adohost {

MergePairs pair_by_number(std::int64_t master, std::int64_t other) {
  MergePairs pairs(std::max(master, other));
  for (std::int64_t i = 0; i < master; ++i) pairs[i].master = i;
  for (std::int64_t i = 0; i < other; ++i) pairs[i].other = i;
  return pairs;
}

int compare_keys(const Dataset& master, std::int64_t i, const Dataset& other,
                 std::int64_t j, const std::vector<std::pair<int, int>>& keys) {
  for (const auto& [theirs, ours] : keys) {
    if (master.variable(ours).type.is_numeric()) {
      const double a = master.number(ours, i), b = other.number(theirs, j);
      if (a != b) return a < b ? -1 : 1;
    } else {
      const int order = master.text(ours, i).compare(other.text(theirs, j));
      if (order != 0) return order;
    }
  }
  return 0;
}

namespace {

/// Where the run of observations ends that have the keys of the first.
std::int64_t end_of_group(const Dataset& data,
                          const std::vector<std::pair<int, int>>& keys,
                          std::int64_t first) {
  std::int64_t end = first + 1;
  while (end < data.nobs() && compare_keys(data, first, data, end, keys) == 0) ++end;
  return end;
}

std::vector<std::pair<int, int>> own_keys(const std::vector<std::pair<int, int>>& keys,
                                          bool of_master) {
  std::vector<std::pair<int, int>> own;
  for (const auto& [theirs, ours] : keys) {
    own.emplace_back(of_master ? ours : theirs, of_master ? ours : theirs);
  }
  return own;
}

}  // namespace

MergePairs pair_by_keys(const Dataset& master, const Dataset& other,
                        const std::vector<std::pair<int, int>>& keys) {
  const auto master_keys = own_keys(keys, true), other_keys = own_keys(keys, false);
  MergePairs pairs(master.nobs());
  for (std::int64_t i = 0; i < master.nobs(); ++i) pairs[i].master = i;
  std::int64_t i = 0, j = 0;
  while (i < master.nobs() || j < other.nobs()) {
    const int order = i == master.nobs()  ? 1
                      : j == other.nobs() ? -1
                                          : compare_keys(master, i, other, j, keys);
    if (order < 0) {
      i = end_of_group(master, master_keys, i);
    } else if (order > 0) {
      pairs.push_back({-1, j++});
    } else {
      const std::int64_t i_end = end_of_group(master, master_keys, i);
      const std::int64_t j_end = end_of_group(other, other_keys, j);
      for (std::int64_t k = i; k < i_end; ++k) {
        pairs[k].other = std::min(j + k - i, j_end - 1);
      }
      for (std::int64_t k = j + i_end - i; k < j_end; ++k)
        pairs.push_back({i_end - 1, k});
      i = i_end;
      j = j_end;
    }
  }
  return pairs;
}

}  // namespace adohost
