#include "word_kernels.h"

#include <bit>
#include <cstring>
#include <limits>

#include "half.h"

namespace stata_pydata {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

struct Boolean {
  std::uint8_t byte;
};
template <typename Out, typename In>
Out converted(In value) {
  if constexpr (std::is_same_v<In, Boolean>)
    return static_cast<Out>(value.byte != 0);
  else if constexpr (std::is_same_v<In, Half>)
    return static_cast<Out>(to_float(value));
  else
    return static_cast<Out>(value);
}

template <typename T>
T load(const std::byte* at) {
  T value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

template <typename In, typename Out>
void convert(const std::byte* from, std::int64_t stride, std::int64_t count, Out* to) {
  if constexpr (std::is_same_v<In, Out>)
    if (stride == sizeof(In)) {
      std::memcpy(to, from, static_cast<std::size_t>(count) * sizeof(In));
      return;
    }
  if (stride == sizeof(In))  // the same loop, with a stride that the compiler knows
    for (std::int64_t i = 0; i < count; ++i)
      to[i] = converted<Out>(load<In>(from + i * std::int64_t{sizeof(In)}));
  else
    for (std::int64_t i = 0; i < count; ++i)
      to[i] = converted<Out>(load<In>(from + i * stride));
}

template <typename Out>
void convert_bits(const std::byte* bits, std::int64_t first, std::int64_t count,
                  Out* to) {
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t bit = first + i;
    to[i] = static_cast<Out>(std::to_integer<int>(bits[bit >> 3] >> (bit & 7)) & 1);
  }
}

template <typename Out>
void convert_any(const Chunk& chunk, ElementType type, std::int64_t begin,
                 std::int64_t count, Out* to) {
  const std::byte* from = chunk.values + begin * chunk.stride;
  const std::int64_t step = chunk.stride;
  switch (type) {
    case ElementType::boolean:
      return convert<Boolean>(from, step, count, to);
    case ElementType::bitmap:
      return convert_bits(chunk.values, chunk.offset + begin, count, to);
    case ElementType::int8:
      return convert<std::int8_t>(from, step, count, to);
    case ElementType::int16:
      return convert<std::int16_t>(from, step, count, to);
    case ElementType::int32:
      return convert<std::int32_t>(from, step, count, to);
    case ElementType::int64:
      return convert<std::int64_t>(from, step, count, to);
    case ElementType::uint8:
      return convert<std::uint8_t>(from, step, count, to);
    case ElementType::uint16:
      return convert<std::uint16_t>(from, step, count, to);
    case ElementType::uint32:
      return convert<std::uint32_t>(from, step, count, to);
    case ElementType::uint64:
      return convert<std::uint64_t>(from, step, count, to);
    case ElementType::float16:
      return convert<Half>(from, step, count, to);
    case ElementType::float32:
      return convert<float>(from, step, count, to);
    case ElementType::float64:
      return convert<double>(from, step, count, to);
  }
}

void patch_missing(const Mask& mask, std::int64_t begin, std::int64_t count, double* to) {
  if (mask.kind == Mask::Kind::none) return;
  if (mask.kind == Mask::Kind::bytes && mask.stride == 1) {
    const std::byte* bytes = mask.data + begin;
    for (std::int64_t i = 0; i < count; ++i)
      to[i] = bytes[i] != std::byte{0} ? kNaN : to[i];
    return;
  }
  for (std::int64_t i = 0; i < count; ++i)
    if (mask.missing(begin + i)) to[i] = kNaN;
}

template <typename T>
std::int64_t first_beyond_of(const Chunk& chunk, T low, T high, std::int64_t begin,
                             std::int64_t end) {
  for (std::int64_t i = begin; i < end; ++i) {
    const T value = load<T>(chunk.values + i * chunk.stride);
    if ((value < low || value > high) && !chunk.mask.missing(i)) return i;
  }
  return kNone;
}

}  // namespace

void convert_words(const Chunk& chunk, ElementType type, WordKind kind,
                   std::int64_t begin, std::int64_t end, std::byte* words) noexcept {
  const std::int64_t count = end - begin;
  if (kind == WordKind::integers)
    return convert_any(chunk, type, begin, count, reinterpret_cast<std::int64_t*>(words));
  double* to = reinterpret_cast<double*>(words);
  convert_any(chunk, type, begin, count, to);
  patch_missing(chunk.mask, begin, count, to);
}

bool any_missing(const Mask& mask, std::int64_t begin, std::int64_t end) noexcept {
  if (mask.kind == Mask::Kind::none) return false;
  if (mask.kind == Mask::Kind::bytes && mask.stride == 1) {
    std::byte any{0};
    for (std::int64_t i = begin; i < end; ++i) any |= mask.data[i];
    return any != std::byte{0};
  }
  for (std::int64_t i = begin; i < end; ++i)
    if (mask.missing(i)) return true;
  return false;
}

std::int64_t first_beyond(const Chunk& chunk, ElementType type, std::int64_t low,
                          std::int64_t high, std::int64_t begin,
                          std::int64_t end) noexcept {
  if (type == ElementType::int64)
    return first_beyond_of<std::int64_t>(chunk, low, high, begin, end);
  return first_beyond_of<std::uint64_t>(chunk, 0, static_cast<std::uint64_t>(high), begin,
                                        end);
}

}  // namespace stata_pydata
