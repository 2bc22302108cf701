#include "dta/column_scan.h"

#include <algorithm>
#include <mutex>

#include "stata_pydata/parallel.h"

namespace stata_pydata::dta {
namespace {

constexpr std::int64_t kPartRows = 1 << 16;  // of one column, looked at in one go

class Scan {
 public:
  Scan(const PlanParts& plan, std::int64_t rows)
      : plan_(plan),
        rows_(rows),
        parts_(std::max<std::int64_t>(1, (rows + kPartRows - 1) / kPartRows)),
        facts_(plan.sources.size()) {}

  /// Parts of all columns: part p of column k is number k * parts per column + p.
  std::int64_t parts() const {
    return static_cast<std::int64_t>(plan_.sources.size()) * parts_;
  }

  void look_at(std::int64_t begin, std::int64_t end) {
    while (begin < end) {
      const std::int64_t column = begin / parts_;
      const std::int64_t stop = std::min(end, (column + 1) * parts_);
      look_at_rows(static_cast<std::size_t>(column), begin % parts_ * kPartRows,
                   std::min(rows_, (stop - column * parts_) * kPartRows));
      begin = stop;
    }
  }

  std::vector<ColumnFacts> take() { return std::move(facts_); }

 private:
  void look_at_rows(std::size_t column, std::int64_t begin, std::int64_t end) {
    ColumnFacts found;
    if (const auto* numbers = std::get_if<NumberSource>(&plan_.sources[column])) {
      if (keeps_cells(plan_, column)) return;
      found.numbers = numbers->range(begin, end);
    } else if (const auto* texts = std::get_if<TextSource>(&plan_.sources[column])) {
      found.texts = texts->facts(begin, end);
    }
    const std::lock_guard lock(mutex_);
    facts_[column].numbers.merge(found.numbers);
    facts_[column].texts.merge(found.texts);
  }

  const PlanParts& plan_;
  const std::int64_t rows_, parts_;
  std::mutex mutex_;
  std::vector<ColumnFacts> facts_;
};

}  // namespace

bool keeps_cells(const PlanParts& plan, std::size_t variable) noexcept {
  const auto* numbers = std::get_if<NumberSource>(&plan.sources[variable]);
  if (!numbers || !numbers->stored()) return false;
  const TypeRule rule = plan.inputs[variable].rule;
  return rule == TypeRule::by_value ||
         (rule >= TypeRule::declared &&
          plan.schema.variables[variable].type == numbers->stored()->type);
}

std::optional<std::vector<ColumnFacts>> scan_columns(const PlanParts& plan,
                                                     std::int64_t rows, int threads,
                                                     const std::function<bool()>& stop) {
  Scan scan(plan, rows);
  // Columns of few rows are looked at by the dozen.
  const std::int64_t together =
      std::max<std::int64_t>(1, kPartRows / std::max<std::int64_t>(1, rows));
  const auto elements = static_cast<std::int64_t>(plan.sources.size()) * rows;
  const bool done = for_row_blocks(
      scan.parts(), together, choose_threads(threads, elements),
      [&](std::int64_t begin, std::int64_t end) { scan.look_at(begin, end); }, stop);
  if (!done) return std::nullopt;
  return scan.take();
}

}  // namespace stata_pydata::dta
