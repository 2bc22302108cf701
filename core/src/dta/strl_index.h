// Finds strLs by what a cell says of them. Made in one pass over their section, which
// borrows the image. Where they lie in order, as they do in genuine files, the index
// notes one of some dozens and takes a hundredth of the section's size; else each. Const
// use is thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "dta/strl_walk.h"

namespace stata_pydata::dta {

/// Where the last strL was found: keys that ascend are found at once from there.
struct StrlCursor {
  std::uint64_t key = 0;
  std::int64_t offset = -1;
};

class StrlIndex {
 public:
  /// Nothing when `stop` gave up. Throws damaged.
  static std::optional<StrlIndex> make(const ParsedImage& parsed,
                                       const std::function<bool()>& stop);

  /// The text with this key, which is not 0; nothing where none has it. Throws damaged
  /// where the bytes have changed since.
  std::optional<StoredText> find(std::uint64_t key, StrlCursor& cursor) const;

 private:
  struct Entry {
    std::uint64_t key;
    std::int64_t offset;
  };

  explicit StrlIndex(const ParsedImage& parsed) noexcept : parsed_(&parsed) {}
  bool note_some(const std::function<bool()>& stop);
  bool note_all(const std::function<bool()>& stop);
  std::int64_t start_of(std::uint64_t key) const noexcept;

  const ParsedImage* parsed_;
  bool in_order_ = true;
  std::vector<Entry> entries_;  // by key
};

}  // namespace stata_pydata::dta
