// What changes the shape of a data set: variables, storage types and observations.
#include <algorithm>
#include <numeric>

#include "base/error.h"
#include "data/dataset.h"
#include "data/row_plan.h"

namespace adohost {
namespace {

std::size_t assign_offsets(std::vector<Variable>* variables) {
  std::size_t width = 0;
  for (Variable& var : *variables) {
    var.offset = width;
    width += var.type.bytes();
  }
  return width;
}

Variable make_variable(std::string_view name, VarType type) {
  return {std::string(name), type, type.default_format(), {}, {}, 0};
}

/// What is left of a sort order when variables move: `place[old]` is the new position or
/// -1; the order ends at the first variable that is gone.
std::vector<int> moved_sort_order(const std::vector<int>& sorted_by,
                                  const std::vector<int>& place) {
  std::vector<int> moved;
  for (const int old : sorted_by) {
    if (place[old] < 0) break;
    moved.push_back(place[old]);
  }
  return moved;
}

}  // namespace

Dataset::Dataset(std::vector<Variable> variables) {
  variables_.reserve(variables.size());
  for (Variable& variable : variables) {
    if (find(variable.name) >= 0) {
      throw StataError(110, "variable " + variable.name + " already defined");
    }
    append_variable(std::move(variable));
  }
}

int Dataset::add_variable(std::string_view name, VarType type) {
  check_new_name(name);
  if (nobs_ == 0) {
    append_variable(make_variable(name, type));
  } else {
    std::vector<Variable> next = variables_;
    next.push_back(make_variable(name, type));
    std::vector<int> source(next.size());
    std::iota(source.begin(), source.end(), 0);
    source.back() = -1;
    relayout(std::move(next), source);
    positions_.emplace(name, nvar() - 1);
  }
  changed = true;
  return nvar() - 1;
}

void Dataset::append_variable(Variable variable) {
  variable.offset = width_;
  width_ += variable.type.bytes();
  positions_.emplace(variable.name, nvar());
  variables_.push_back(std::move(variable));
}

void Dataset::drop_variables(const std::vector<int>& drop) {
  std::vector<int> place(variables_.size(), 0);
  for (const int v : drop) place[v] = -1;
  std::vector<Variable> next;
  std::vector<int> source;
  for (int v = 0; v < nvar(); ++v) {
    if (place[v] < 0) {
      forget_variable(variables_[v]);
      continue;
    }
    place[v] = static_cast<int>(next.size());
    next.push_back(variables_[v]);
    source.push_back(v);
  }
  sorted_by = moved_sort_order(sorted_by, place);
  relayout(std::move(next), source);
  reindex();
  changed = true;
}

void Dataset::reorder_variables(const std::vector<int>& order) {
  std::vector<Variable> next;
  std::vector<int> place(variables_.size(), -1);
  for (const int old : order) {
    place[old] = static_cast<int>(next.size());
    next.push_back(variables_[old]);
  }
  sorted_by = moved_sort_order(sorted_by, place);
  relayout(std::move(next), order);
  reindex();
}

void Dataset::rename_variable(int v, std::string_view name) {
  check_new_name(name);
  const std::string old = variables_[v].name;
  std::map<std::pair<std::string, std::string>, std::string> moved;
  for (auto it = characteristics.lower_bound({old, ""});
       it != characteristics.end() && it->first.first == old;
       it = characteristics.erase(it)) {
    moved[{std::string(name), it->first.second}] = std::move(it->second);
  }
  characteristics.merge(moved);
  positions_.erase(positions_.find(old));
  positions_.emplace(name, v);
  variables_[v].name = name;
  changed = true;
}

void Dataset::forget_variable(const Variable& variable) {
  auto it = characteristics.lower_bound({variable.name, ""});
  while (it != characteristics.end() && it->first.first == variable.name) {
    it = characteristics.erase(it);
  }
}

void Dataset::change_type(int v, VarType type) {
  change_types({{v, type}});
}

void Dataset::change_types(const std::vector<std::pair<int, VarType>>& changes) {
  std::vector<Variable> next = variables_;
  bool any = false;
  for (const auto& [v, type] : changes) {
    if (next[v].type.is_string() != type.is_string()) fail_type_mismatch();
    any = any || !(next[v].type == type);
    next[v].type = type;
  }
  if (!any) return;
  std::vector<int> source(next.size());
  std::iota(source.begin(), source.end(), 0);
  relayout(std::move(next), source);
  changed = true;
}

void Dataset::relayout(std::vector<Variable> next, const std::vector<int>& source) {
  const bool had_strl = nobs_ > 0 && has_strl();
  const std::size_t width = assign_offsets(&next);
  if (nobs_ > 0) {
    const RowPlan plan(variables_, width_, next, width, source);
    memory_.reserve(static_cast<std::size_t>(nobs_) * width);
    if (memory_.data() != nullptr) plan.run(memory_.data(), nobs_, &strl_);
  }
  variables_ = std::move(next);
  width_ = width;
  memory_.trim(at(nobs_));
  if (had_strl) collect_strl();
}

void Dataset::set_nobs(std::int64_t n) {
  if (n == nobs_) return;
  if (!estimation_sample.empty()) estimation_sample.resize(n);
  if (n > nobs_) {
    reserve_rows(n);
    fill_missing(nobs_, n);
    sorted_by.clear();
    nobs_ = n;
  } else {
    nobs_ = n;
    memory_.trim(at(n));
    if (has_strl()) collect_strl();
  }
  changed = true;
}

void Dataset::reserve_rows(std::int64_t n) {
  if (width_ > 0 && static_cast<std::uint64_t>(n) > SIZE_MAX / width_) {
    throw StataError(909, "op. sys. refuses to provide memory");
  }
  memory_.reserve(at(n));
}

void Dataset::add_rows(std::int64_t n) {
  if (!estimation_sample.empty()) estimation_sample.resize(nobs_ + n);
  reserve_rows(nobs_ + n);
  nobs_ += n;
}

void Dataset::fill_missing(std::int64_t first, std::int64_t last) {
  constexpr std::size_t kBlock = std::size_t{1} << 16;  // stays in the first-level caches
  const std::size_t bytes = at(last) - at(first);
  if (bytes == 0) return;
  std::byte* start = row(first);
  missing_row(variables_, start);
  std::size_t done = width_;
  while (done < bytes) {
    const std::size_t rows = std::max<std::size_t>(1, kBlock / width_);
    const std::size_t step = std::min({done, bytes - done, rows * width_});
    std::memcpy(start + done, start, step);
    done += step;
  }
}

void Dataset::keep_observations(const std::vector<std::uint8_t>& keep) {
  std::int64_t kept = 0;
  for (std::int64_t obs = 0; obs < nobs_;) {
    if (keep[obs] == 0) {
      ++obs;
      continue;
    }
    std::int64_t end = obs + 1;
    while (end < nobs_ && keep[end] != 0) ++end;
    if (!estimation_sample.empty()) {
      std::copy(estimation_sample.begin() + obs, estimation_sample.begin() + end,
                estimation_sample.begin() + kept);
    }
    if (kept != obs && width_ > 0) std::memmove(row(kept), row(obs), at(end - obs));
    kept += end - obs;
    obs = end;
  }
  if (kept == nobs_) return;
  if (!estimation_sample.empty()) estimation_sample.resize(kept);
  nobs_ = kept;
  memory_.trim(at(nobs_));
  if (has_strl()) collect_strl();
  changed = true;
}

void Dataset::reorder_observations(const std::vector<std::int64_t>& order) {
  CellMemory next;
  const auto n = static_cast<std::int64_t>(order.size());
  next.reserve(at(n));
  if (width_ > 0) {
    for (std::int64_t obs = 0; obs < n; ++obs) {
      std::memcpy(next.data() + at(obs), row(order[obs]), width_);
    }
  }
  if (!estimation_sample.empty()) {
    std::vector<std::uint8_t> moved(n);
    for (std::int64_t obs = 0; obs < n; ++obs) moved[obs] = estimation_sample[order[obs]];
    estimation_sample = std::move(moved);
  }
  memory_ = std::move(next);
  if (n != nobs_) changed = true;
  nobs_ = n;
  sorted_by.clear();
  if (has_strl()) collect_strl();
}

}  // namespace adohost
