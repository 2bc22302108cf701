// Columns into segments and their info file. All or nothing: after an exception no
// segment is left and the info file is as it was. What is written is the protocol of
// docs/segments.md: whole numbers as C longs, everything else as C doubles.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "stata_pydata/column.h"
#include "stata_pydata/info_file.h"

namespace stata_pydata {

/// Called every few milliseconds on the calling thread; may throw to give up.
using Poll = std::function<void()>;

struct WriteOptions {
  long long first_seed = 1;
  int threads = 0;  // 0: the project's default
  Poll poll;
};

/// The type in which `column` travels, by its values: int_ for whole numbers and
/// booleans, float_ for floating point and for whole numbers of which some are missing.
/// Throws range, naming the column, row (from 0) and value, for a value that can't travel
/// exactly: beyond a C long, or beyond 2^53 in a column with missing values.
SegmentType plan_column(const Column& column, int threads, const Poll& poll = {});

/// Writes one segment per column, with the keys of the seeds from first_seed on, and
/// replaces the info file. Returns the records of the info file. Throws invalid (no
/// columns, more columns than keys, columns of different lengths, a name twice or unfit
/// for an info file), range (as plan_column), exists (a key is taken), memory, and as
/// replace_info.
std::vector<SegmentRecord> write_columns(const std::vector<Column>& columns,
                                         const std::string& info_path,
                                         const WriteOptions& options);

/// Writes one segment of these words and appends its line to the info file. Words of type
/// long_ that a reader would take for doubles (scan_segment) are recorded as int_, which
/// no reader can misread. Throws as write_columns and append_info.
SegmentRecord write_words(std::span<const std::int64_t> words, SegmentType type,
                          const std::string& name, const std::string& info_path,
                          const WriteOptions& options);

}  // namespace stata_pydata
