// The columns that an image is made of, borrowed from the caller: numbers (column.h), the
// cells of another image, and texts in the forms that frames keep them in, plain or
// dictionary-encoded, in one chunk or several. Who makes a column keeps its memory alive
// and unchanged from planning to the end of writing; pointers are trusted, codes and
// lengths of texts are checked.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <ranges>
#include <span>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "stata_pydata/column.h"
#include "stata_pydata/stored_cells.h"

namespace stata_pydata::dta {

/// A text anywhere in memory; a null pointer is a missing text.
struct TextSlice {
  const char* data = nullptr;
  std::int64_t size = 0;

  TextSlice() = default;
  constexpr TextSlice(const char* bytes, std::int64_t count) noexcept
      : data(bytes), size(count) {}
  constexpr TextSlice(std::string_view text) noexcept
      : data(text.data()), size(static_cast<std::int64_t>(text.size())) {}
};

/// A text that has been looked up: whether it is binary too.
struct FoundText : TextSlice {
  bool binary = false;
};

/// Finds texts when they are read, where they can't be listed. Thread-safe.
class TextMaker {
 public:
  virtual ~TextMaker() = default;
  /// Writes texts [first, first + count), with a size less than 0 where one can't be
  /// found. Their bytes stay where they are as long as the maker does.
  virtual void find(std::int64_t first, std::int64_t count,
                    FoundText* texts) const noexcept = 0;
};

/// How the elements of a text chunk tell where their bytes are.
enum class TextForm : std::uint8_t {
  offsets32,  // element i: `bytes` + [offset i, offset i + 1), Arrow's utf8 and binary
  offsets64,  // the same with 64-bit offsets
  views,      // Arrow's views of 16 bytes, long ones into `view_buffers`
  slices,     // TextSlice
  fixed,      // fields of `width` bytes; of a text, NULs at the end are padding
  cells,      // str# cells of `width` bytes: what follows the first NUL is junk
  made,       // elements `maker_first` and on of `maker`
};

struct TextChunk {
  TextForm form = TextForm::offsets32;
  std::int64_t count = 0;
  const std::byte* values = nullptr;  // the first element's offset, view, slice or field
  std::int64_t stride = 0;            // between fields or cells, may be negative
  std::int64_t width = 0;             // of fields and cells
  const char* bytes = nullptr;        // offsets only
  const char* const* view_buffers = nullptr;  // views only
  std::int64_t view_buffer_count = 0;
  std::shared_ptr<const TextMaker> maker;  // made only
  std::int64_t maker_first = 0;
  Mask mask;

  // Dictionary-encoded: element i is element number codes[i] of `dictionary`, whose form
  // is any of those above; of the fields above only count and mask count then.
  const TextChunk* dictionary = nullptr;
  ElementType code_type = ElementType::int32;
  const std::byte* codes = nullptr;
  std::int64_t code_stride = 0;

  // Run-end encoded: element i is element number r of `dictionary`, r being the first of
  // `run_count` runs whose end lies beyond run_offset + i. Ends lie end to end.
  const std::byte* run_ends = nullptr;
  ElementType run_type = ElementType::int32;
  std::int64_t run_count = 0, run_offset = 0;
};

/// Texts hold no NUL and become str# or strL. Binaries hold any bytes and become strL; a
/// maker says of each of its texts which it is.
struct TextColumn {
  bool binary = false;
  std::vector<TextChunk> chunks;

  std::int64_t count() const noexcept;
};

/// Integers that count time: Stata's number is ticks * per_tick / per_unit + add, rounded
/// down to a whole number of units where `whole` (stored as long where it fits), with its
/// fraction kept otherwise (stored as double). The least int64 is a missing time, NumPy's
/// NaT.
struct Ticks {
  std::int64_t per_tick = 1;
  std::int64_t per_unit = 1;  // one of the two is 1
  std::int64_t add = 0;
  bool whole = false;
};
inline constexpr std::int64_t kDaysFrom1960To1970 = 3653;
inline constexpr std::int64_t kMillisecondsFrom1960To1970 = 315'619'200'000;

struct TimeColumn {
  Column column;  // int32 or int64
  Ticks ticks;
};

/// Makes elements of a column when they are read, a few at a time: what lies encoded in
/// memory need not be expanded as a whole. Thread-safe.
class ElementMaker {
 public:
  static constexpr std::int64_t kMost = 512;
  virtual ~ElementMaker() = default;

  /// Writes elements [first, first + count), at most kMost, end to end, and sets a bit of
  /// `missing` (least significant first) for each that is missing; the words of `missing`
  /// are zero before. Returns whether any is. A missing element may hold anything.
  virtual bool make(std::int64_t first, std::int64_t count, std::byte* elements,
                    std::uint64_t* missing) const noexcept = 0;
};

/// Elements [first, first + count) of a maker.
struct MadeChunk {
  std::shared_ptr<const ElementMaker> maker;
  std::int64_t first = 0, count = 0;
};

struct MadeColumn {
  ElementType type = ElementType::float64;  // any but bitmap; with ticks int32 or int64
  std::optional<Ticks> ticks;
  std::vector<MadeChunk> chunks;
};

/// The numbers of a variable of another image. Where the storage type stays they are
/// copied as they are, whatever bits they have.
using StoredColumn = StoredCells;

using InputColumn =
    std::variant<Column, TextColumn, TimeColumn, MadeColumn, StoredColumn>;

std::int64_t rows_of(const InputColumn& column) noexcept;

/// The element type of a C++ number.
template <typename T>
  requires std::is_arithmetic_v<T>
constexpr ElementType element_type() noexcept {
  if (std::is_same_v<T, bool>) return ElementType::boolean;
  if (std::is_floating_point_v<T>)
    return sizeof(T) == 4 ? ElementType::float32 : ElementType::float64;
  constexpr ElementType with_sign[] = {ElementType::int8, ElementType::int16,
                                       ElementType::int32, ElementType::int64};
  constexpr ElementType without[] = {ElementType::uint8, ElementType::uint16,
                                     ElementType::uint32, ElementType::uint64};
  return (std::is_signed_v<T> ? with_sign : without)[std::bit_width(sizeof(T)) - 1];
}

/// A column of the numbers of a vector, array or span, which it borrows.
template <std::ranges::contiguous_range Values>
  requires std::is_arithmetic_v<std::ranges::range_value_t<Values>>
Column column_of(const Values& values) {
  using Value = std::ranges::range_value_t<Values>;
  static_assert(!std::is_same_v<Value, long double>);
  Chunk chunk;
  chunk.values = reinterpret_cast<const std::byte*>(std::ranges::data(values));
  chunk.stride = sizeof(Value);
  chunk.count = static_cast<std::int64_t>(std::ranges::size(values));
  return {"", element_type<Value>(), {chunk}};
}
/// A column of texts.
TextColumn column_of(std::span<const TextSlice> texts);

}  // namespace stata_pydata::dta
