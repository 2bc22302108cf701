// A column of numbers that lies in somebody else's memory: typed, strided, in one chunk
// or several, with missing values marked beside the values (NumPy, pandas and Arrow all
// fit). Borrowed: who makes a Column keeps the memory alive and unchanged while it is
// used, and answers for the pointers; nothing here checks them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace stata_pydata {

enum class ElementType {
  boolean,  // one byte, true unless zero
  bitmap,   // one bit, least significant first; Chunk::values points at the byte of bit 0
  int8,
  int16,
  int32,
  int64,
  uint8,
  uint16,
  uint32,
  uint64,
  float16,
  float32,
  float64,
};

bool is_floating(ElementType type) noexcept;

/// Which elements of a chunk are missing.
struct Mask {
  enum class Kind {
    none,        // no element
    bytes,       // where the byte is not zero
    valid_bits,  // where the bit is zero, least significant bit first
  };
  Kind kind = Kind::none;
  const std::byte* data = nullptr;
  std::int64_t stride = 1;  // bytes from one element's byte to the next; bytes only
  std::int64_t offset = 0;  // the bit of the first element; valid_bits only

  bool missing(std::int64_t index) const noexcept;
};

struct Chunk {
  const std::byte* values = nullptr;  // any alignment
  std::int64_t stride = 0;  // bytes from one element to the next, may be negative
  std::int64_t offset = 0;  // the bit of the first element; bitmap only
  std::int64_t count = 0;
  Mask mask;
};

struct Column {
  std::string name;
  ElementType type = ElementType::float64;
  std::vector<Chunk> chunks;

  std::int64_t count() const noexcept;
};

}  // namespace stata_pydata
