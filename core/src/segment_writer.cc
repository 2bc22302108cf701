#include "stata_pydata/segment_writer.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <limits>
#include <unordered_set>
#include <utility>

#include "stata_pydata/error.h"
#include "stata_pydata/parallel.h"
#include "stata_pydata/segment.h"
#include "stata_pydata/segment_values.h"
#include "stata_pydata/stata_types.h"
#include "word_kernels.h"

namespace stata_pydata {
namespace {

constexpr std::int64_t kLongest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kBlock = 1 << 14;
constexpr long long kLastSeed = 255;

std::function<bool()> as_stop(const Poll& poll) {
  if (!poll) return {};
  return [&poll] {
    poll();
    return false;
  };
}

/// Calls work(chunk, begin, end, row) for the parts of `column` that rows [begin, end)
/// touch; begin and end count within the chunk, row is the first one's row of the column.
template <typename PartWork>
void for_parts(const Column& column, std::int64_t begin, std::int64_t end,
               PartWork work) {
  std::int64_t first = 0;
  for (const Chunk& chunk : column.chunks) {
    if (first >= end) return;
    const std::int64_t from = std::max(begin, first);
    const std::int64_t to = std::min(end, first + chunk.count);
    if (from < to) work(chunk, from - first, to - first, from);
    first += chunk.count;
  }
}

bool has_missing(const Column& column, int threads, const Poll& poll) {
  std::atomic<bool> found{false};
  for_row_blocks(
      column.count(), kBlock, threads,
      [&](std::int64_t begin, std::int64_t end) {
        for_parts(
            column, begin, end,
            [&](const Chunk& chunk, std::int64_t from, std::int64_t to, std::int64_t) {
              if (!found && any_missing(chunk.mask, from, to)) found = true;
            });
      },
      as_stop(poll));
  return found;
}

/// The first row of a 64-bit column whose value is outside [low, high]; kNone if none is.
std::int64_t first_row_beyond(const Column& column, std::int64_t low, std::int64_t high,
                              int threads, const Poll& poll) {
  std::atomic<std::int64_t> first{kNone};
  const auto look = [&](const Chunk& chunk, std::int64_t from, std::int64_t to,
                        std::int64_t row) {
    const std::int64_t at = first_beyond(chunk, column.type, low, high, from, to);
    if (at == kNone) return;
    const std::int64_t candidate = row + (at - from);
    for (std::int64_t seen = first;
         candidate < seen && !first.compare_exchange_weak(seen, candidate);) {
    }
  };
  for_row_blocks(
      column.count(), kBlock, threads,
      [&](std::int64_t begin, std::int64_t end) { for_parts(column, begin, end, look); },
      as_stop(poll));
  return first;
}

std::string value_text(const Column& column, std::int64_t row) {
  std::string text;
  for_parts(column, row, row + 1,
            [&](const Chunk& chunk, std::int64_t from, std::int64_t, std::int64_t) {
              std::int64_t word = 0;
              std::memcpy(&word, chunk.values + from * chunk.stride, sizeof word);
              text = column.type == ElementType::uint64
                         ? std::to_string(static_cast<std::uint64_t>(word))
                         : std::to_string(word);
            });
  return text;
}

[[noreturn]] void throw_beyond(const Column& column, std::int64_t row,
                               const char* reason) {
  throw Error(Fault::range, "column '" + column.name + "', row " + std::to_string(row) +
                                " (counting from 0): " + value_text(column, row) +
                                reason);
}

bool is_wide(ElementType type) {
  return type == ElementType::int64 || type == ElementType::uint64;
}

/// The segments made so far; the destructor removes them unless they are kept.
class Batch {
 public:
  Batch() = default;
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;
  ~Batch() {
    for (const SegmentRecord& record : records_) remove_quietly(record.id);
  }

  void add(long long seed, SegmentType type, std::int64_t elements,
           const std::string& name) {
    records_.reserve(records_.size() + 1);
    attachments_.reserve(attachments_.size() + 1);
    SegmentRecord record{sysv::key_of_seed(seed), 0, type, elements, name};
    record.id = sysv::create(static_cast<key_t>(record.key), segment_bytes(elements));
    records_.push_back(std::move(record));
    attachments_.emplace_back(static_cast<int>(records_.back().id), Access::read_write);
  }

  std::byte* words(std::size_t index) { return attachments_[index].writable(); }
  const std::vector<SegmentRecord>& records() const { return records_; }
  std::vector<SegmentRecord> keep() { return std::exchange(records_, {}); }

 private:
  /// Somebody else may have removed it meanwhile: that is as good.
  static void remove_quietly(std::int64_t id) {
    try {
      sysv::remove(static_cast<int>(id));
    } catch (const Error&) {
    }
  }

  std::vector<SegmentRecord> records_;
  std::vector<sysv::Attachment> attachments_;
};

void check_names(const std::vector<Column>& columns) {
  std::unordered_set<std::string> seen;
  for (const Column& column : columns) {
    if (!seen.insert(column.name).second)
      throw Error(Fault::invalid,
                  "the column name '" + column.name + "' stands twice; rename one");
    format_record({0, 0, SegmentType::int_, 0, column.name});
  }
}

void check_columns(const std::vector<Column>& columns, long long first_seed) {
  if (columns.empty()) throw Error(Fault::invalid, "there are no columns to write");
  sysv::key_of_seed(first_seed);
  const auto count = static_cast<long long>(columns.size());
  const long long room = kLastSeed - first_seed + 1;
  if (count > room)
    throw Error(Fault::invalid,
                "there are " + std::to_string(count) + " columns, but with key_seed " +
                    std::to_string(first_seed) + " only " + std::to_string(room) +
                    " fit: each takes one key, and the last seed is 255");
  check_names(columns);
  for (const Column& column : columns)
    if (column.count() != columns.front().count())
      throw Error(Fault::invalid, "column '" + column.name + "' has " +
                                      std::to_string(column.count()) +
                                      " rows and column '" + columns.front().name + "' " +
                                      std::to_string(columns.front().count()));
}

void fill(const std::vector<Column>& columns, Batch& batch, int threads,
          const Poll& poll) {
  const auto rows = [&](std::int64_t begin, std::int64_t end) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const WordKind kind = batch.records()[i].type == SegmentType::float_
                                ? WordKind::doubles
                                : WordKind::integers;
      populate(batch.words(i) + begin * 8, static_cast<std::size_t>(end - begin) * 8,
               Access::read_write);
      for_parts(
          columns[i], begin, end,
          [&](const Chunk& chunk, std::int64_t from, std::int64_t to, std::int64_t row) {
            convert_words(chunk, columns[i].type, kind, from, to,
                          batch.words(i) + row * 8);
          });
    }
  };
  for_row_blocks(columns.front().count(), kBlock, threads, rows, as_stop(poll));
}

}  // namespace

SegmentType plan_column(const Column& column, int threads, const Poll& poll) {
  if (is_floating(column.type)) return SegmentType::float_;
  const bool missing = has_missing(column, threads, poll);
  if (missing && is_wide(column.type)) {
    const auto row =
        first_row_beyond(column, -kExactInteger, kExactInteger, threads, poll);
    if (row != kNone)
      throw_beyond(
          column, row,
          " is beyond 2^53; a column of whole numbers with missing values travels "
          "as doubles, which can't hold it exactly: fill the missing values, or "
          "accept rounding with .astype('float64')");
  } else if (column.type == ElementType::uint64) {
    const auto row = first_row_beyond(column, kLowest, kLongest, threads, poll);
    if (row != kNone)
      throw_beyond(column, row,
                   " is beyond 9223372036854775807, the most that a C long holds; accept "
                   "rounding with .astype('float64')");
  }
  return missing ? SegmentType::float_ : SegmentType::int_;
}

std::vector<SegmentRecord> write_columns(const std::vector<Column>& columns,
                                         const std::string& info_path,
                                         const WriteOptions& options) {
  check_columns(columns, options.first_seed);
  const std::int64_t rows = columns.front().count();
  const int threads = choose_threads(options.threads, rows);
  std::vector<SegmentType> types;
  for (const Column& column : columns)
    types.push_back(plan_column(column, threads, options.poll));
  Batch batch;
  for (std::size_t i = 0; i < columns.size(); ++i)
    batch.add(options.first_seed + static_cast<long long>(i), types[i], rows,
              columns[i].name);
  fill(columns, batch, threads, options.poll);
  replace_info(info_path, batch.records(), options.poll);
  return batch.keep();
}

SegmentRecord write_words(std::span<const std::int64_t> words, SegmentType type,
                          const std::string& name, const std::string& info_path,
                          const WriteOptions& options) {
  const auto count = static_cast<std::int64_t>(words.size());
  const auto* bytes = reinterpret_cast<const std::byte*>(words.data());
  if (type == SegmentType::long_ && holds_doubles(bytes, count, 1))
    type = SegmentType::int_;
  Batch batch;
  batch.add(options.first_seed, type, count, name);
  if (count > 0) std::memcpy(batch.words(0), bytes, words.size_bytes());
  append_info(info_path, batch.records().front(), options.poll);
  return batch.keep().front();
}

}  // namespace stata_pydata
