#include "data/data_frames.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/text.h"

namespace adohost {
namespace {

[[noreturn]] void fail_frame(std::string_view name) {
  fail_not_found("frame " + std::string(name));
}

void check_new(const DataFrames& frames, std::string_view name) {
  if (!is_name(name)) throw StataError(198, std::string(name) + " invalid name");
  if (frames.has(name)) {
    throw StataError(110, "frame " + std::string(name) + " already defined");
  }
}

}  // namespace

bool DataFrames::has(std::string_view name) const {
  return name == current_ || others_.find(name) != others_.end();
}

std::vector<std::string> DataFrames::names() const {
  std::vector<std::string> all{current_};
  for (const auto& frame : others_) all.push_back(frame.first);
  std::sort(all.begin(), all.end());
  return all;
}

Dataset& DataFrames::at(std::string_view name) {
  if (name == current_) return data_;
  const auto found = others_.find(name);
  if (found == others_.end()) fail_frame(name);
  return found->second;
}

void DataFrames::create(std::string_view name, Dataset data) {
  check_new(*this, name);
  others_.emplace(name, std::move(data));
}

void DataFrames::change(std::string_view name) {
  if (name == current_) return;
  const auto found = others_.find(name);
  if (found == others_.end()) fail_frame(name);
  auto node = others_.extract(found);
  std::swap(node.key(), current_);
  std::swap(node.mapped(), data_);
  others_.insert(std::move(node));
}

void DataFrames::rename(std::string_view from, std::string_view to) {
  if (!has(from)) fail_frame(from);
  check_new(*this, to);
  if (from == current_) {
    current_ = to;
    return;
  }
  auto node = others_.extract(others_.find(from));
  node.key() = to;
  others_.insert(std::move(node));
}

void DataFrames::drop(std::string_view name) {
  if (name == current_) throw StataError(110, "cannot drop the current frame");
  const auto found = others_.find(name);
  if (found == others_.end()) fail_frame(name);
  others_.erase(found);
}

void DataFrames::reset() {
  others_.clear();
  data_.clear();
  current_ = "default";
}

}  // namespace adohost
