// How one row of cells becomes a row of another layout: planned once per change of shape,
// run over all rows in place. See Dataset::relayout.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "data/storage.h"
#include "data/strl_heap.h"

namespace adohost {

struct Variable;

/// Fills `row` with the missing values (or empty texts) of the variables.
void missing_row(const std::vector<Variable>& variables, std::byte* row);

class RowPlan {
 public:
  /// The i-th variable of `to` takes its cells from from[source[i]], or is missing where
  /// that is -1.
  RowPlan(const std::vector<Variable>& from, std::size_t from_width,
          const std::vector<Variable>& to, std::size_t to_width,
          const std::vector<int>& source);

  /// Turns `rows` rows at `cells` into the new layout, in place.
  /// REQUIRES: room for the wider of both layouts.
  void run(std::byte* cells, std::int64_t rows, StrlHeap* strl) const;

 private:
  struct Step {
    std::size_t from, to;  // offsets in a row
    VarType from_type, to_type;
    std::size_t bytes;  // copied as they are; 0 where the value is converted
  };
  void plan(const Variable& from, const Variable& to);
  void row(const std::byte* from, std::byte* to, StrlHeap* strl) const;

  std::size_t from_width_, to_width_;
  bool adds_ = false;               // some variable is new
  std::vector<std::byte> missing_;  // a row of the new layout, all missing
  std::vector<Step> steps_;
};

}  // namespace adohost
