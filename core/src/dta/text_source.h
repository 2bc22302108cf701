// A column of texts as the planner and the record writer see it. Borrows the column.
// Const use is thread-safe.
#pragma once

#include <cstdint>
#include <vector>

#include "dta/chunks.h"
#include "dta/text_access.h"
#include "stata_pydata/input_column.h"
#include "stata_pydata/kernels.h"

namespace stata_pydata::dta {

/// What a look at rows of texts found. Rows are the first of their kind, -1 if none.
struct TextFacts {
  std::int64_t longest = 0;         // bytes
  std::int64_t malformed_row = -1;  // a code, offset or view that makes no sense
  std::int64_t nul_row = -1;        // a text with a NUL; of no account for binaries
  std::int64_t huge_row = -1;       // longer than a strL can be

  void merge(const TextFacts& other) noexcept;
};

class TextSource {
 public:
  TextSource(const TextColumn& column, const KernelTable& kernels)
      : chunks_(column.chunks),
        starts_(chunk_starts(chunks_)),
        binary_(column.binary),
        write_texts_(kernels.write_texts) {}

  bool binary() const noexcept { return binary_; }

  TextFacts facts(std::int64_t begin, std::int64_t end) const noexcept;

  /// The text in a row; no bytes where it is missing or malformed.
  FoundText text(std::int64_t row) const noexcept;

  /// Writes rows [begin, end) as str# cells of `width` bytes, padded with NULs.
  void write(std::int64_t begin, std::int64_t end, std::int64_t width, std::byte* first,
             std::int64_t stride) const noexcept;

  /// Calls use(row, text), text being a FoundText, for rows [begin, end).
  template <typename Use>
  void for_texts(std::int64_t begin, std::int64_t end, const Use& use) const {
    for_pieces(chunks_, starts_, begin, end,
               [&](const TextChunk& chunk, std::int64_t first, std::int64_t count,
                   std::int64_t row) {
                 for_chunk_texts(
                     chunk, first, count, binary_,
                     [&](std::int64_t i, const FoundText& text) { use(row + i, text); });
               });
  }

 private:
  const std::vector<TextChunk>& chunks_;
  std::vector<std::int64_t> starts_;
  bool binary_;
  WriteTexts write_texts_;
};

}  // namespace stata_pydata::dta
