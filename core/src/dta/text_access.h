// One text of a text chunk, whatever its form.
#pragma once

#include <cstdint>

#include "stata_pydata/input_column.h"

namespace stata_pydata::dta {

/// What text_of answers for an element whose code, offsets or view make no sense.
inline constexpr std::int64_t kBadText = -1;

/// Element `index` of the chunk, {null, 0} where it is missing, {null, kBadText} where it
/// is malformed. `binary` keeps the NULs at the end of a fixed field.
TextSlice text_of(const TextChunk& chunk, std::int64_t index, bool binary) noexcept;

}  // namespace stata_pydata::dta
