// Decimals of Arrow as doubles.
#pragma once

#include <cstddef>

namespace stata_pydata::dta {

/// The double nearest to the little-endian two's-complement number of `bytes` bytes (4,
/// 8, 16 or 32) at `at`, times 10 to the power of -`scale`.
double decimal_to_double(const std::byte* at, int bytes, int scale);

}  // namespace stata_pydata::dta
