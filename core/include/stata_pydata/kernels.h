// The inner loops of the codec: one table of function pointers per instruction set. The
// scalar table is the definition; every other gives the same bytes, NaN payloads and
// missing values included. Kernels see pointers, counts and strides; they allocate
// nothing, throw nothing and may run on any thread. No pointer need be aligned.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

#include "stata_pydata/column.h"
#include "stata_pydata/dta_format.h"
#include "stata_pydata/input_column.h"

namespace stata_pydata::dta {

inline constexpr int kElementTypes = 13, kNumericStorages = 5, kNumberForms = 6;

/// What a number is read as, in the caller's memory.
enum class NumberForm : std::uint8_t { int8, int16, int32, int64, float32, float64 };

/// Elements of a column, or cells: element i is at values + i * stride, or bit offset +
/// i.
struct Elements {
  const std::byte* values;
  std::int64_t stride;
  std::int64_t offset;  // bitmap only
};

/// Where cells or numbers go: number i to first + i * stride.
struct Cells {
  std::byte* first;
  std::int64_t stride;
};

/// The range of a column over elements that are not missing (NaN or masked). A zero may
/// have either sign.
struct NumberRange {
  // Of floating-point elements; +inf and -inf where none is present.
  double low, high;
  // Of integers; the extremes of int64 the wrong way round where none is present. A
  // uint64 beyond int64 counts as int64's greatest.
  std::int64_t low_integer, high_integer;

  /// The range of nothing.
  static constexpr NumberRange none() noexcept {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    using Integer = std::numeric_limits<std::int64_t>;
    return {infinity, -infinity, Integer::max(), Integer::min()};
  }
  void merge(const NumberRange& other) noexcept {
    low = other.low < low ? other.low : low;
    high = other.high > high ? other.high : high;
    low_integer = other.low_integer < low_integer ? other.low_integer : low_integer;
    high_integer = other.high_integer > high_integer ? other.high_integer : high_integer;
  }
};

/// Writes `count` elements as little-endian cells of the storage type. A number that the
/// type can't hold becomes `.` (the plan has excluded those that matter); a NaN becomes
/// the missing value that its tag names; a fraction is cut off in an integer type and
/// rounded in a float.
using WriteNumbers = void (*)(Elements from, Cells to, std::int64_t count) noexcept;

/// The range of `count` elements; `skip` has a bit for every element to leave out (least
/// significant first), or is null.
using ScanNumbers = NumberRange (*)(Elements from, std::int64_t count,
                                    const std::uint64_t* skip) noexcept;

/// Writes `count` little-endian cells of a storage type as numbers, and a byte for each
/// to `missing` unless it is null: 0 for a value, 1 + the number of the missing value. A
/// missing value becomes 0 in an integer form, a tagged NaN in a float form; a NaN and
/// what lies between two missing values count as `.`.
using ReadNumbers = void (*)(Elements from, Cells to, std::uint8_t* missing,
                             std::int64_t count) noexcept;
/// [byte, int, long, float, double][form]; null where the form can't hold the type.
using ReadTable = std::array<std::array<ReadNumbers, kNumberForms>, kNumericStorages>;

/// Writes `count` texts as str# cells of `width` bytes: cut there, NULs behind shorter
/// ones. A text whose size is not positive has no bytes.
using WriteTexts = void (*)(const TextSlice* texts, std::int64_t count,
                            std::int64_t width, Cells to) noexcept;

/// What the bytes of some texts are, each text by itself.
enum class TextBytes : std::uint8_t { ascii, utf8, other };

/// Bytes before the first NUL of each of `count` str# cells of `width` bytes. Returns
/// what those bytes are: UTF-8 (well-formed, text_encoding.h) where not all is ASCII.
using MeasureTexts = TextBytes (*)(Elements cells, std::int64_t count, std::int64_t width,
                                   std::int64_t* sizes) noexcept;

/// Copies the first offsets[i + 1] - offsets[i] bytes of cell i to bytes + offsets[i].
using CopyTexts = void (*)(Elements cells, std::int64_t count,
                           const std::int64_t* offsets, char* bytes) noexcept;

/// Columns of packed cells of one width: cell i of column k is at
/// first + k * pitch + i * width.
struct CellColumns {
  std::byte* first;
  std::int64_t pitch;
  std::int64_t count;
};

/// Writes `rows` rows of adjacent cells: row i, at to.first + i * to.stride, holds cell i
/// of each column. For narrow cells alone: of wide ones as many are stored in a loop.
using Interleave = void (*)(const CellColumns& columns, std::int64_t rows,
                            Cells to) noexcept;
/// The reverse, of cells of one byte: wider ones are read as fast one by one.
using Deinterleave = void (*)(Elements from, std::int64_t rows,
                              const CellColumns& columns) noexcept;

struct KernelTable {
  std::string_view name;
  /// [source type][byte, int, long, float, double]
  std::array<std::array<WriteNumbers, kNumericStorages>, kElementTypes> write_numbers;
  std::array<ScanNumbers, kElementTypes> scan_numbers;
  ReadTable read_numbers;
  std::array<Interleave, 2> interleave;  // [width - 1]
  Deinterleave deinterleave;
  WriteTexts write_texts;
  MeasureTexts measure_texts;
  CopyTexts copy_texts;
};

/// The tables that this processor can run, the scalar one first, the best one last.
std::span<const KernelTable* const> kernel_tables() noexcept;
/// The best of them, chosen once.
const KernelTable& default_kernels() noexcept;
/// The table with this name; null where this processor can't run it.
const KernelTable* find_kernels(std::string_view name) noexcept;

}  // namespace stata_pydata::dta
