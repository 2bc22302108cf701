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
#include <limits>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "stata_pydata/dataset_schema.h"
#include "stata_pydata/image_layout.h"
#include "stata_pydata/kernels.h"
#include "stata_pydata/stored_cells.h"

namespace stata_pydata::dta {

/// The rows to read: a range with a step, or a list of indexes (which it borrows).
struct RowSelection {
  std::int64_t begin = 0, count = 0, step = 1;
  const std::int64_t* indexes = nullptr;  // `count` of them; begin and step don't count
};

/// Where numbers go: element i at values + i * stride.
struct NumberDestination {
  NumberForm form = NumberForm::float64;
  std::byte* values = nullptr;
  std::int64_t stride = 0;
  /// One byte per element: 0 for a value, 1 + the number of the missing value otherwise;
  /// or null. Missing elements are 0 in an integer form, tagged NaNs in a float form.
  std::uint8_t* missing = nullptr;
  /// Arrow's validity bitmap from its first bit, whole bytes (spare bits become 0), or
  /// null.
  std::uint8_t* validity = nullptr;
};

/// A variable to read and where its numbers go.
struct NumberRequest {
  std::int64_t variable = 0;
  NumberDestination to;
};

struct ReadOptions {
  int threads = 0;                       // 0: the project's default
  const KernelTable* kernels = nullptr;  // null: the best of this processor
  /// Texts as UTF-8, whatever the release (text_encoding.h); binary ones stay.
  bool utf8 = false;
  /// The image is a mapping whose pages may not be there yet: they are mapped by the
  /// block, which costs less than a fault for each.
  bool populate = false;
  std::function<bool()> stop = {};  // true gives up
};

/// Of some numbers; of none the least is the greater one.
struct NumberLimits {
  double least = std::numeric_limits<double>::infinity();
  double greatest = -std::numeric_limits<double>::infinity();
};

/// The bytes of a strL or str# cell, in the image.
struct StoredText {
  std::string_view bytes;  // without the closing NUL
  bool binary = false;
};

/// Where the texts of a variable go: see ImageReader::text_offsets and read_texts.
struct TextRequest {
  std::int64_t variable = 0;
  std::int64_t* offsets = nullptr;
  char* bytes = nullptr;  // for read_texts only
};

/// Memory that texts are copied to, for views to point into. Thread-safe.
class TextRoom {
 public:
  struct Place {
    char* at = nullptr;
    std::int32_t buffer = 0;  // its number
    std::int32_t offset = 0;  // of `at` in it
  };

  virtual ~TextRoom() = default;
  /// At least `bytes` bytes in one buffer; they stay where they are. Throws memory.
  /// REQUIRES: at most most_bytes().
  virtual Place take(std::int64_t bytes) = 0;
  /// What one buffer can hold: offsets of views have 32 bits.
  virtual std::int64_t most_bytes() const { return INT32_MAX; }
};

/// Bytes of a view of Arrow, and of a text that it holds in itself.
inline constexpr std::int64_t kViewBytes = 16, kInlineBytes = 12;

/// Where the views of a variable go: see ImageReader::read_views.
struct ViewRequest {
  std::int64_t variable = 0;
  std::byte* views = nullptr;
  TextRoom* room = nullptr;
};

class ImageReader {
 public:
  /// Throws damaged, or invalid where the bytes are no .dta image or of a release that is
  /// not read. Tolerates what genuine files do: a map with wrong entries (the value
  /// labels' counts alone), bytes behind the image, junk behind a NUL, invalid UTF-8,
  /// label sets that are empty, in any order or not there, strLs in any order.
  explicit ImageReader(std::span<const std::byte> image);
  ImageReader(ImageReader&&) noexcept;
  ImageReader& operator=(ImageReader&&) noexcept;
  ~ImageReader();

  const Schema& schema() const noexcept;
  std::int64_t observations() const noexcept;
  /// Where the sections are in fact, whatever the map says.
  const ImageLayout& layout() const noexcept;

  /// The stored cells of a variable; none of an alias. Numbers can serve as they are, as
  /// a strided view, where the byte order is the machine's and any_missing() is false.
  StoredCells cells(std::int64_t variable) const;

  /// Whether any of the selected numbers of a variable is missing. True where `stop` gave
  /// up. Throws as read_numbers.
  bool any_missing(std::int64_t variable, const RowSelection& rows,
                   const ReadOptions& options = {}) const;

  /// The least and the greatest of the selected numbers of a variable. Everything where
  /// `stop` gave up. Throws as read_numbers.
  NumberLimits limits(std::int64_t variable, const RowSelection& rows,
                      const ReadOptions& options = {}) const;

  /// Writes the selected numbers of some variables, block of rows by block of rows: one
  /// pass over the rows whatever the number of variables. False when `stop` gave up.
  /// Throws range for a row that is not there, invalid for a variable that is not there
  /// or has no numbers and where the form can't hold the storage type.
  bool read_numbers(std::span<const NumberRequest> requests, const RowSelection& rows,
                    const ReadOptions& options = {}) const;

  /// Writes count + 1 offsets (Arrow's large_utf8): where each selected text of a str# or
  /// strL variable begins when they lie end to end without NULs; the last is the bytes of
  /// all. False when `stop` gave up. Throws range and invalid as read_numbers, damaged
  /// for a strL that is not there.
  bool text_offsets(std::int64_t variable, const RowSelection& rows,
                    std::int64_t* offsets, const ReadOptions& options = {}) const;
  /// Writes the texts to the offsets that text_offsets() left. Of a text that has changed
  /// since come as many bytes as it had, whatever they are. False when `stop` gave up.
  /// Throws as it does.
  bool read_texts(std::int64_t variable, const RowSelection& rows,
                  const std::int64_t* offsets, char* bytes,
                  const ReadOptions& options = {}) const;
  /// The same for some variables, block of rows by block of rows: one pass over the rows
  /// each, whatever the number of variables.
  bool text_offsets(std::span<const TextRequest> requests, const RowSelection& rows,
                    const ReadOptions& options = {}) const;
  bool read_texts(std::span<const TextRequest> requests, const RowSelection& rows,
                  const ReadOptions& options = {}) const;
  /// Writes the selected texts of some variables as Arrow's views, in one pass over the
  /// rows: short texts into the views, long ones to the request's room. False when `stop`
  /// gave up. Throws as text_offsets, range for a text that no buffer of the room can
  /// hold, and what the room throws.
  bool read_views(std::span<const ViewRequest> requests, const RowSelection& rows,
                  const ReadOptions& options = {}) const;
  /// The selected texts of a str# or strL variable where they lie in the image. False
  /// when `stop` gave up. Throws as text_offsets.
  bool find_texts(std::int64_t variable, const RowSelection& rows, StoredText* texts,
                  const ReadOptions& options = {}) const;
  /// One text of a str# or strL variable. Throws as text_offsets.
  StoredText text(std::int64_t variable, std::int64_t row) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace stata_pydata::dta
