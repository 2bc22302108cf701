// A .dta image (113-115, 117-121, either byte order) as schema and columns. Opening costs
// the metadata alone. Every offset and length of the untrusted bytes is checked here,
// once, before it is used: a damaged or hostile image is an Error (damaged) that names
// the section, the offset and what was expected, never a read out of bounds, an
// allocation beyond what the image can justify, or a hang.
//
// An ImageReader borrows the bytes, which must stay mapped and should stay unchanged
// while it lives; another process that changes them can change what is read but not break
// these promises. Const use is thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "stata_pydata/dataset_schema.h"
#include "stata_pydata/image_layout.h"
#include "stata_pydata/kernels.h"

namespace stata_pydata::dta {

/// The stored cells of a variable, in place: cell i is at first + i * stride, unaligned.
struct StoredCells {
  VariableType type;
  const std::byte* first = nullptr;
  std::int64_t stride = 0;
  std::int64_t count = 0;
  ByteOrder byte_order = ByteOrder::little;
};

/// The rows to read: a range with a step, or a list of indexes (which it borrows).
struct RowSelection {
  std::int64_t begin = 0, count = 0, step = 1;
  const std::int64_t* indexes = nullptr;  // `count` of them; begin and step don't count
};

/// What a number is written as, in the caller's memory.
enum class NumberForm : std::uint8_t { int8, int16, int32, int64, float32, float64 };

/// Where numbers go: element i at values + i * stride.
struct NumberDestination {
  NumberForm form = NumberForm::float64;
  std::byte* values = nullptr;
  std::int64_t stride = 0;
  /// One byte per element: 0 for a value, 1 + the number of the missing value otherwise;
  /// or null. Missing elements are 0 in an integer form, tagged NaNs in a float form.
  std::uint8_t* missing = nullptr;
  /// Arrow's validity bitmap, whole bytes, or null.
  std::uint8_t* validity = nullptr;
};

struct ReadOptions {
  int threads = 0;                       // 0: the project's default
  const KernelTable* kernels = nullptr;  // null: the best of this processor
  std::function<bool()> stop;            // true gives up
};

/// The bytes of a strL or str# cell, in the image.
struct StoredText {
  std::string_view bytes;  // without the closing NUL
  bool binary = false;
};

class ImageReader {
 public:
  /// Throws damaged, or invalid where the bytes are no .dta image or of a release that is
  /// not read. Tolerates what genuine files do: see docs/dta-format.md.
  explicit ImageReader(std::span<const std::byte> image);
  ImageReader(ImageReader&&) noexcept;
  ImageReader& operator=(ImageReader&&) noexcept;
  ~ImageReader();

  const Schema& schema() const noexcept;
  std::int64_t observations() const noexcept;
  const ImageLayout& layout() const noexcept;

  /// The stored cells of a variable. REQUIRES: not an alias.
  StoredCells cells(std::int64_t variable) const;

  /// Writes the selected numbers of a variable. False when `stop` gave up. Throws range
  /// for a row that is not there, invalid where the form can't hold the storage type.
  bool read_numbers(std::int64_t variable, const RowSelection& rows,
                    const NumberDestination& to, const ReadOptions& options = {}) const;

  /// Bytes of the selected texts, without NULs, in all.
  std::int64_t text_bytes(std::int64_t variable, const RowSelection& rows,
                          const ReadOptions& options = {}) const;
  /// Writes the selected texts end to end into `bytes` (text_bytes() of them) and
  /// count + 1 offsets into `offsets` (Arrow's large_utf8). False when `stop` gave up.
  bool read_texts(std::int64_t variable, const RowSelection& rows, std::int64_t* offsets,
                  char* bytes, const ReadOptions& options = {}) const;
  /// One text of a str# or strL variable.
  StoredText text(std::int64_t variable, std::int64_t row) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace stata_pydata::dta
