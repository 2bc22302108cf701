// What a column of an Arrow type becomes in Stata, from the type's format string.
#pragma once

#include <cstdint>
#include <string>

#include "stata_pydata/arrow_c.h"
#include "stata_pydata/input_column.h"

namespace stata_pydata::dta {

struct ArrowType {
  enum class Kind : std::uint8_t { nothing, number, time, decimal, text };

  Kind kind = Kind::nothing;
  ElementType element = ElementType::int8;  // numbers and times
  Ticks ticks;                              // times
  std::string stata_format;                 // "": the default of the storage type
  bool binary = false;                      // texts
  TextForm form = TextForm::offsets32;      // texts
  std::int64_t bytes = 0;                   // of an element; 0: bits, or of any length
  int scale = 0;                            // decimals: digits behind the point
};

/// The type of a plain array, neither dictionary nor run-end encoded. Throws type, naming
/// column and type, where it has no meaning in Stata.
ArrowType arrow_type(const std::string& column, const char* format);

}  // namespace stata_pydata::dta
