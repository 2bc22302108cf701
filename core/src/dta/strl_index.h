// Finds strLs by what a cell says of them. Made in one pass over their section, which
// borrows the image. Const use is thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "dta/parsed_image.h"
#include "stata_pydata/image_reader.h"

namespace stata_pydata::dta {

struct Strl {
  std::uint64_t variable, observation;  // of the cell that owns it, from 1
  StoredText text;
  bool closed = true;  // a text: a NUL ends it
};

/// A walk through the strLs of a tagged image, at the first of them.
ImageBytes strls_of(const ParsedImage& parsed);
/// The strL here. Throws damaged.
Strl read_strl(ImageBytes& in, const ReleaseWidths& widths);

/// v and o of a strL cell in one number that orders as the section does: o, then v. 0 is
/// the key of "".
std::uint64_t strl_key(const ReleaseWidths& widths, ByteOrder order,
                       const std::byte* cell) noexcept;

class StrlIndex {
 public:
  /// Nothing when `stop` gave up. Throws damaged.
  static std::optional<StrlIndex> make(const ParsedImage& parsed,
                                       const std::function<bool()>& stop);

  /// The text with this key; nothing where none has it. `hint` is carried from one call
  /// to the next: keys that ascend are found at once. Throws damaged where the bytes have
  /// changed since.
  std::optional<StoredText> find(std::uint64_t key, std::size_t& hint) const;

 private:
  struct Entry {
    std::uint64_t key;
    std::int64_t offset;
  };

  explicit StrlIndex(const ParsedImage& parsed) noexcept : parsed_(&parsed) {}

  const ParsedImage* parsed_;
  std::vector<Entry> entries_;  // by key
};

}  // namespace stata_pydata::dta
