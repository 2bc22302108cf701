// One variable's numbers into the caller's memory, some rows at a time.
#pragma once

#include "dta/row_reads.h"

namespace stata_pydata::dta {

/// Rows that are read at once, at most.
inline constexpr std::int64_t kMostPartRows = 2048;

struct NumberRead {
  StoredCells cells;
  ReadNumbers kernel;
  NumberDestination to;
};

/// Throws invalid as ImageReader::read_numbers.
NumberRead plan_read(const ParsedImage& parsed, const NumberRequest& request,
                     const KernelTable& kernels);

/// The little-endian cells of elements from `begin` on, where they lie in the image.
/// REQUIRES: rows that lie in step.
Elements cells_from(const StoredCells& cells, const RowSelection& rows,
                    std::int64_t begin) noexcept;

/// Reads elements [begin, end) of a checked selection, at most kMostPartRows; `begin` is
/// a multiple of 8 where a bitmap is asked for. Throws range for an index that is not
/// there.
void read_part(const NumberRead& read, const RowSelection& rows, std::int64_t begin,
               std::int64_t end);

/// The same of cells that lie somewhere else, little-endian.
void read_cells(const NumberRead& read, Elements from, std::int64_t begin,
                std::int64_t end);

}  // namespace stata_pydata::dta
