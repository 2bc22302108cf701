#include <cstring>

#include "dta/kernels/tables.h"
#include "stata_pydata/text_encoding.h"

namespace stata_pydata::dta {

void write_texts_scalar(const TextSlice* texts, std::int64_t count, std::int64_t width,
                        Cells to) noexcept {
  std::byte* cell = to.first;
  for (std::int64_t i = 0; i < count; ++i, cell += to.stride) {
    std::int64_t size = texts[i].size < width ? texts[i].size : width;
    if (size < 0) size = 0;
    if (size > 0) std::memcpy(cell, texts[i].data, static_cast<std::size_t>(size));
    std::memset(cell + size, 0, static_cast<std::size_t>(width - size));
  }
}

TextBytes measure_texts_scalar(Elements cells, std::int64_t count, std::int64_t width,
                               std::int64_t* sizes) noexcept {
  TextBytes bytes = TextBytes::ascii;
  const std::byte* cell = cells.values;
  for (std::int64_t i = 0; i < count; ++i, cell += cells.stride) {
    const void* nul = std::memchr(cell, 0, static_cast<std::size_t>(width));
    sizes[i] = nul ? static_cast<const std::byte*>(nul) - cell : width;
    const std::string_view text(reinterpret_cast<const char*>(cell),
                                static_cast<std::size_t>(sizes[i]));
    if (bytes == TextBytes::other || is_ascii(text)) continue;
    bytes = is_utf8(text) ? TextBytes::utf8 : TextBytes::other;
  }
  return bytes;
}

void copy_texts_scalar(Elements cells, std::int64_t count, const std::int64_t* offsets,
                       char* bytes) noexcept {
  const std::byte* cell = cells.values;
  for (std::int64_t i = 0; i < count; ++i, cell += cells.stride) {
    const auto size = static_cast<std::size_t>(offsets[i + 1] - offsets[i]);
    if (size > 0) std::memcpy(bytes + offsets[i], cell, size);
  }
}

}  // namespace stata_pydata::dta
