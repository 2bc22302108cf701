// Memory of an Arrow array: aligned, with room for whole cache lines, in huge pages where
// it is large and the system has them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace stata_pydata::dta {

class ArrowBuffer {
 public:
  ArrowBuffer() = default;
  /// `bytes` bytes of any value. Throws memory.
  explicit ArrowBuffer(std::int64_t bytes);

  std::byte* data() const noexcept { return memory_.get(); }
  template <typename T>
  T* as() const noexcept {
    return reinterpret_cast<T*>(memory_.get());
  }

 private:
  struct Give {
    std::int64_t bytes;
    void operator()(std::byte* memory) const noexcept;
  };
  std::unique_ptr<std::byte, Give> memory_{nullptr, Give{0}};
};

}  // namespace stata_pydata::dta
