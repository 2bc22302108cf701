// Sums and products of sizes that stop at 2^63 instead of wrapping.
#pragma once

#include <cstdint>
#include <limits>

#include "stata_pydata/error.h"

namespace stata_pydata::dta {

class CheckedSize {
 public:
  constexpr CheckedSize(std::int64_t value) : value_(value) {}

  CheckedSize& operator+=(std::int64_t more) {
    if (more > std::numeric_limits<std::int64_t>::max() - value_) overflow();
    value_ += more;
    return *this;
  }
  CheckedSize operator*(std::int64_t times) const {
    if (times != 0 && value_ > std::numeric_limits<std::int64_t>::max() / times)
      overflow();
    return value_ * times;
  }
  std::int64_t value() const noexcept { return value_; }

 private:
  [[noreturn]] static void overflow() {
    throw Error(Fault::range, "the image would be larger than 2^63 bytes");
  }

  std::int64_t value_;  // never negative, like everything added or multiplied
};

}  // namespace stata_pydata::dta
