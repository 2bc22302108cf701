#include "dta/sort_check.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>

#include "stata_pydata/parallel.h"

namespace stata_pydata::dta {
namespace {

constexpr std::int64_t kRows = 256;  // pairs of rows that are compared in one go

template <typename T>
int compare_as(const std::byte* a, const std::byte* b) noexcept {
  T left, right;
  std::memcpy(&left, a, sizeof left);
  std::memcpy(&right, b, sizeof right);
  return (left > right) - (left < right);
}

/// Order of two cells of a type other than strL; codes of missing values are the largest
/// numbers of every type.
int compare_cells(VariableType type, const std::byte* a, const std::byte* b) noexcept {
  switch (type.storage) {
    case Storage::byte_:
      return compare_as<std::int8_t>(a, b);
    case Storage::int_:
      return compare_as<std::int16_t>(a, b);
    case Storage::long_:
      return compare_as<std::int32_t>(a, b);
    case Storage::float_:
      return compare_as<float>(a, b);
    case Storage::double_:
      return compare_as<double>(a, b);
    default:
      return std::memcmp(a, b, type.width);
  }
}

int compare_texts(TextSlice a, TextSlice b) noexcept {
  const auto common = static_cast<std::size_t>(std::min(a.size, b.size));
  const int order = common == 0 ? 0 : std::memcmp(a.data, b.data, common);
  return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

/// Compares rows begin + i and begin + i + 1 of one key for all i with tied[i]: clears it
/// where they differ. Returns whether some pair is out of order.
class KeyComparison {
 public:
  KeyComparison(const PlanParts& plan, std::size_t key)
      : plan_(plan),
        key_(key),
        type_(plan.schema.variables[key].type),
        cells_(type_.storage == Storage::strl ? 0 : (kRows + 1) * type_.width) {}

  bool out_of_order(std::int64_t begin, std::int64_t pairs,
                    std::array<bool, kRows>& tied) {
    if (type_.storage != Storage::strl)
      write_cells(plan_, key_, begin, begin + pairs + 1, {cells_.data(), type_.width});
    bool wrong = false;
    for (std::int64_t i = 0; i < pairs; ++i) {
      bool& tie = tied[static_cast<std::size_t>(i)];
      if (!tie) continue;
      const int order = compare(begin, i);
      tie = order == 0;
      wrong |= order > 0;
    }
    return wrong;
  }

 private:
  int compare(std::int64_t begin, std::int64_t i) const {
    if (type_.storage == Storage::strl) {
      const auto& source = std::get<TextSource>(plan_.sources[key_]);
      return compare_texts(source.text(begin + i), source.text(begin + i + 1));
    }
    const std::byte* cell = cells_.data() + i * type_.width;
    return compare_cells(type_, cell, cell + type_.width);
  }

  const PlanParts& plan_;
  const std::size_t key_;
  const VariableType type_;
  std::vector<std::byte> cells_;
};

}  // namespace

std::size_t keys_in_order(const PlanParts& plan, std::int64_t rows, int threads,
                          const std::function<bool()>& stop) {
  const auto& keys = plan.schema.sorted_by;
  std::atomic<std::size_t> held{keys.size()};
  const auto lower = [&](std::size_t key) {
    for (std::size_t now = held; key < now && !held.compare_exchange_weak(now, key);) {
    }
  };
  const auto work = [&](std::int64_t begin, std::int64_t end) {
    std::array<bool, kRows> tied;
    tied.fill(true);
    for (std::size_t k = 0; k < held; ++k) {
      KeyComparison key(plan, static_cast<std::size_t>(keys[k]));
      if (key.out_of_order(begin, end - begin, tied)) return lower(k);
      if (std::none_of(tied.begin(), tied.begin() + (end - begin),
                       [](bool tie) { return tie; }))
        return;
    }
  };
  if (!keys.empty())
    for_row_blocks(rows - 1, kRows, choose_threads(threads, rows), work, stop);
  return held;
}

}  // namespace stata_pydata::dta
