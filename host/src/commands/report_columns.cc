#include "commands/report_columns.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

#include "base/error.h"
#include "base/text.h"
#include "data/varlist.h"

namespace adohost {

namespace {

/// Rows of a block: few enough that they stay in the cache while each variable reads
/// them.
std::int64_t block_rows(const Dataset& data) {
  constexpr std::size_t kBytes = std::size_t{1} << 18;
  const std::size_t rows = kBytes / std::max<std::size_t>(data.width(), 1);
  return static_cast<std::int64_t>(std::clamp<std::size_t>(rows, 64, 2048));
}

/// The kind that the word before `=` names, or nothing for a bare `w` or none at all.
std::optional<WeightKind> named_kind(std::string_view word) {
  if (abbreviates(word, "fweight", 2) || abbreviates(word, "frequency", 2)) {
    return WeightKind::frequency;
  }
  if (abbreviates(word, "aweight", 2)) return WeightKind::analytic;
  if (abbreviates(word, "iweight", 2)) return WeightKind::importance;
  if (abbreviates(word, "pweight", 2)) fail_not_allowed("pweights");
  if (word.empty() || abbreviates(word, "weight", 1)) return std::nullopt;
  fail_syntax();
}

/// The weight of one observation; 0 leaves it out.
double weight_at(const Session& session, const Weights& weights, std::int64_t obs) {
  const double w = weights.expression->number(place_of(session, obs));
  if (is_missing(w)) return 0;
  if (w < 0) throw StataError(402, "negative weights encountered");
  if (weights.kind == WeightKind::frequency && w != std::floor(w)) {
    throw StataError(401, "may not use noninteger frequency weights");
  }
  return w;
}

void fill_block(const Session& session, const Sample& sample, const Weights& weights,
                std::int64_t begin, std::int64_t end, RowBlock& block) {
  block.rows.clear();
  block.weights.clear();
  if (sample.everything() && !weights.expression) {
    block.rows.resize(static_cast<std::size_t>(end - begin));
    std::iota(block.rows.begin(), block.rows.end(), begin);
    return;
  }
  for (std::int64_t obs = begin; obs < end; ++obs) {
    if (!sample.has(obs)) continue;
    if (weights.expression) {
      const double w = weight_at(session, weights, obs);
      if (w == 0) continue;
      block.weights.push_back(w);
    }
    block.rows.push_back(obs);
  }
}

template <typename Load>
std::size_t copy_values(const RowBlock& block, std::vector<double>& x,
                        std::vector<double>& w, Load load) {
  std::size_t n = 0;
  for (std::size_t i = 0; i < block.rows.size(); ++i) {
    const double value = load(block.rows[i]);
    x[n] = value;
    if (!block.weights.empty()) w[n] = block.weights[i];
    n += is_missing(value) ? 0 : 1;
  }
  return n;
}

}  // namespace

Weights parse_weights(Session& session, const CommandLine& line, WeightKind assumed) {
  Weights weights;
  if (!line.weight) return weights;
  const std::string_view text = *line.weight;
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) fail_syntax();
  const auto kind = named_kind(trim(text.substr(0, equals)));
  weights.kind = kind.value_or(assumed);
  weights.expression.emplace(session, text.substr(equals + 1));
  if (weights.expression->is_string()) fail_type_mismatch();
  if (!kind) {
    session.out.line(weights.kind == WeightKind::frequency
                         ? "(frequency weights assumed)"
                         : "(analytic weights assumed)");
  }
  return weights;
}

void for_each_block(const Session& session, const Sample& sample, const Weights& weights,
                    const std::function<void(const RowBlock&)>& visit) {
  RowBlock block;
  const std::int64_t rows = block_rows(session.data);
  for (std::int64_t begin = sample.begin(); begin < sample.end(); begin += rows) {
    const std::int64_t end = std::min(begin + rows, sample.end());
    fill_block(session, sample, weights, begin, end, block);
    if (!block.rows.empty()) visit(block);
  }
}

void gather(const Dataset& data, int v, const RowBlock& block, std::vector<double>& x,
            std::vector<double>& w) {
  x.resize(block.rows.size());
  w.resize(block.weights.size());
  const Storage storage = data.variable(v).type.storage;
  std::size_t n = 0;
  if (storage == Storage::double_) {
    const std::size_t width = data.width();
    const std::byte* cells = data.row(0) + data.variable(v).offset;
    n = copy_values(block, x, w, [cells, width](std::int64_t obs) {
      double value;
      std::memcpy(&value, cells + static_cast<std::size_t>(obs) * width, sizeof value);
      return value;
    });
  } else {
    n = copy_values(block, x, w,
                    [&data, v](std::int64_t obs) { return data.number(v, obs); });
  }
  x.resize(n);
  if (!w.empty()) w.resize(n);
}

Place place_of(const Session& session, std::int64_t obs) {
  if (session.by && session.by->current) {
    return {obs, session.by->current->first, session.by->current->second};
  }
  return {obs, 0, session.data.nobs()};
}

std::vector<int> varlist_or_all(const Session& session, std::string_view text) {
  VarlistRules rules;
  rules.abbreviate = session.settings.varabbrev;
  if (!trim(text).empty()) return parse_varlist(session.data, text, rules);
  if (session.data.nvar() == 0) throw StataError(111, "no variables defined");
  std::vector<int> all(static_cast<std::size_t>(session.data.nvar()));
  std::iota(all.begin(), all.end(), 0);
  return all;
}

}  // namespace adohost
