#include <algorithm>

#include "dta/column_scan.h"
#include "dta/column_type.h"
#include "dta/metadata_check.h"
#include "dta/plan_parts.h"
#include "dta/sort_check.h"
#include "dta/strl_plan.h"
#include "stata_pydata/error.h"

namespace stata_pydata::dta {
namespace {

// A block of rows is written to a file at once and fits the second-level cache.
constexpr std::int64_t kBlockBytes = 1 << 20, kMostBlockRows = 1 << 16;

void settle_release(Schema& schema) {
  if (schema.release == 0)
    schema.release = schema.variables.size() > kMostVariablesOf118 ? kManyVariablesRelease
                                                                   : kDefaultRelease;
  schema.byte_order = ByteOrder::little;
}

void settle_formats(Schema& schema) {
  for (auto& variable : schema.variables)
    if (variable.format.empty()) variable.format = default_format(variable.type);
}

void check_declared(const Variable& variable) {
  const auto [storage, width] = variable.type;
  const bool sound = storage != Storage::str || width <= kMostStrBytes;
  if (!sound)
    throw Error(Fault::range, "variable " + variable.name + ": str" +
                                  std::to_string(width) +
                                  " is wider than str2045; strL holds longer texts");
}

class ImagePlanner {
 public:
  ImagePlanner(Schema schema, std::span<const InputVariable> variables,
               const WriteOptions& options)
      : options_(options), plan_(std::make_unique<PlanParts>()) {
    plan_->schema = std::move(schema);
    plan_->inputs.assign(variables.begin(), variables.end());
    options_.stop = [this, stop = options.stop] {
      return gave_up_ = gave_up_ || (stop && stop());
    };
  }

  std::optional<WritePlan> plan() {
    Schema& schema = plan_->schema;
    settle_release(schema);
    complete_notes(schema);
    check_metadata(schema);
    check_columns();
    make_sources();
    if (!settle_types()) return std::nullopt;
    settle_formats(schema);
    check_types(schema);
    plan_->kernels = &kernels();
    plan_->groups = groups_of(schema.variables, plan_->sources);
    settle_blocks();
    if (!plan_strls(*plan_, options_.share_strls, options_.threads, options_.stop))
      return std::nullopt;
    plan_->layout = layout_image(
        schema, rows_, plan_->strl_starts.empty() ? 0 : plan_->strl_starts.back());
    schema.sorted_by.resize(
        keys_in_order(*plan_, rows_, options_.threads, options_.stop));
    if (gave_up_) return std::nullopt;
    return WritePlan(std::move(plan_));
  }

 private:
  void check_columns() {
    const auto& variables = plan_->schema.variables;
    if (variables.size() != plan_->inputs.size())
      throw Error(Fault::invalid, std::to_string(plan_->inputs.size()) + " columns for " +
                                      std::to_string(variables.size()) + " variables");
    for (std::size_t k = 0; k < variables.size(); ++k) {
      const std::int64_t rows = rows_of(plan_->inputs[k].column);
      if (k == 0) rows_ = rows;
      if (rows != rows_)
        throw Error(Fault::invalid, "variable " + variables[k].name + " has " +
                                        std::to_string(rows) + " rows, variable " +
                                        variables[0].name + " has " +
                                        std::to_string(rows_));
    }
  }

  const KernelTable& kernels() const {
    return options_.kernels ? *options_.kernels : default_kernels();
  }

  void make_sources() {
    for (std::size_t k = 0; k < plan_->inputs.size(); ++k) {
      if (plan_->inputs[k].rule >= TypeRule::declared)
        check_declared(plan_->schema.variables[k]);
      plan_->sources.push_back(source_of(plan_->inputs[k].column, kernels()));
    }
  }

  bool settle_types() {
    const auto facts = scan_columns(*plan_, rows_, options_.threads, options_.stop);
    for (std::size_t k = 0; facts && k < plan_->sources.size() && !gave_up_; ++k)
      plan_->schema.variables[k].type =
          keeps_cells(*plan_, k)
              ? std::get<NumberSource>(plan_->sources[k]).stored()->type
              : settled_type(plan_->schema.variables[k], plan_->sources[k],
                             plan_->inputs[k], (*facts)[k], rows_, options_);
    return !gave_up_;
  }

  void settle_blocks() {
    auto& plan = *plan_;
    const std::int64_t row_bytes = cell_offsets(plan.schema).back();
    plan.block_rows = std::clamp<std::int64_t>(
        kBlockBytes / std::max<std::int64_t>(1, row_bytes), 1, kMostBlockRows);
    note_strl_variables(plan);
  }

  WriteOptions options_;
  std::unique_ptr<PlanParts> plan_;
  std::int64_t rows_ = 0;
  bool gave_up_ = false;
};

}  // namespace

std::optional<WritePlan> plan_image(Schema schema,
                                    std::span<const InputVariable> variables,
                                    const WriteOptions& options) {
  return ImagePlanner(std::move(schema), variables, options).plan();
}

WritePlan plan_empty_image(Schema schema, std::int64_t observations) {
  auto plan = std::make_unique<PlanParts>();
  settle_release(schema);
  complete_notes(schema);
  schema.sorted_by.clear();
  check_metadata(schema);
  for (const auto& variable : schema.variables) {
    check_declared(variable);
    if (variable.type == str_type(0))
      throw Error(Fault::range, "variable " + variable.name +
                                    ": a str needs a width of 1 to 2045 bytes");
  }
  settle_formats(schema);
  check_types(schema);
  plan->schema = std::move(schema);
  plan->layout = layout_image(plan->schema, observations, 0);
  plan->sources.resize(plan->schema.variables.size());
  plan->groups = groups_of(plan->schema.variables, plan->sources);
  plan->block_rows = std::clamp<std::int64_t>(
      kBlockBytes / std::max<std::int64_t>(1, plan->layout.row_bytes), 1, kMostBlockRows);
  return WritePlan(std::move(plan));
}

WritePlan::WritePlan(std::unique_ptr<const PlanParts> parts) noexcept
    : parts_(std::move(parts)) {}
WritePlan::WritePlan(WritePlan&&) noexcept = default;
WritePlan& WritePlan::operator=(WritePlan&&) noexcept = default;
WritePlan::~WritePlan() = default;

const Schema& WritePlan::schema() const noexcept {
  return parts_->schema;
}

const ImageLayout& WritePlan::layout() const noexcept {
  return parts_->layout;
}

}  // namespace stata_pydata::dta
