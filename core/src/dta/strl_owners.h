// Which cell owns a text that several strL cells share: the first in row-major order.
// Filled by one thread in that order, then read by any.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "dta/text_source.h"
#include "stata_pydata/image_writer.h"

namespace stata_pydata::dta {

/// A strL variable: its index and its texts.
struct StrlVariable {
  std::int32_t index;
  const TextSource* source;
};

/// A cell, counted from 0.
struct CellPlace {
  std::int32_t variable = -1;
  std::int64_t row = -1;

  bool operator==(const CellPlace&) const = default;
};

class StrlOwners {
 public:
  /// `variables` must outlive this and be in the order of their indexes.
  StrlOwners(std::span<const StrlVariable> variables, StrlSharing sharing);

  /// The owner of the text, which becomes `place` where it is new.
  CellPlace add(const FoundText& text, CellPlace place);
  /// The owner of a text that was added.
  CellPlace find(const FoundText& text) const noexcept;

 private:
  struct Slot {
    std::uint64_t hash = 0;
    CellPlace place;
  };

  /// The slot that holds the text, or the free one where it belongs.
  std::size_t slot_of(std::uint64_t hash, const FoundText& text) const noexcept;
  std::uint64_t hash_of(const FoundText& text) const noexcept;
  bool same(CellPlace place, const FoundText& text) const noexcept;
  void grow();

  std::span<const StrlVariable> variables_;
  bool by_address_;
  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

}  // namespace stata_pydata::dta
