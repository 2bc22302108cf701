// The cells of a variable where they lie in an image. Borrowed.
#pragma once

#include <cstddef>
#include <cstdint>

#include "stata_pydata/dta_format.h"

namespace stata_pydata::dta {

/// Cell i is at first + i * stride, unaligned.
struct StoredCells {
  VariableType type;
  const std::byte* first = nullptr;
  std::int64_t stride = 0;
  std::int64_t count = 0;
  ByteOrder byte_order = ByteOrder::little;
};

}  // namespace stata_pydata::dta
