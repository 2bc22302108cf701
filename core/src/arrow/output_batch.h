// One record batch of an image.
#pragma once

#include "arrow/output_column.h"

namespace stata_pydata::dta {

/// Elements [begin, end) of the selection as a batch. Throws as export_arrow()'s
/// get_next.
UniqueArrow<ArrowArray> make_batch(const ImageReader& reader,
                                   const std::vector<OutputColumn>& columns,
                                   const RowSelection& rows, std::int64_t begin,
                                   std::int64_t end, const ArrowOutputOptions& options);

}  // namespace stata_pydata::dta
