#include "stata_pydata/segment_values.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <limits>
#include <mutex>

#include "stata_pydata/parallel.h"
#include "stata_pydata/segment.h"
#include "stata_pydata/stata_types.h"

namespace stata_pydata {
namespace {

constexpr std::int64_t kBlock = 1 << 16;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

template <typename Word>
const Word* words(const std::byte* data) {
  return reinterpret_cast<const Word*>(data);
}

/// Runs work(begin, end) over all elements, by blocks whose pages are mapped first.
template <typename Work>
void for_blocks(const std::byte* data, std::int64_t elements, int threads, Work work) {
  for_row_blocks(elements, kBlock, threads, [&](std::int64_t begin, std::int64_t end) {
    populate(data + begin * 8, static_cast<std::size_t>(end - begin) * 8,
             Access::read_only);
    work(begin, end);
  });
}

struct IntegerRange {
  std::int64_t low = std::numeric_limits<std::int64_t>::max();
  std::int64_t high = std::numeric_limits<std::int64_t>::min();
};

IntegerRange scan_integers(const std::int64_t* values, std::int64_t count) {
  IntegerRange range;
  for (std::int64_t i = 0; i < count; ++i) {
    range.low = std::min(range.low, values[i]);
    range.high = std::max(range.high, values[i]);
  }
  return range;
}

struct DoubleFacts {
  double low = kInfinity, high = -kInfinity;
  std::int64_t missing = 0;
  bool integral = true, single = true;
  std::int64_t first_outside = std::numeric_limits<std::int64_t>::max();

  void merge(const DoubleFacts& other) {
    low = std::min(low, other.low);
    high = std::max(high, other.high);
    missing += other.missing;
    integral = integral && other.integral;
    single = single && other.single;
    first_outside = std::min(first_outside, other.first_outside);
  }
};

bool is_stata_float(double value) {
  return value >= static_cast<double>(kFloatMin) &&
         value <= static_cast<double>(kFloatMax) &&
         static_cast<double>(static_cast<float>(value)) == value;
}

bool fits_stata(double value) {
  return value >= kDoubleMin && value <= kDoubleMax;
}

/// Facts of one block. NaN fails every comparison, so it touches neither low nor high.
DoubleFacts scan_doubles(const double* values, std::int64_t count) {
  DoubleFacts facts;
  std::int64_t missing = 0, fractions = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    const double value = values[i];
    facts.low = value < facts.low ? value : facts.low;
    facts.high = value > facts.high ? value : facts.high;
    missing += value != value;
    fractions += std::trunc(value) != value;
  }
  facts.missing = missing;
  facts.integral = fractions == missing;
  for (std::int64_t i = 0; i < count && facts.single; ++i)
    facts.single = values[i] != values[i] || is_stata_float(values[i]);
  return facts;
}

/// The first index in [begin, end) whose double Stata can't hold; it must exist.
std::int64_t find_outside(const double* values, std::int64_t begin) {
  while (values[begin] != values[begin] || fits_stata(values[begin])) ++begin;
  return begin;
}

SegmentScan integers_of(const std::byte* data, std::int64_t elements, int threads) {
  std::mutex mutex;
  IntegerRange all;
  for_blocks(data, elements, threads, [&](std::int64_t begin, std::int64_t end) {
    const auto part = scan_integers(words<std::int64_t>(data) + begin, end - begin);
    const std::lock_guard lock(mutex);
    all.low = std::min(all.low, part.low);
    all.high = std::max(all.high, part.high);
  });
  SegmentScan scan;
  scan.present = elements;
  if (elements > 0) scan.min_integer = all.low, scan.max_integer = all.high;
  return scan;
}

SegmentScan doubles_of(const std::byte* data, std::int64_t elements, int threads) {
  std::mutex mutex;
  DoubleFacts all;
  for_blocks(data, elements, threads, [&](std::int64_t begin, std::int64_t end) {
    const double* values = words<double>(data);
    DoubleFacts part = scan_doubles(values + begin, end - begin);
    if (part.high > kDoubleMax || part.low < kDoubleMin)
      part.first_outside = find_outside(values, begin);
    const std::lock_guard lock(mutex);
    all.merge(part);
  });
  SegmentScan scan;
  scan.kind = ValueKind::doubles;
  scan.present = elements - all.missing;
  if (scan.present > 0) scan.min_double = all.low, scan.max_double = all.high;
  scan.any_missing = all.missing > 0;
  scan.all_integral = all.integral;
  scan.all_float = all.single;
  if (all.first_outside != std::numeric_limits<std::int64_t>::max())
    scan.first_outside = all.first_outside;
  return scan;
}

bool looks_like_double(std::int64_t word) {
  const double value = std::bit_cast<double>(word);
  return std::isfinite(value) && std::abs(value) >= 1 && std::trunc(value) == value;
}

}  // namespace

bool holds_doubles(const std::byte* data, std::int64_t elements, int threads) {
  std::atomic<bool> any{false}, refuted{false};
  for_blocks(data, elements, threads, [&](std::int64_t begin, std::int64_t end) {
    if (refuted) return;
    bool found = false;
    for (const auto* word = words<std::int64_t>(data) + begin; begin < end;
         ++begin, ++word) {
      if (*word == 0) continue;
      if (!looks_like_double(*word)) {
        refuted = true;
        return;
      }
      found = true;
    }
    if (found) any = true;
  });
  return any && !refuted;
}

SegmentScan scan_segment(const std::byte* data, std::int64_t elements, SegmentType type,
                         int threads) {
  const bool doubles =
      type == SegmentType::float_ ||
      (type == SegmentType::long_ && holds_doubles(data, elements, threads));
  return doubles ? doubles_of(data, elements, threads)
                 : integers_of(data, elements, threads);
}

}  // namespace stata_pydata
