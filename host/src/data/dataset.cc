#include "data/dataset.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"

namespace adohost {

Dataset::Dataset(Dataset&& other) noexcept {
  *this = std::move(other);
}

Dataset& Dataset::operator=(Dataset&& other) noexcept {
  std::swap(data_label, other.data_label);
  std::swap(filename, other.filename);
  std::swap(timestamp, other.timestamp);
  std::swap(changed, other.changed);
  std::swap(sorted_by, other.sorted_by);
  std::swap(value_labels, other.value_labels);
  std::swap(characteristics, other.characteristics);
  std::swap(estimation_sample, other.estimation_sample);
  std::swap(variables_, other.variables_);
  std::swap(positions_, other.positions_);
  std::swap(nobs_, other.nobs_);
  std::swap(width_, other.width_);
  std::swap(memory_, other.memory_);
  std::swap(strl_, other.strl_);
  return *this;
}

Dataset Dataset::clone() const {
  Dataset copy;
  copy.memory_.reserve(at(nobs_));
  if (at(nobs_) > 0) std::memcpy(copy.memory_.data(), memory_.data(), at(nobs_));
  copy.data_label = data_label;
  copy.filename = filename;
  copy.timestamp = timestamp;
  copy.changed = changed;
  copy.sorted_by = sorted_by;
  copy.value_labels = value_labels;
  copy.characteristics = characteristics;
  copy.estimation_sample = estimation_sample;
  copy.variables_ = variables_;
  copy.positions_ = positions_;
  copy.nobs_ = nobs_;
  copy.width_ = width_;
  copy.strl_ = strl_;
  return copy;
}

int Dataset::find(std::string_view name) const {
  const auto found = positions_.find(name);
  return found == positions_.end() ? -1 : found->second;
}

void Dataset::clear() {
  *this = Dataset();
}

bool Dataset::is_missing_at(int v, std::int64_t obs) const {
  return variables_[v].type.is_string() ? text(v, obs).empty()
                                        : is_missing(number(v, obs));
}

std::string_view Dataset::text(int v, std::int64_t obs) const {
  const Variable& var = variables_[v];
  if (var.type.storage == Storage::strl) return strl_.bytes(strl_handle(v, obs));
  const char* cell = reinterpret_cast<const char*>(row(obs) + var.offset);
  return {cell, strnlen(cell, var.type.width)};
}

void Dataset::set_text(int v, std::int64_t obs, std::string_view s) {
  const Variable& var = variables_[v];
  if (var.type.storage == Storage::strl) return set_strl(v, obs, s, false);
  std::byte* cell = row(obs) + var.offset;
  const std::size_t size = std::min<std::size_t>(s.size(), var.type.width);
  if (size > 0) std::memcpy(cell, s.data(), size);
  std::memset(cell + size, 0, var.type.width - size);
}

bool Dataset::is_binary(int v, std::int64_t obs) const {
  return variables_[v].type.storage == Storage::strl &&
         strl_.is_binary(strl_handle(v, obs));
}

void Dataset::set_binary(int v, std::int64_t obs, std::string_view bytes) {
  set_strl(v, obs, bytes, true);
}

StrlHeap::Handle Dataset::strl_handle(int v, std::int64_t obs) const {
  return detail::read<StrlHeap::Handle>(row(obs) + variables_[v].offset);
}

void Dataset::set_strl_handle(int v, std::int64_t obs, StrlHeap::Handle handle) {
  std::memcpy(row(obs) + variables_[v].offset, &handle, sizeof handle);
}

void Dataset::set_strl(int v, std::int64_t obs, std::string_view bytes, bool binary) {
  set_strl_handle(v, obs, strl_.add(bytes, binary));
  if (strl_.wants_sweep()) collect_strl();
}

bool Dataset::has_strl() const {
  return std::any_of(variables_.begin(), variables_.end(), [](const Variable& var) {
    return var.type.storage == Storage::strl;
  });
}

void Dataset::collect_strl() {
  strl_.begin_sweep();
  for (int v = 0; v < nvar(); ++v) {
    if (variables_[v].type.storage != Storage::strl) continue;
    for (std::int64_t obs = 0; obs < nobs_; ++obs) strl_.mark(strl_handle(v, obs));
  }
  strl_.end_sweep();
}

void Dataset::check_new_name(std::string_view name) const {
  if (!is_name(name) || is_reserved(name)) {
    throw StataError(198, std::string(name) + " invalid name");
  }
  if (find(name) >= 0) {
    throw StataError(110, "variable " + std::string(name) + " already defined");
  }
}

void Dataset::reindex() {
  positions_.clear();
  for (int v = 0; v < nvar(); ++v) positions_.emplace(variables_[v].name, v);
}

}  // namespace adohost
