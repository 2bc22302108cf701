#include "stata_pydata/input_column.h"

namespace stata_pydata::dta {

std::int64_t TextColumn::count() const noexcept {
  std::int64_t total = 0;
  for (const auto& chunk : chunks) total += chunk.count;
  return total;
}

TextColumn column_of(std::span<const TextSlice> texts) {
  TextChunk chunk;
  chunk.form = TextForm::slices;
  chunk.count = static_cast<std::int64_t>(texts.size());
  chunk.values = reinterpret_cast<const std::byte*>(texts.data());
  return {false, {chunk}};
}

std::int64_t rows_of(const InputColumn& column) noexcept {
  if (const auto* time = std::get_if<TimeColumn>(&column)) return time->column.count();
  if (const auto* text = std::get_if<TextColumn>(&column)) return text->count();
  return std::get<Column>(column).count();
}

}  // namespace stata_pydata::dta
