// Where an image goes: a file, through pwrite, or memory, in place. Threads may write
// different bytes at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace stata_pydata::dta {

/// Scratch memory that threads take and give back, so that its pages are touched once.
class ScratchPool {
 public:
  using Scratch = std::unique_ptr<std::byte[]>;

  explicit ScratchPool(std::int64_t bytes) : bytes_(static_cast<std::size_t>(bytes)) {}
  Scratch take();
  void give_back(Scratch scratch);

 private:
  const std::size_t bytes_;
  std::mutex mutex_;
  std::vector<Scratch> free_;
};

class ImageTarget {
 public:
  static ImageTarget file(int fd) noexcept { return {fd, nullptr}; }
  static ImageTarget memory(std::byte* image) noexcept { return {-1, image}; }

  /// Puts bytes at `offset`. Throws memory where the file system is full, system.
  void write(std::int64_t offset, const void* bytes, std::int64_t size) const;

  /// Has `make` write `size` bytes to memory that becomes, or is, the image at `offset`.
  /// `scratch` has pieces of that size or more. Throws as write().
  void fill(std::int64_t offset, std::int64_t size, ScratchPool& scratch,
            const std::function<void(std::byte*)>& make) const;

 private:
  ImageTarget(int fd, std::byte* image) noexcept : fd_(fd), memory_(image) {}

  int fd_;
  std::byte* memory_;
};

}  // namespace stata_pydata::dta
