#include "dta/batch_plan.h"

#include "dta/column_type.h"
#include "stata_pydata/error.h"

namespace stata_pydata::dta {
namespace {

void check_rows(const PlanParts& plan) {
  const auto& variables = plan.schema.variables;
  for (std::size_t k = 0; k < plan.inputs.size(); ++k)
    if (const std::int64_t rows = rows_of(plan.inputs[k].column); rows != rows_of(plan))
      throw Error(Fault::invalid, "variable " + variables[k].name + " has " +
                                      std::to_string(rows) + " rows, variable " +
                                      variables[0].name + " has " +
                                      std::to_string(rows_of(plan)));
}

}  // namespace

std::int64_t rows_of(const PlanParts& plan) {
  return plan.inputs.empty() ? 0 : rows_of(plan.inputs[0].column);
}

std::optional<PlanParts> plan_batch(const Schema& schema,
                                    std::vector<InputVariable> columns,
                                    const WriteOptions& options) {
  PlanParts plan;
  plan.schema = schema;
  plan.inputs = std::move(columns);
  plan.kernels = options.kernels ? options.kernels : &default_kernels();
  for (auto& input : plan.inputs) {
    input.rule = TypeRule::declared;
    plan.sources.push_back(source_of(input.column, *plan.kernels));
  }
  check_rows(plan);
  const auto facts = scan_columns(plan, rows_of(plan), options.threads, options.stop);
  if (!facts) return std::nullopt;
  for (std::size_t k = 0; k < plan.sources.size(); ++k)
    if (!keeps_cells(plan, k))
      settled_type(plan.schema.variables[k], plan.sources[k], plan.inputs[k], (*facts)[k],
                   rows_of(plan), options);
  return plan;
}

}  // namespace stata_pydata::dta
