#include "dta/text_source.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "stata_pydata/dta_format.h"

namespace stata_pydata::dta {
namespace {

std::int64_t earlier(std::int64_t a, std::int64_t b) noexcept {
  if (a < 0 || b < 0) return std::max(a, b);
  return std::min(a, b);
}

bool contains_nul(TextSlice text) noexcept {
  return text.size > 0 &&
         std::memchr(text.data, 0, static_cast<std::size_t>(text.size)) != nullptr;
}

/// False only where no element can contain a NUL: texts that lie end to end are searched
/// at once.
bool may_contain_nul(const TextChunk& chunk, std::int64_t first,
                     std::int64_t count) noexcept {
  if (chunk.form == TextForm::cells && !chunk.dictionary) return false;
  if (chunk.dictionary || chunk.form > TextForm::offsets64) return true;
  const bool narrow = chunk.form == TextForm::offsets32;
  const auto bounds = [&](std::int64_t i) {
    return narrow ? text_by_offsets<std::int32_t>(chunk, i)
                  : text_by_offsets<std::int64_t>(chunk, i);
  };
  const TextSlice front = bounds(first), back = bounds(first + count - 1);
  if (front.size < 0 || back.size < 0 || back.data < front.data) return true;
  return contains_nul({front.data, back.data + back.size - front.data});
}

}  // namespace

void TextFacts::merge(const TextFacts& other) noexcept {
  longest = std::max(longest, other.longest);
  malformed_row = earlier(malformed_row, other.malformed_row);
  nul_row = earlier(nul_row, other.nul_row);
  huge_row = earlier(huge_row, other.huge_row);
}

TextFacts TextSource::facts(std::int64_t begin, std::int64_t end) const noexcept {
  const std::int64_t most = kMostStrlBytes - (binary_ ? 0 : 1);
  TextFacts facts;
  for_pieces(chunks_, starts_, begin, end,
             [&](const TextChunk& chunk, std::int64_t first, std::int64_t count,
                 std::int64_t row) {
               const bool look = !binary_ && may_contain_nul(chunk, first, count);
               for_chunk_texts(chunk, first, count, binary_,
                               [&](std::int64_t i, const FoundText& text) {
                                 facts.longest = std::max(facts.longest, text.size);
                                 if (text.size < 0)
                                   facts.malformed_row =
                                       earlier(facts.malformed_row, row + i);
                                 if (text.size > most)
                                   facts.huge_row = earlier(facts.huge_row, row + i);
                                 if (look && !text.binary && contains_nul(text))
                                   facts.nul_row = earlier(facts.nul_row, row + i);
                               });
             });
  return facts;
}

FoundText TextSource::text(std::int64_t row) const noexcept {
  FoundText found;
  for_texts(row, row + 1, [&](std::int64_t, const FoundText& text) {
    if (text.size > 0) found = text;
  });
  return found;
}

void TextSource::write(std::int64_t begin, std::int64_t end, std::int64_t width,
                       std::byte* first, std::int64_t stride) const noexcept {
  constexpr std::size_t most = 256;
  std::array<TextSlice, most> texts;
  std::size_t count = 0;
  const auto flush = [&] {
    const auto some = static_cast<std::int64_t>(count);
    write_texts_(texts.data(), some, width, {first, stride});
    first += some * stride;
    count = 0;
  };
  for_texts(begin, end, [&](std::int64_t, TextSlice text) {
    texts[count] = text;
    if (++count == most) flush();
  });
  flush();
}

}  // namespace stata_pydata::dta
