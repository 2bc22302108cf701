// Copies cells from observations of one data set to those of another, converting types
// where they differ. Texts of strL that cells share are shared afterwards too.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "data/dataset.h"

namespace adohost {

class RowCopier {
 public:
  /// Pairs of variables, from and to; both numbers or both strings. The data sets must
  /// keep their shape while the copier is used, but for added observations.
  RowCopier(const Dataset& from, Dataset& to,
            const std::vector<std::pair<int, int>>& columns);

  void copy(std::int64_t from_obs, std::int64_t to_obs);
  /// One cell: that of the i-th pair.
  void copy_cell(std::size_t i, std::int64_t from_obs, std::int64_t to_obs);

 private:
  enum class Way { bytes, number, text, strl };
  struct Step {
    int from_variable, to_variable;
    std::size_t from, to;  // offsets in a row
    VarType from_type, to_type;
    Way way;
  };
  void run(const Step& step, std::int64_t from_obs, std::int64_t to_obs);
  StrlHeap::Handle shared_text(StrlHeap::Handle handle);

  const Dataset& from_;
  Dataset& to_;
  std::vector<Step> steps_;
  std::vector<StrlHeap::Handle> copied_;  // by handle of from_: that of to_, or 0
};

}  // namespace adohost
