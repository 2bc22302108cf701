// Which cell owns each strL text of a file: the first, row by row, of those that share
// it.
#pragma once

#include <cstdint>
#include <vector>

#include "data/dataset.h"
#include "dta/release.h"

namespace adohost {

class StrlPlan {
 public:
  StrlPlan(const Dataset& data, const DtaRelease& release);

  bool empty() const { return variables_.empty(); }
  /// Bytes of all texts with what stands in front of each.
  std::uint64_t list_bytes() const { return list_bytes_; }
  /// Turns the strL cells of a row, which hold handles, into what the file holds.
  void rewrite_row(std::byte* row) const;

  struct Owned {
    StrlHeap::Handle handle;
    std::uint64_t obs;       // from 1
    std::uint32_t variable;  // from 1
  };
  const std::vector<Owned>& texts() const { return texts_; }

 private:
  const DtaRelease& release_;
  std::vector<std::size_t> variables_;  // offsets of the strL cells in a row
  std::vector<Owned> texts_;            // in the order of the file
  std::vector<std::size_t> owner_;      // by handle: place in texts_ from 1, or 0
  std::uint64_t list_bytes_ = 0;
};

/// What the length of a text says: a plain text counts its NUL.
std::uint64_t stored_length(const StrlHeap& heap, StrlHeap::Handle handle);

}  // namespace adohost
