// Reading selected rows of a parsed image.
#pragma once

#include <cstdint>
#include <span>

#include "dta/parsed_image.h"
#include "dta/strl_index.h"
#include "stata_pydata/image_reader.h"
#include "stata_pydata/parallel.h"

namespace stata_pydata::dta {

/// Throws range where the selection is not of `observations` rows; the indexes of a list
/// are left to row_of.
void check_selection(const RowSelection& rows, std::int64_t observations);
/// The row that is element `i` of a checked selection. Throws range for an index of a
/// list that is not there.
std::int64_t row_of(const RowSelection& rows, std::int64_t i, std::int64_t observations);

/// Elements [begin, end) of a checked selection.
RowSelection part_of(const RowSelection& rows, std::int64_t begin, std::int64_t end);

/// Maps the pages of elements [begin, end) of a checked selection, where they lie close
/// together.
void populate_rows(const ParsedImage& parsed, const RowSelection& rows,
                   std::int64_t begin, std::int64_t end);

/// The variable. Throws invalid where it is not there.
const Variable& variable_at(const ParsedImage& parsed, std::int64_t variable);
StoredCells cells_of(const ParsedImage& parsed, std::int64_t variable);

inline const KernelTable& kernels_of(const ReadOptions& options) noexcept {
  return options.kernels ? *options.kernels : default_kernels();
}

bool gather_numbers(const ParsedImage& parsed, std::span<const NumberRequest> requests,
                    const RowSelection& rows, const ReadOptions& options);

bool find_missing(const ParsedImage& parsed, std::int64_t variable,
                  const RowSelection& rows, const ReadOptions& options);

NumberLimits find_limits(const ParsedImage& parsed, std::int64_t variable,
                         const RowSelection& rows, const ReadOptions& options);

/// The texts of a str# variable or, with the index, of a strL.
class TextReader {
 public:
  /// Throws invalid for a variable that is not there or has no texts.
  TextReader(const ParsedImage& parsed, std::int64_t variable, const StrlIndex* strls);

  const std::string& name() const noexcept { return variable_.name; }
  /// The first row of a checked selection.
  std::int64_t row(const RowSelection& rows) const {
    return row_of(rows, 0, cells_.count);
  }

  /// `cursor` as in StrlIndex::find. Throws damaged. REQUIRES: the row is there.
  StoredText text(std::int64_t row, StrlCursor& cursor) const;

  /// The sizes of elements [begin, end) of a checked selection.
  void sizes(const RowSelection& rows, std::int64_t begin, std::int64_t end,
             const ReadOptions& options, std::int64_t* sizes) const;
  /// Copies elements [begin, end) of a checked selection to where their offsets say.
  void copy(const RowSelection& rows, std::int64_t begin, std::int64_t end,
            const ReadOptions& options, const std::int64_t* offsets, char* bytes) const;
  bool find(const RowSelection& rows, StoredText* texts,
            const ReadOptions& options) const;

 private:
  /// Whether the selected cells hold their texts and lie at equal distances.
  bool lie_in_step(const RowSelection& rows) const noexcept {
    return !rows.indexes && variable_.type.storage == Storage::str;
  }
  /// Cells of a range of rows from element `i` on.
  Elements cells_from(const RowSelection& rows, std::int64_t i) const;
  bool measure(const RowSelection& rows, std::int64_t begin, std::int64_t end,
               const ReadOptions& options, std::int64_t* sizes) const;
  std::int64_t size_of(const StoredText& text, const ReadOptions& options) const;
  bool copies_cells(const RowSelection& rows, std::int64_t begin, std::int64_t end,
                    const ReadOptions& options, const std::int64_t* offsets) const;
  StoredText strl(const std::byte* cell, std::int64_t row, StrlCursor& cursor) const;

  const ParsedImage& parsed_;
  const Variable& variable_;
  StoredCells cells_;
  const StrlIndex* strls_;
  bool stored_utf8_;
};

/// Texts are read by blocks of so many rows.
inline constexpr std::int64_t kTextBlockRows = 4096;

/// Calls use(begin, end) for blocks of the elements of a checked selection, on threads.
/// False when `stop` gave up.
template <typename Use>
bool for_text_blocks(const RowSelection& rows, const ReadOptions& options,
                     const Use& use) {
  return rows.count == 0 ||
         for_row_blocks(rows.count, kTextBlockRows,
                        choose_threads(options.threads, rows.count), use, options.stop);
}

/// ImageReader::text_offsets and read_texts; a reader for each request.
bool measure_texts(const ParsedImage& parsed, std::span<const TextReader> readers,
                   std::span<const TextRequest> requests, const RowSelection& rows,
                   const ReadOptions& options);
bool copy_texts(const ParsedImage& parsed, std::span<const TextReader> readers,
                std::span<const TextRequest> requests, const RowSelection& rows,
                const ReadOptions& options);
/// ImageReader::read_views.
bool write_views(const ParsedImage& parsed, std::span<const TextReader> readers,
                 std::span<const ViewRequest> requests, const RowSelection& rows,
                 const ReadOptions& options);

}  // namespace stata_pydata::dta
