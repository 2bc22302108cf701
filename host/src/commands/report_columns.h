// Reads columns of a command's sample block by block, with the command's weights: one
// pass over the rows of the data serves every variable.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "commands/report_moments.h"
#include "data/dataset.h"
#include "expr/expression.h"
#include "expr/sample.h"
#include "lang/command_line.h"
#include "lang/session.h"

namespace adohost {

/// The `[fw=exp]` of a command ([U] 11.1.6).
struct Weights {
  WeightKind kind = WeightKind::none;
  std::optional<Expression> expression;
};

/// Reads `line.weight`. `[w=exp]` means `assumed`, and the command says so. Throws 101
/// "pweights not allowed".
Weights parse_weights(Session& session, const CommandLine& line, WeightKind assumed);

/// A run of observations that belong to the sample and have a positive weight.
struct RowBlock {
  std::vector<std::int64_t> rows;
  std::vector<double> weights;  // one per row, or empty where there are none
};

/// Calls `visit` for each block of the sample in order. Throws 401 and 402 for weights
/// that are fractions (where they are frequencies) or negative.
void for_each_block(const Session& session, const Sample& sample, const Weights& weights,
                    const std::function<void(const RowBlock&)>& visit);

/// The values of variable `v` in `block` that are not missing, with their weights.
/// REQUIRES: `v` is numeric.
void gather(const Dataset& data, int v, const RowBlock& block, std::vector<double>& x,
            std::vector<double>& w);

/// The place of `obs` for an expression: within its by group, or the whole data.
Place place_of(const Session& session, std::int64_t obs);

/// The variables that `text` names, every one where it names none. Throws 111 "no
/// variables defined" where the data has none.
std::vector<int> varlist_or_all(const Session& session, std::string_view text);

}  // namespace adohost
