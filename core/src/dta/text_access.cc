#include "dta/text_access.h"

#include <cstring>

namespace stata_pydata::dta {
namespace {

constexpr TextSlice kBad{nullptr, kBadText};

template <typename T>
T load(const void* at) noexcept {
  T value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

template <typename Offset>
TextSlice by_offsets(const TextChunk& chunk, std::int64_t index) noexcept {
  const std::byte* at = chunk.values + index * std::int64_t{sizeof(Offset)};
  const std::int64_t begin = load<Offset>(at);
  const std::int64_t end = load<Offset>(at + sizeof(Offset));
  if (begin < 0 || end < begin) return kBad;
  return {chunk.bytes + begin, end - begin};
}

TextSlice by_view(const TextChunk& chunk, std::int64_t index) noexcept {
  constexpr std::int64_t view_bytes = 16, inlined = 12;
  const std::byte* view = chunk.values + index * view_bytes;
  const std::int64_t size = load<std::int32_t>(view);
  if (size < 0) return kBad;
  if (size <= inlined) return {reinterpret_cast<const char*>(view + 4), size};
  const auto buffer = load<std::int32_t>(view + 8);
  const auto offset = load<std::int32_t>(view + 12);
  if (buffer < 0 || buffer >= chunk.view_buffer_count || offset < 0) return kBad;
  return {chunk.view_buffers[buffer] + offset, size};
}

TextSlice by_field(const TextChunk& chunk, std::int64_t index, bool binary) noexcept {
  const char* field = reinterpret_cast<const char*>(chunk.values + index * chunk.stride);
  std::int64_t size = chunk.width;
  while (!binary && size > 0 && field[size - 1] == '\0') --size;
  return {field, size};
}

std::int64_t code_at(const TextChunk& chunk, std::int64_t index) noexcept {
  const std::byte* at = chunk.codes + index * chunk.code_stride;
  switch (chunk.code_type) {
    case ElementType::int8:
      return load<std::int8_t>(at);
    case ElementType::int16:
      return load<std::int16_t>(at);
    case ElementType::int32:
      return load<std::int32_t>(at);
    case ElementType::uint8:
      return load<std::uint8_t>(at);
    case ElementType::uint16:
      return load<std::uint16_t>(at);
    case ElementType::uint32:
      return load<std::uint32_t>(at);
    case ElementType::int64:
    case ElementType::uint64:
      return load<std::int64_t>(at);
    default:
      return -1;
  }
}

}  // namespace

TextSlice text_of(const TextChunk& chunk, std::int64_t index, bool binary) noexcept {
  if (chunk.mask.kind != Mask::Kind::none && chunk.mask.missing(index)) return {};
  if (chunk.dictionary) {
    const std::int64_t code = code_at(chunk, index);
    if (code < 0 || code >= chunk.dictionary->count) return kBad;
    return text_of(*chunk.dictionary, code, binary);
  }
  switch (chunk.form) {
    case TextForm::offsets32:
      return by_offsets<std::int32_t>(chunk, index);
    case TextForm::offsets64:
      return by_offsets<std::int64_t>(chunk, index);
    case TextForm::views:
      return by_view(chunk, index);
    case TextForm::slices:
      return load<TextSlice>(chunk.values + index * std::int64_t{sizeof(TextSlice)});
    case TextForm::fixed:
      return by_field(chunk, index, binary);
  }
  return kBad;
}

}  // namespace stata_pydata::dta
