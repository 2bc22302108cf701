// Walks an expression over the observations of a sample: in blocks where it may, one by
// one where the expression remembers (sum(), runiform()) or reads what is being written
// (`replace x = x[_n-1]`). Groups of `by` are runs of their own.
#pragma once

#include <algorithm>
#include <vector>

#include "expr/expression.h"
#include "expr/sample.h"
#include "lang/session.h"

namespace adohost {

/// The runs that `_n` and `_N` count in: the groups of `by`, the current one alone, or
/// all observations.
std::vector<std::pair<std::int64_t, std::int64_t>> observation_runs(
    const Session& session);

namespace rows {

inline void values(const Expression& e, const Place& p, std::int64_t n, double* out) {
  e.numbers(p, n, out);
}
inline void values(const Expression& e, const Place& p, std::int64_t n,
                   std::string* out) {
  e.texts(p, n, out);
}

}  // namespace rows

/// Calls f(observation, value) for each observation of the sample, in order. T is double
/// or std::string. REQUIRES: T matches expression.is_string().
template <class T, class F>
void for_each_value(const Session& session, const Sample& sample,
                    const Expression& expression, bool one_by_one, F f) {
  constexpr std::int64_t kRows = 512;
  std::vector<T> buffer(kRows);
  const bool recalls = expression.recalls();
  const bool single =
      one_by_one || recalls || (expression.stateful() && !sample.everything());
  for (const auto& [first, last] : observation_runs(session)) {
    const std::int64_t begin = std::max(first, sample.begin());
    const std::int64_t end = std::min(last, sample.end());
    for (std::int64_t obs = begin; obs < end;) {
      const std::int64_t n = single ? 1 : std::min(kRows, end - obs);
      if (!single || sample.has(obs)) {
        // `generate y = regexs(1) if regexm(s, "...")`: the match of this observation.
        if (recalls && sample.condition()) sample.condition()->number({obs, first, last});
        rows::values(expression, {obs, first, last}, n, buffer.data());
        for (std::int64_t i = 0; i < n; ++i) {
          if (sample.has(obs + i)) f(obs + i, buffer[i]);
        }
      }
      obs += n;
    }
  }
}

}  // namespace adohost
