// The texts of a text chunk, whatever its form: one of them, or a run in a loop of its
// form's own.
#pragma once

#include <cstdint>
#include <cstring>

#include "stata_pydata/input_column.h"

namespace stata_pydata::dta {

/// What is answered for an element whose code, offsets or view make no sense.
inline constexpr std::int64_t kBadText = -1;
inline constexpr TextSlice kBadSlice{nullptr, kBadText};

template <typename T>
T load_unaligned(const void* at) noexcept {
  T value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

// Element `index` of a chunk of the form, whether it is masked or not.

template <typename Offset>
TextSlice text_by_offsets(const TextChunk& chunk, std::int64_t index) noexcept {
  const std::byte* at = chunk.values + index * std::int64_t{sizeof(Offset)};
  const std::int64_t begin = load_unaligned<Offset>(at);
  const std::int64_t end = load_unaligned<Offset>(at + sizeof(Offset));
  if (begin < 0 || end < begin) return kBadSlice;
  return {chunk.bytes + begin, end - begin};
}

TextSlice text_by_view(const TextChunk& chunk, std::int64_t index) noexcept;
/// `binary` keeps the NULs at the end of the field.
TextSlice text_by_field(const TextChunk& chunk, std::int64_t index, bool binary) noexcept;
TextSlice text_by_cell(const TextChunk& chunk, std::int64_t index) noexcept;
TextSlice text_by_code(const TextChunk& chunk, std::int64_t index, bool binary) noexcept;

/// The run that element `index` belongs to, not before `run`, which the element's run is
/// not before either.
std::int64_t run_of(const TextChunk& chunk, std::int64_t index,
                    std::int64_t run) noexcept;
/// The text of a run.
TextSlice text_by_run(const TextChunk& chunk, std::int64_t run, bool binary) noexcept;

inline TextSlice text_by_slice(const TextChunk& chunk, std::int64_t index) noexcept {
  return load_unaligned<TextSlice>(chunk.values +
                                   index * std::int64_t{sizeof(TextSlice)});
}

/// Calls use(i, text) for elements first + i of a chunk of the form `made`.
template <typename Use>
void for_made_texts(const TextChunk& chunk, std::int64_t first, std::int64_t count,
                    const Use& use) {
  constexpr std::int64_t most = 64;
  FoundText texts[most];
  for (std::int64_t begin = 0; begin < count; begin += most) {
    const std::int64_t some = count - begin < most ? count - begin : most;
    chunk.maker->find(chunk.maker_first + first + begin, some, texts);
    for (std::int64_t i = 0; i < some; ++i)
      use(begin + i, chunk.mask.missing(first + begin + i) ? FoundText{} : texts[i]);
  }
}

/// Calls use(i, text), text being a FoundText, for elements first + i, i in [0, count):
/// {null, 0} where one is missing, kBadSlice where it is malformed.
template <typename Use>
void for_chunk_texts(const TextChunk& chunk, std::int64_t first, std::int64_t count,
                     bool binary, const Use& use) {
  const auto loop = [&](const auto& text) {
    if (chunk.mask.kind == Mask::Kind::none)
      for (std::int64_t i = 0; i < count; ++i) use(i, FoundText{text(first + i), binary});
    else
      for (std::int64_t i = 0; i < count; ++i)
        use(i, FoundText{chunk.mask.missing(first + i) ? TextSlice{} : text(first + i),
                         binary});
  };
  if (chunk.run_ends) {
    std::int64_t run = 0;
    return loop([&](std::int64_t i) {
      run = run_of(chunk, i, run);
      return text_by_run(chunk, run, binary);
    });
  }
  if (chunk.dictionary)
    return loop([&](std::int64_t i) { return text_by_code(chunk, i, binary); });
  switch (chunk.form) {
    case TextForm::offsets32:
      return loop(
          [&](std::int64_t i) { return text_by_offsets<std::int32_t>(chunk, i); });
    case TextForm::offsets64:
      return loop(
          [&](std::int64_t i) { return text_by_offsets<std::int64_t>(chunk, i); });
    case TextForm::views:
      return loop([&](std::int64_t i) { return text_by_view(chunk, i); });
    case TextForm::slices:
      return loop([&](std::int64_t i) { return text_by_slice(chunk, i); });
    case TextForm::fixed:
      return loop([&](std::int64_t i) { return text_by_field(chunk, i, binary); });
    case TextForm::cells:
      return loop([&](std::int64_t i) { return text_by_cell(chunk, i); });
    case TextForm::made:
      return for_made_texts(chunk, first, count, use);
  }
}

/// Element `index` alone.
FoundText text_of(const TextChunk& chunk, std::int64_t index, bool binary) noexcept;

}  // namespace stata_pydata::dta
