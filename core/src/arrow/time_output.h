// Numbers of a variable in place as Arrow's days, microseconds or places in a dictionary.
#pragma once

#include "arrow/output_column.h"

namespace stata_pydata::dta {

struct TimeOutput {
  const ImageReader& reader;
  const OutputColumn& column;
  const RowSelection& rows;
  const std::uint8_t* validity;
  std::byte* values;  // int32 or float64, as column.read_form() says

  /// int32 days since 1970. Throws range for a number that is none.
  void to_days() const;
  /// int64 microseconds since 1970. Throws range for a number that is none.
  void to_microseconds() const;
  /// int32 places of labels. REQUIRES: every value has one.
  void to_places() const;

 private:
  template <typename Convert>
  void from_reals(const Convert& convert) const;
  template <typename Convert>
  void from_integers(const Convert& convert) const;
  [[noreturn]] void fail(std::int64_t element, double value, const char* what) const;
};

}  // namespace stata_pydata::dta
