#include "dta/text_access.h"

namespace stata_pydata::dta {
namespace {

std::int64_t integer_at(const std::byte* at, ElementType type) noexcept {
  switch (type) {
    case ElementType::int8:
      return load_unaligned<std::int8_t>(at);
    case ElementType::int16:
      return load_unaligned<std::int16_t>(at);
    case ElementType::int32:
      return load_unaligned<std::int32_t>(at);
    case ElementType::uint8:
      return load_unaligned<std::uint8_t>(at);
    case ElementType::uint16:
      return load_unaligned<std::uint16_t>(at);
    case ElementType::uint32:
      return load_unaligned<std::uint32_t>(at);
    case ElementType::int64:
    case ElementType::uint64:
      return load_unaligned<std::int64_t>(at);
    default:
      return -1;
  }
}

}  // namespace

TextSlice text_by_view(const TextChunk& chunk, std::int64_t index) noexcept {
  constexpr std::int64_t view_bytes = 16, inlined = 12;
  const std::byte* view = chunk.values + index * view_bytes;
  const std::int64_t size = load_unaligned<std::int32_t>(view);
  if (size < 0) return kBadSlice;
  if (size <= inlined) return {reinterpret_cast<const char*>(view + 4), size};
  const auto buffer = load_unaligned<std::int32_t>(view + 8);
  const auto offset = load_unaligned<std::int32_t>(view + 12);
  if (buffer < 0 || buffer >= chunk.view_buffer_count || offset < 0) return kBadSlice;
  return {chunk.view_buffers[buffer] + offset, size};
}

TextSlice text_by_field(const TextChunk& chunk, std::int64_t index,
                        bool binary) noexcept {
  const char* field = reinterpret_cast<const char*>(chunk.values + index * chunk.stride);
  std::int64_t size = chunk.width;
  while (!binary && size > 0 && field[size - 1] == '\0') --size;
  return {field, size};
}

TextSlice text_by_cell(const TextChunk& chunk, std::int64_t index) noexcept {
  const auto* cell = reinterpret_cast<const char*>(chunk.values + index * chunk.stride);
  const void* nul = std::memchr(cell, 0, static_cast<std::size_t>(chunk.width));
  return {cell, nul ? static_cast<const char*>(nul) - cell : chunk.width};
}

std::int64_t run_of(const TextChunk& chunk, std::int64_t index,
                    std::int64_t run) noexcept {
  const std::int64_t width = chunk.run_type == ElementType::int16   ? 2
                             : chunk.run_type == ElementType::int32 ? 4
                                                                    : 8;
  const auto ends_before = [&](std::int64_t at) {
    return integer_at(chunk.run_ends + at * width, chunk.run_type) <=
           chunk.run_offset + index;
  };
  // Mostly the run before or the next one; else halves of what is left.
  for (int tries = 0; tries < 4 && run < chunk.run_count; ++tries, ++run)
    if (!ends_before(run)) return run;
  std::int64_t end = chunk.run_count;
  while (run < end) {
    const std::int64_t middle = run + (end - run) / 2;
    if (ends_before(middle))
      run = middle + 1;
    else
      end = middle;
  }
  return run;
}

TextSlice text_by_run(const TextChunk& chunk, std::int64_t run, bool binary) noexcept {
  if (run >= chunk.run_count || run >= chunk.dictionary->count) return kBadSlice;
  return text_of(*chunk.dictionary, run, binary);
}

TextSlice text_by_code(const TextChunk& chunk, std::int64_t index, bool binary) noexcept {
  const std::int64_t code =
      integer_at(chunk.codes + index * chunk.code_stride, chunk.code_type);
  if (code < 0 || code >= chunk.dictionary->count) return kBadSlice;
  return text_of(*chunk.dictionary, code, binary);
}

FoundText text_of(const TextChunk& chunk, std::int64_t index, bool binary) noexcept {
  FoundText found;
  for_chunk_texts(chunk, index, 1, binary,
                  [&](std::int64_t, const FoundText& text) { found = text; });
  return found;
}

}  // namespace stata_pydata::dta
