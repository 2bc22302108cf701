// A column of numbers or times as the planner and the record writer see it: rows in,
// ranges, values and cells out. Borrows the column. Const use is thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "stata_pydata/input_column.h"
#include "stata_pydata/kernels.h"

namespace stata_pydata::dta {

/// A number of a column: floating columns and times fill `real`, others `integer`.
struct Number {
  bool is_real = false;
  double real = 0;
  std::int64_t integer = 0;  // a uint64 beyond int64 counts as int64's greatest
};

class NumberSource {
 public:
  /// REQUIRES: any column but one of texts.
  NumberSource(const InputColumn& column, const KernelTable& kernels);

  /// Type of the elements; float64 for times and stored cells.
  ElementType type() const noexcept;
  /// Whether range and values are in `real`.
  bool is_real() const noexcept { return is_floating(type()); }
  /// Whether the column counts whole units of time.
  bool counts_whole_units() const noexcept { return ticks_ && ticks_->whole; }
  /// The cells that the column copies; null for another column.
  const StoredCells* stored() const noexcept { return stored_; }

  /// The range of the numbers present in rows [begin, end).
  NumberRange range(std::int64_t begin, std::int64_t end) const noexcept;

  /// Writes rows [begin, end) as cells of a numeric type.
  void write(std::int64_t begin, std::int64_t end, Storage storage,
             Cells to) const noexcept;

  /// Whether the numbers in rows [begin, end) that are there and within double's range
  /// stay the same in `storage`.
  bool exact(std::int64_t begin, std::int64_t end, Storage storage) const noexcept;

  /// The first row in [begin, end) whose number is there and satisfies `bad`; -1 if none.
  std::int64_t find(std::int64_t begin, std::int64_t end,
                    const std::function<bool(const Number&)>& bad) const;
  /// The number in a row. REQUIRES: it is there.
  Number number(std::int64_t row) const;
  /// Its digits, of an integer, uint64 included.
  std::string integer_text(std::int64_t row) const;

 private:
  /// Elements of the column's type that lie in memory, with a bit for each missing one.
  struct Piece {
    Elements elements;
    std::int64_t count;
    const std::uint64_t* missing;  // null: none
  };
  struct Buffers;

  /// Calls use(piece, row) for the pieces that make up rows [begin, end).
  template <typename Use>
  void for_elements(std::int64_t begin, std::int64_t end, const Use& use) const;
  template <typename Use>
  void for_chunk(const Chunk& chunk, std::int64_t first, std::int64_t count,
                 Buffers& buffers, const Use& use) const;
  template <typename Use>
  void for_made(const MadeChunk& chunk, std::int64_t first, std::int64_t count,
                Buffers& buffers, const Use& use) const;
  template <typename Use>
  void for_stored(std::int64_t begin, std::int64_t end, Buffers& buffers,
                  const Use& use) const;
  Piece timed(const Piece& ticks, Buffers& buffers) const noexcept;

  const std::vector<Chunk>* chunks_ = nullptr;
  const std::vector<MadeChunk>* made_ = nullptr;
  const StoredCells* stored_ = nullptr;
  std::vector<std::int64_t> starts_;  // of the chunks
  ElementType element_ = ElementType::float64;
  const Ticks* ticks_ = nullptr;
  const KernelTable& kernels_;
};

}  // namespace stata_pydata::dta
