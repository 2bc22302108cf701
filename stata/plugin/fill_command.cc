// `fill`: blocks of observations across all variables, since Stata's data lie observation
// by observation. Another process may write to a segment meanwhile, so each cell is read
// once and checked as it is stored: a value that the variable can't hold ends the fill.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <mutex>
#include <optional>
#include <string_view>

#include "commands.h"
#include "segment_plan.h"
#include "stata_pydata/parallel.h"
#include "stata_pydata/segment.h"
#include "stata_pydata/segment_values.h"
#include "stata_pydata/stata_types.h"

namespace stata_pydata {
namespace {

constexpr int kInvalidSyntax = 198, kWrongContents = 459;
constexpr int kWrongValue = -1;  // in place of a return code of Stata's
constexpr std::int64_t kCellsPerBlock = 1 << 17, kLeastRowsPerBlock = 1 << 13;

enum class Conversion { double_to_double, long_to_long, long_to_double };

struct Source {
  const std::byte* words;
  Conversion conversion;
};

// One read: the value that is checked is the one that is stored.
template <typename Word>
void read(const std::byte* words, std::int64_t begin, std::int64_t end, Word* to) {
  const auto* from = reinterpret_cast<const volatile Word*>(words);
  while (begin < end) *to++ = from[begin++];
}

/// The first of `count` values that is outside [low, high]; `count` where none is. NaN
/// counts as inside.
template <typename Word>
std::int64_t first_outside(const Word* values, std::int64_t count, Word low, Word high) {
  bool outside = false;
  for (std::int64_t i = 0; i < count; ++i)
    outside |= (values[i] < low) | (values[i] > high);
  if (!outside) return count;
  return std::find_if(values, values + count,
                      [=](Word value) { return value < low || value > high; }) -
         values;
}

/// Rows that are read at once: with a handful of variables they stay in the first cache.
constexpr std::int64_t kRowsAtOnce = 128;

/// Brings at most kRowsAtOnce values to `cells`, as Stata is to get them. Returns the
/// number of them before the first that the variable's type can't hold.
std::int64_t convert(const Source& source, std::int64_t begin, std::int64_t end,
                     double missing, double* cells) {
  const std::int64_t count = end - begin;
  if (source.conversion == Conversion::double_to_double) {
    read(source.words, begin, end, cells);
    const std::int64_t fit = first_outside(cells, count, kDoubleMin, kDoubleMax);
    for (std::int64_t i = 0; i < count; ++i)
      cells[i] = std::isnan(cells[i]) ? missing : cells[i];
    return fit;
  }
  std::array<long, kRowsAtOnce> integers;
  read(source.words, begin, end, integers.data());
  for (std::int64_t i = 0; i < count; ++i)
    cells[i] = static_cast<double>(integers[static_cast<std::size_t>(i)]);
  return source.conversion == Conversion::long_to_double
             ? count
             : first_outside<long>(integers.data(), count, kLongMin, kLongMax);
}

/// A cell that could not be stored.
struct Failure {
  std::int64_t row;
  std::size_t column;
  int rc;
};

/// One fill: what its threads share. Only `failure_` changes, under the mutex.
class Fill {
 public:
  Fill(const Stata& stata, std::vector<Source> sources)
      : stata_(stata), sources_(std::move(sources)) {}

  void rows(std::int64_t begin, std::int64_t end) {
    for (const Source& source : sources_) {
      populate(source.words + begin * 8, static_cast<std::size_t>(end - begin) * 8,
               Access::read_only);
    }
    std::vector<double> cells(sources_.size() * kRowsAtOnce);
    for (; begin < end; begin += kRowsAtOnce) {
      const std::int64_t stop = std::min(end, begin + kRowsAtOnce);
      if (!convert_all(begin, stop, cells.data())) return;
      if (!store_all(begin, stop, cells.data())) return;
    }
  }

  std::optional<Failure> failure() {
    const std::lock_guard lock(mutex_);
    return failure_;
  }

 private:
  /// The cells of a few rows, variable by variable.
  bool convert_all(std::int64_t begin, std::int64_t end, double* cells) {
    bool fits = true;
    for (std::size_t column = 0; column < sources_.size(); ++column) {
      const std::int64_t row =
          begin + convert(sources_[column], begin, end, stata_.missing(), cells);
      cells += kRowsAtOnce;
      if (row == end) continue;
      note({row, column, kWrongValue});
      fits = false;
    }
    return fits;
  }

  bool store_all(std::int64_t begin, std::int64_t end, const double* cells) {
    for (std::int64_t row = begin; row < end; ++row, ++cells) {
      const double* cell = cells;
      for (std::size_t column = 0; column < sources_.size();
           ++column, cell += kRowsAtOnce) {
        const int rc =
            stata_.store(static_cast<int>(column) + 1, static_cast<int>(row) + 1, *cell);
        if (rc != 0) return note({row, column, rc}), false;
      }
    }
    return true;
  }

  void note(const Failure& failure) {
    const std::lock_guard lock(mutex_);
    if (!failure_ || failure.row < failure_->row) failure_ = failure;
  }

  const Stata stata_;
  const std::vector<Source> sources_;
  std::mutex mutex_;
  std::optional<Failure> failure_;
};

[[noreturn]] void refuse_change(const PlannedVariable& variable) {
  throw Refusal(kWrongContents, "the segment of variable " + variable.record.name +
                                    " was changed while it was read; import it again");
}

[[noreturn]] void refuse_cell(const PlannedVariable& variable, const Failure& failure) {
  const std::string place =
      "observation " + std::to_string(failure.row + 1) + " of variable " + variable.name;
  if (failure.rc != kWrongValue) {
    throw Refusal(failure.rc, place + " could not be stored");
  }
  throw Refusal(kWrongContents, place +
                                    " was changed while it was read, to a value that " +
                                    "its storage type can't hold; import it again");
}

Source source_of(const PlannedVariable& variable, std::string_view type,
                 std::int64_t observations) {
  const std::byte* words = variable.segment.data();
  const bool doubles =
      variable.record.type == SegmentType::float_ ||
      (variable.record.type == SegmentType::long_ &&
       holds_doubles(words, observations, choose_threads(0, observations)));
  if (doubles && type == "double") return {words, Conversion::double_to_double};
  if (!doubles && type == "double") return {words, Conversion::long_to_double};
  if (!doubles && type == "long") return {words, Conversion::long_to_long};
  refuse_change(variable);
}

/// The sources of all variables, which must be as the data in memory were made for.
std::vector<Source> match_data(const Stata& stata, const Plan& plan) {
  const std::size_t k = plan.variables.size();
  constexpr int kLongestType = 7;  // "double "
  const std::string types = stata.local("types", static_cast<int>(k + 1) * kLongestType);
  if (stata.variables() != static_cast<int>(k) ||
      stata.observations() != plan.observations) {
    throw Refusal(kWrongContents,
                  "the segments changed while they were read; import them again");
  }
  std::vector<Source> sources;
  std::string_view rest = types;
  for (const PlannedVariable& variable : plan.variables) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    sources.push_back(source_of(variable, rest.substr(0, end), plan.observations));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return sources;
}

int parse_threads(const std::string& word) {
  int threads = -1;
  const char* end = word.data() + word.size();
  const auto [stop, code] = std::from_chars(word.data(), end, threads);
  if (code != std::errc() || stop != end || threads < 0) {
    throw Refusal(kInvalidSyntax, "threads must be 0 or more, not " + word);
  }
  return threads;
}

}  // namespace

int fill_command(const Stata& stata, const Words& words) {
  if (words.size() != 2) throw Refusal(kInvalidSyntax, "fill takes a file and a number");
  const int requested = parse_threads(words[1]);
  const Plan plan = attach_segments(words[0]);
  Fill fill(stata, match_data(stata, plan));
  const int k = static_cast<int>(plan.variables.size());
  const std::int64_t block = std::max(kLeastRowsPerBlock, kCellsPerBlock / k);
  const bool done = for_row_blocks(
      plan.observations, block, choose_threads(requested, plan.observations, k),
      [&](std::int64_t begin, std::int64_t end) { fill.rows(begin, end); },
      [&] { return fill.failure().has_value() || stata.break_pressed(); });
  if (const auto failure = fill.failure()) {
    refuse_cell(plan.variables[failure->column], *failure);
  }
  return done ? 0 : kBreak;
}

}  // namespace stata_pydata
