#include "data/row_plan.h"

#include <algorithm>
#include <cstring>

#include "data/dataset.h"

namespace adohost {
namespace {

void copy_bytes(std::byte* to, const std::byte* from, std::size_t bytes) {
  switch (bytes) {  // a copy of fixed size is one instruction
    case 1:
      *to = *from;
      return;
    case 2:
      std::memcpy(to, from, 2);
      return;
    case 4:
      std::memcpy(to, from, 4);
      return;
    case 8:
      std::memcpy(to, from, 8);
      return;
    default:
      std::memcpy(to, from, bytes);
  }
}

std::string_view cell_text(const std::byte* cell, VarType type, const StrlHeap& strl) {
  if (type.storage == Storage::strl) {
    return strl.bytes(detail::read<StrlHeap::Handle>(cell));
  }
  const char* text = reinterpret_cast<const char*>(cell);
  return {text, strnlen(text, type.width)};
}

void convert_text(const std::byte* from, VarType from_type, std::byte* to,
                  VarType to_type, StrlHeap* strl) {
  const std::string_view text = cell_text(from, from_type, *strl);
  if (to_type.storage == Storage::strl) {
    const StrlHeap::Handle handle = strl->add(text, false);
    std::memcpy(to, &handle, sizeof handle);
    return;
  }
  // A binary strL may hold a NUL, where a str# ends.
  const std::size_t size = std::min<std::size_t>(text.find('\0'), text.size());
  const std::size_t kept = std::min<std::size_t>(size, to_type.width);
  if (kept > 0) std::memcpy(to, text.data(), kept);
  std::memset(to + kept, 0, to_type.width - kept);
}

}  // namespace

void missing_row(const std::vector<Variable>& variables, std::byte* row) {
  for (const Variable& var : variables) {
    if (var.type.is_string()) {
      std::memset(row + var.offset, 0, var.type.bytes());
    } else {
      store_number(row + var.offset, var.type.storage, missing_value());
    }
  }
}

RowPlan::RowPlan(const std::vector<Variable>& from, std::size_t from_width,
                 const std::vector<Variable>& to, std::size_t to_width,
                 const std::vector<int>& source)
    : from_width_(from_width), to_width_(to_width), missing_(to_width) {
  missing_row(to, missing_.data());
  for (std::size_t i = 0; i < to.size(); ++i) {
    if (source[i] < 0) {
      adds_ = true;
    } else {
      plan(from[source[i]], to[i]);
    }
  }
}

void RowPlan::plan(const Variable& from, const Variable& to) {
  const bool same = from.type == to.type;
  const std::size_t bytes = same ? to.type.bytes() : 0;
  if (same && !steps_.empty()) {
    Step& last = steps_.back();
    const bool adjacent = last.bytes > 0 && last.from + last.bytes == from.offset &&
                          last.to + last.bytes == to.offset;
    if (adjacent) {
      last.bytes += bytes;
      return;
    }
  }
  steps_.push_back({from.offset, to.offset, from.type, to.type, bytes});
}

void RowPlan::row(const std::byte* from, std::byte* to, StrlHeap* strl) const {
  if (adds_) std::memcpy(to, missing_.data(), to_width_);
  for (const Step& step : steps_) {
    if (step.bytes > 0) {
      copy_bytes(to + step.to, from + step.from, step.bytes);
    } else if (step.to_type.is_numeric()) {
      store_number(to + step.to, step.to_type.storage,
                   load_number(from + step.from, step.from_type.storage));
    } else {
      convert_text(from + step.from, step.from_type, to + step.to, step.to_type, strl);
    }
  }
}

// Where rows grow, the last is moved first, else the first: a row then only covers rows
// that have been moved already, and itself, which has been copied aside.
void RowPlan::run(std::byte* cells, std::int64_t rows, StrlHeap* strl) const {
  std::vector<std::byte> aside(from_width_);
  const bool grows = to_width_ > from_width_;
  for (std::int64_t i = 0; i < rows; ++i) {
    const auto r = static_cast<std::size_t>(grows ? rows - 1 - i : i);
    if (from_width_ > 0) std::memcpy(aside.data(), cells + r * from_width_, from_width_);
    row(aside.data(), cells + r * to_width_, strl);
  }
}

}  // namespace adohost
