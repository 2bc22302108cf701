// The memory that holds the cells of a data set: one anonymous mapping that grows by at
// least doubling and is moved by page tables, not by copying. Move-only; one thread.
#pragma once

#include <cstddef>
#include <utility>

namespace adohost {

class CellMemory {
 public:
  CellMemory() = default;
  ~CellMemory() { release(); }
  CellMemory(CellMemory&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)),
        capacity_(std::exchange(other.capacity_, 0)) {}
  CellMemory& operator=(CellMemory&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(capacity_, other.capacity_);
    return *this;
  }

  std::byte* data() { return data_; }
  const std::byte* data() const { return data_; }

  /// Makes room for `bytes`; what is there stays. Throws 909 where the system has not as
  /// much memory, and nothing has changed then.
  void reserve(std::size_t bytes);
  /// Gives back what `bytes` do not need, if that is most of it.
  void trim(std::size_t bytes) noexcept;
  void release() noexcept;

 private:
  std::byte* data_ = nullptr;
  std::size_t capacity_ = 0;
};

}  // namespace adohost
