// Where an image goes: a file, through pwrite, or memory, in place. Threads may write
// different bytes at once.
#pragma once

#include <cstddef>
#include <cstdint>

namespace stata_pydata::dta {

class ImageTarget {
 public:
  static ImageTarget file(int fd) noexcept { return {fd, nullptr}; }
  static ImageTarget memory(std::byte* image) noexcept { return {-1, image}; }

  /// The bytes at `offset` of the image in memory; null for a file.
  std::byte* at(std::int64_t offset) const noexcept {
    return memory_ ? memory_ + offset : nullptr;
  }
  /// Puts bytes at `offset`. Throws memory where the file system is full, system.
  void write(std::int64_t offset, const void* bytes, std::int64_t size) const;

 private:
  ImageTarget(int fd, std::byte* image) noexcept : fd_(fd), memory_(image) {}

  int fd_;
  std::byte* memory_;
};

}  // namespace stata_pydata::dta
