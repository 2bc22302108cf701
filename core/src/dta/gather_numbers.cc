#include <algorithm>
#include <atomic>
#include <limits>
#include <mutex>
#include <span>
#include <vector>

#include "dta/number_read.h"
#include "stata_pydata/parallel.h"

namespace stata_pydata::dta {
namespace {

// A part of a block stays in the first-level cache while its variables are read one after
// the other. Both are multiples of 64 rows, so that no two blocks share a byte of a
// bitmap.
constexpr std::int64_t kBitmapWord = 64;
constexpr std::int64_t kPartBytes = 16 << 10, kPartsOfBlock = 16;

// Bytes that are neighbours are turned from rows to columns together, in scratch memory:
// so many at least, that vectors gain, and so many at most, that 64 rows fit.
constexpr std::int64_t kGroupBytes = 8 << 10;
constexpr std::size_t kLeastTogether = 16, kMostTogether = kGroupBytes / kBitmapWord;

/// Reads [first, first + count) of all.
struct ReadGroup {
  std::size_t first = 0, count = 1;
};

std::vector<ReadGroup> groups_of(const std::vector<NumberRead>& reads) {
  std::vector<ReadGroup> groups;
  const auto joins = [&](const ReadGroup& group, std::size_t i) {
    const StoredCells &last = reads[i - 1].cells, &next = reads[i].cells;
    return last.type == kByte && next.type == kByte && last.first + 1 == next.first &&
           group.count < kMostTogether;
  };
  for (std::size_t i = 0; i < reads.size(); ++i)
    if (i > 0 && joins(groups.back(), i))
      ++groups.back().count;
    else
      groups.push_back({i, 1});
  return groups;
}

class Gathering {
 public:
  Gathering(const ParsedImage& parsed, std::span<const NumberRequest> requests,
            const RowSelection& rows, const KernelTable& kernels)
      : rows_(rows), kernels_(kernels) {
    for (const auto& request : requests)
      reads_.push_back(plan_read(parsed, request, kernels));
    check_selection(rows, parsed.layout.observations);
    groups_ = groups_of(reads_);
    const std::int64_t rows_in_part =
        kPartBytes / std::max<std::int64_t>(1, parsed.layout.row_bytes);
    part_ =
        std::clamp(rows_in_part / kBitmapWord * kBitmapWord, kBitmapWord, kMostPartRows);
    in_step_ = !rows.indexes && parsed.schema.byte_order == ByteOrder::little;
  }

  bool empty() const { return rows_.count == 0 || reads_.empty(); }
  std::int64_t block_rows() const { return part_ * kPartsOfBlock; }

  void read(std::int64_t begin, std::int64_t end) const {
    for (; begin < end; begin += part_)
      for (const auto& group : groups_)
        read_group(group, begin, std::min(end, begin + part_));
  }

 private:
  void read_group(const ReadGroup& group, std::int64_t begin, std::int64_t end) const {
    if (in_step_ && group.count >= kLeastTogether)
      return read_together(group, begin, end);
    for (std::size_t i = group.first; i < group.first + group.count; ++i)
      read_part(reads_[i], rows_, begin, end);
  }

  void read_together(const ReadGroup& group, std::int64_t begin, std::int64_t end) const {
    alignas(64) std::byte scratch[kGroupBytes];
    const StoredCells& first = reads_[group.first].cells;
    const auto count = static_cast<std::int64_t>(group.count);
    const std::int64_t most = kGroupBytes / count / kBitmapWord * kBitmapWord;
    const CellColumns columns{scratch, most, count};
    for (; begin < end; begin += most) {
      const std::int64_t stop = std::min(end, begin + most);
      kernels_.deinterleave(cells_from(first, rows_, begin), stop - begin, columns);
      for (std::int64_t i = 0; i < count; ++i)
        read_cells(reads_[group.first + static_cast<std::size_t>(i)],
                   {scratch + i * most, 1, 0}, begin, stop);
    }
  }

  const RowSelection rows_;
  const KernelTable& kernels_;
  std::vector<NumberRead> reads_;
  std::vector<ReadGroup> groups_;
  std::int64_t part_ = kBitmapWord;
  bool in_step_ = false;
};

struct LookedAt {
  std::span<const double> values;
  std::span<const std::uint8_t> missing;
};

/// Calls `look` with the numbers of a variable, part by part, from several threads.
/// False when `stop` gave up.
template <typename Look>
bool look_at_numbers(const ParsedImage& parsed, std::int64_t variable,
                     const RowSelection& rows, const ReadOptions& options,
                     const Look& look) {
  const NumberRequest request{variable, {.form = NumberForm::float64}};
  const NumberRead read = plan_read(parsed, request, kernels_of(options));
  check_selection(rows, parsed.layout.observations);
  const auto look_at_part = [&](std::int64_t begin, std::int64_t end) {
    double numbers[kMostPartRows];
    std::uint8_t missing[kMostPartRows];
    NumberRead part = read;
    part.to.values = reinterpret_cast<std::byte*>(numbers);
    part.to.stride = sizeof(double);
    part.to.missing = missing;
    read_part(part, part_of(rows, begin, end), 0, end - begin);
    const auto count = static_cast<std::size_t>(end - begin);
    look(LookedAt{{numbers, count}, {missing, count}});
  };
  return for_row_blocks(rows.count, kMostPartRows,
                        choose_threads(options.threads, rows.count), look_at_part,
                        options.stop);
}

}  // namespace

bool gather_numbers(const ParsedImage& parsed, std::span<const NumberRequest> requests,
                    const RowSelection& rows, const ReadOptions& options) {
  const Gathering gathering(parsed, requests, rows, kernels_of(options));
  if (gathering.empty()) return true;
  return for_row_blocks(
      rows.count, gathering.block_rows(), choose_threads(options.threads, rows.count),
      [&](std::int64_t begin, std::int64_t end) {
        if (options.populate) populate_rows(parsed, rows, begin, end);
        gathering.read(begin, end);
      },
      options.stop);
}

bool find_missing(const ParsedImage& parsed, std::int64_t variable,
                  const RowSelection& rows, const ReadOptions& options) {
  std::atomic<bool> found{false};
  const bool done =
      look_at_numbers(parsed, variable, rows, options, [&](const LookedAt& numbers) {
        if (!found &&
            std::ranges::any_of(numbers.missing, [](auto flag) { return flag; }))
          found = true;
      });
  return found || !done;
}

NumberLimits find_limits(const ParsedImage& parsed, std::int64_t variable,
                         const RowSelection& rows, const ReadOptions& options) {
  NumberLimits all;
  std::mutex lock;
  const auto look = [&](const LookedAt& numbers) {
    NumberLimits part;
    for (const double number : numbers.values) {  // a NaN is neither
      part.least = number < part.least ? number : part.least;
      part.greatest = number > part.greatest ? number : part.greatest;
    }
    const std::lock_guard guard(lock);
    all.least = std::min(all.least, part.least);
    all.greatest = std::max(all.greatest, part.greatest);
  };
  if (look_at_numbers(parsed, variable, rows, options, look)) return all;
  constexpr double infinity = std::numeric_limits<double>::infinity();
  return {-infinity, infinity};
}

}  // namespace stata_pydata::dta
