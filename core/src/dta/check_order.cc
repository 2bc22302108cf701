#include <algorithm>
#include <bit>
#include <mutex>
#include <optional>

#include "dta/checks.h"
#include "dta/row_reads.h"
#include "stata_pydata/missing.h"
#include "stata_pydata/parallel.h"

namespace stata_pydata::dta {
namespace {

constexpr std::int64_t kBlockRows = 4096;

/// A key of the sort list. Missing values are the greatest numbers of every type.
class Key {
 public:
  Key(const ParsedImage& parsed, std::int64_t variable, const StrlIndex* strls)
      : cells_(cells_of(parsed, variable)) {
    if (cells_.type.is_text()) texts_.emplace(parsed, variable, strls);
  }

  int compare(std::int64_t row) const {
    if (texts_) {
      StrlCursor cursor;
      return texts_->text(row, cursor).bytes.compare(texts_->text(row + 1, cursor).bytes);
    }
    const double a = number(row), b = number(row + 1);
    return (a > b) - (a < b);
  }

 private:
  double number(std::int64_t row) const noexcept {
    const std::uint64_t bits = load_number(cells_.first + row * cells_.stride,
                                           cells_.type.width, cells_.byte_order);
    switch (cells_.type.storage) {
      case Storage::byte_:
        return static_cast<std::int8_t>(bits);
      case Storage::int_:
        return static_cast<std::int16_t>(bits);
      case Storage::long_:
        return static_cast<std::int32_t>(bits);
      case Storage::float_:
        return std::bit_cast<float>(static_cast<std::uint32_t>(bits));
      default:
        return std::bit_cast<double>(bits);
    }
  }

  StoredCells cells_;
  std::optional<TextReader> texts_;
};

bool out_of_order(const std::vector<Key>& keys, std::int64_t row) {
  for (const auto& key : keys)
    if (const int order = key.compare(row); order != 0) return order > 0;
  return false;
}

}  // namespace

void check_order(const ParsedImage& parsed, int threads, Findings& findings) {
  const std::int64_t pairs = parsed.layout.observations - 1;
  std::optional<StrlIndex> strls;
  std::vector<Key> keys;
  for (const std::int32_t key : parsed.schema.sorted_by) {
    const VariableType type = parsed.schema.variables[static_cast<std::size_t>(key)].type;
    if (type == kStrl && !strls) strls = StrlIndex::make(parsed, {});
    if (type != kAlias) keys.emplace_back(parsed, key, strls ? &*strls : nullptr);
  }
  if (pairs < 1 || keys.empty()) return;
  std::int64_t first = pairs;
  std::mutex mutex;
  const auto work = [&](std::int64_t begin, std::int64_t end) {
    while (begin < end && !out_of_order(keys, begin)) ++begin;
    const std::lock_guard lock(mutex);
    if (begin < end) first = std::min(first, begin);
  };
  for_row_blocks(pairs, kBlockRows, choose_threads(threads, pairs), work);
  if (first < pairs)
    findings.error(-1, "sort list: rows " + std::to_string(first) + " and " +
                           std::to_string(first + 1) + " are not sorted as it says");
}

}  // namespace stata_pydata::dta
