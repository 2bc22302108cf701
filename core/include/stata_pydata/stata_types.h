// Stata's numeric storage types: their valid ranges and missing values, in 113 and later
// releases (docs/types.md; Stata's [D] data types). Written once; nothing else repeats
// them.
#pragma once

#include <cstdint>

namespace stata_pydata {

inline constexpr std::int64_t kByteMin = -127, kByteMax = 100;
inline constexpr std::int64_t kIntMin = -32767, kIntMax = 32740;
inline constexpr std::int64_t kLongMin = -2147483647, kLongMax = 2147483620;
// The ranges of float and double are not symmetric: the largest number of each stands
// below missing, the smallest is the smallest that IEEE has.
inline constexpr float kFloatMin = -0x1.fffffep126f, kFloatMax = 0x1.fffffep126f;
inline constexpr double kDoubleMin = -0x1.fffffffffffffp1023;
inline constexpr double kDoubleMax = 0x1.fffffffffffffp1022;

/// Missing `.` of a double; .a to .z follow at kDoubleMissing * (1 + k/4096), k = 1..26.
inline constexpr double kDoubleMissing = 0x1p1023;

/// The largest magnitude below which every integer is a double: 2^53.
inline constexpr std::int64_t kExactInteger = std::int64_t{1} << 53;

/// Most observations that the plugin interface can number (a 32-bit int).
inline constexpr std::int64_t kMaxPluginObservations = 2147483647;

/// Longest name of a variable, in characters and in bytes of UTF-8.
inline constexpr int kMaxNameCharacters = 32, kMaxNameBytes = 128;

}  // namespace stata_pydata
