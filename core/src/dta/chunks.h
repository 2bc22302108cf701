// Rows of a column to pieces of its chunks.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace stata_pydata::dta {

/// Where each chunk begins, in rows of the column; the last element is their number.
template <typename Chunks>
std::vector<std::int64_t> chunk_starts(const Chunks& chunks) {
  std::vector<std::int64_t> starts{0};
  starts.reserve(chunks.size() + 1);
  for (const auto& chunk : chunks) starts.push_back(starts.back() + chunk.count);
  return starts;
}

/// Calls use(chunk, first, count, row) for the pieces of chunks that make up rows [begin,
/// end) of the column: elements [first, first + count) of the chunk, the first of them in
/// row `row`.
template <typename Chunks, typename Use>
void for_pieces(const Chunks& chunks, const std::vector<std::int64_t>& starts,
                std::int64_t begin, std::int64_t end, const Use& use) {
  if (begin >= end) return;
  auto index = static_cast<std::size_t>(
      std::upper_bound(starts.begin(), starts.end(), begin) - starts.begin() - 1);
  for (; begin < end; ++index) {
    const std::int64_t stop = std::min(end, starts[index + 1]);
    if (stop > begin) use(chunks[index], begin - starts[index], stop - begin, begin);
    begin = std::max(begin, stop);
  }
}

}  // namespace stata_pydata::dta
