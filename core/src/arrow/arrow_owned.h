// Arrow structs that are released once, by their owner.
#pragma once

#include <utility>

#include "stata_pydata/arrow_c.h"

namespace stata_pydata::dta {

/// Takes over a struct of the C interfaces: the source is marked released, as moving one
/// requires.
template <typename Struct>
class UniqueArrow {
 public:
  UniqueArrow() noexcept = default;
  explicit UniqueArrow(Struct* source) noexcept
      : value_(std::exchange(*source, Struct{})) {}
  UniqueArrow(UniqueArrow&& other) noexcept
      : value_(std::exchange(other.value_, Struct{})) {}
  UniqueArrow& operator=(UniqueArrow&& other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }
  ~UniqueArrow() {
    if (value_.release) value_.release(&value_);
  }

  Struct* get() noexcept { return &value_; }
  const Struct* operator->() const noexcept { return &value_; }
  const Struct& operator*() const noexcept { return value_; }
  bool released() const noexcept { return value_.release == nullptr; }

 private:
  Struct value_{};
};

}  // namespace stata_pydata::dta
