#include "expr/sample.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "expr/expression.h"
#include "expr/node.h"
#include "expr/rows.h"
#include "lang/runner.h"

namespace adohost {

namespace {

/// One end of an `in` range: a number, `-3` from the end, `f`, `l`; then an observation
/// from 1.
std::int64_t range_end(std::string_view text, std::int64_t n) {
  const std::string_view word = trim(text);
  const std::string known = lower(word);
  if (known == "f" || known == "first") return 1;
  if (known == "l" || known == "last") return n;
  const auto number = to_integer(word);
  if (!number || *number == 0) {
    throw StataError(198, "'" + std::string(word) + "' invalid observation number");
  }
  return *number < 0 ? n + *number + 1 : *number;
}

/// Sets mask[i] for the observations of one run where the expression is true.
void mark_run(Session& session, const Expression& condition, std::int64_t first,
              std::int64_t last, std::int64_t begin, std::int64_t end,
              std::uint8_t* mask) {
  double values[kBlockRows];
  std::int64_t n = 0;
  for (std::int64_t obs = begin; obs < end; obs += n) {
    check_break(session);
    n = condition.recalls() ? 1 : std::min(kBlockRows, end - obs);
    condition.numbers({obs, first, last}, n, values);
    for (std::int64_t i = 0; i < n; ++i) mask[obs - begin + i] = values[i] != 0;
  }
}

}  // namespace

std::vector<std::pair<std::int64_t, std::int64_t>> observation_runs(
    const Session& session) {
  if (!session.by) return {{0, session.data.nobs()}};
  if (session.by->current) return {*session.by->current};
  return session.by->groups;
}

void parse_in_range(Session&, std::string_view text, std::int64_t n, std::int64_t* begin,
                    std::int64_t* end) {
  text = trim(text);
  if (text.empty()) fail_syntax();
  const std::size_t slash = text.find('/');
  const std::int64_t low = range_end(text.substr(0, slash), n);
  const std::int64_t high =
      slash == std::string_view::npos ? low : range_end(text.substr(slash + 1), n);
  if (low < 1 || high > n || low > high) {
    throw StataError(198, "observation numbers out of range");
  }
  *begin = low - 1;
  *end = high;
}

Sample::Sample(Session& session, std::string_view if_text, std::string_view in_text)
    : end_(session.data.nobs()) {
  const bool in_group = session.by && session.by->current;
  if (in_group) std::tie(begin_, end_) = *session.by->current;
  if (!trim(in_text).empty()) {
    if (session.by) throw StataError(190, "in may not be combined with by");
    std::int64_t begin = 0;
    std::int64_t end = 0;
    parse_in_range(session, in_text, session.data.nobs(), &begin, &end);
    begin_ = begin;
    end_ = end;
  }
  if (trim(if_text).empty()) return;
  condition_ = std::make_shared<const Expression>(session, if_text);
  if (condition_->is_string()) fail_type_mismatch();
  mask_.resize(end_ - begin_);
  for (const auto& [first, last] : observation_runs(session)) {
    const std::int64_t from = std::max(first, begin_);
    const std::int64_t to = std::min(last, end_);
    if (from < to) {
      mark_run(session, *condition_, first, last, from, to,
               mask_.data() + (from - begin_));
    }
  }
}

std::vector<std::uint8_t> Sample::selection(std::int64_t n) const {
  std::vector<std::uint8_t> selected(n, 0);
  for (std::int64_t obs = begin_; obs < end_; ++obs) selected[obs] = has(obs) ? 1 : 0;
  return selected;
}

std::int64_t Sample::count() const {
  if (mask_.empty()) return end_ - begin_;
  return std::count_if(mask_.begin(), mask_.end(), [](std::uint8_t m) { return m != 0; });
}

}  // namespace adohost
