// A walk through the strLs of a tagged image, one after the other. Borrows the image;
// reads nothing that is not inside the section.
#pragma once

#include <cstddef>
#include <cstdint>

#include "dta/parsed_image.h"
#include "stata_pydata/image_reader.h"

namespace stata_pydata::dta {

struct Strl {
  std::uint64_t variable = 0, observation = 0;  // of the cell that owns it, from 1
  StoredText text;
  bool closed = true;  // a text: a NUL ends it
};

class StrlWalk {
 public:
  /// At the first strL.
  explicit StrlWalk(const ParsedImage& parsed) noexcept;

  bool done() const noexcept { return at_ >= end_; }
  /// Where the next strL begins in the image.
  std::int64_t offset() const noexcept { return at_; }
  /// REQUIRES: an offset that offset() has returned for this image.
  void go_to(std::int64_t offset) noexcept { at_ = offset; }
  /// The strL here; goes behind it. Throws damaged.
  Strl next();

 private:
  std::uint64_t number(std::int64_t at, int bytes) const noexcept;
  [[noreturn]] void fail() const;

  const ParsedImage* parsed_;
  const std::byte* image_;
  std::int64_t at_, end_;
  bool little_;
  int observation_bytes_;
};

/// v and o of a strL cell in one number that orders as the section does: o, then v. 0 is
/// the key of "".
std::uint64_t strl_key(const ReleaseWidths& widths, ByteOrder order,
                       const std::byte* cell) noexcept;
/// The same of the cell that owns a strL; 0 where v or o have no room in a cell, so that
/// none can refer to it.
std::uint64_t owner_key(const ReleaseWidths& widths, const Strl& strl) noexcept;

}  // namespace stata_pydata::dta
