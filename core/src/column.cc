#include "stata_pydata/column.h"

namespace stata_pydata {

bool is_floating(ElementType type) noexcept {
  return type == ElementType::float16 || type == ElementType::float32 ||
         type == ElementType::float64;
}

bool Mask::missing(std::int64_t index) const noexcept {
  switch (kind) {
    case Kind::none:
      return false;
    case Kind::bytes:
      return data[index * stride] != std::byte{0};
    case Kind::valid_bits: {
      const std::int64_t bit = offset + index;
      return ((data[bit >> 3] >> (bit & 7)) & std::byte{1}) == std::byte{0};
    }
  }
  return false;
}

std::int64_t Column::count() const noexcept {
  std::int64_t total = 0;
  for (const Chunk& chunk : chunks) total += chunk.count;
  return total;
}

}  // namespace stata_pydata
