#include "stata_pydata/input_column.h"

namespace stata_pydata::dta {
namespace {

template <typename Chunks>
std::int64_t total_count(const Chunks& chunks) noexcept {
  std::int64_t total = 0;
  for (const auto& chunk : chunks) total += chunk.count;
  return total;
}

struct RowCount {
  std::int64_t operator()(const Column& column) const noexcept { return column.count(); }
  std::int64_t operator()(const TimeColumn& time) const noexcept {
    return time.column.count();
  }
  std::int64_t operator()(const StoredColumn& cells) const noexcept {
    return cells.count;
  }
  template <typename Chunked>
  std::int64_t operator()(const Chunked& column) const noexcept {
    return total_count(column.chunks);
  }
};

}  // namespace

std::int64_t TextColumn::count() const noexcept {
  return total_count(chunks);
}

TextColumn column_of(std::span<const TextSlice> texts) {
  TextChunk chunk;
  chunk.form = TextForm::slices;
  chunk.count = static_cast<std::int64_t>(texts.size());
  chunk.values = reinterpret_cast<const std::byte*>(texts.data());
  return {false, {chunk}};
}

std::int64_t rows_of(const InputColumn& column) noexcept {
  return std::visit(RowCount{}, column);
}

}  // namespace stata_pydata::dta
