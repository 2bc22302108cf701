#include "dta/strl_plan.h"

#include <cstring>

namespace adohost {

std::uint64_t stored_length(const StrlHeap& heap, StrlHeap::Handle handle) {
  return heap.bytes(handle).size() + (heap.is_binary(handle) ? 0 : 1);
}

StrlPlan::StrlPlan(const Dataset& data, const DtaRelease& release) : release_(release) {
  std::vector<std::uint32_t> numbers;
  for (int v = 0; v < data.nvar(); ++v) {
    if (data.variable(v).type.storage != Storage::strl) continue;
    variables_.push_back(data.variable(v).offset);
    numbers.push_back(static_cast<std::uint32_t>(v + 1));
  }
  const StrlHeap& heap = data.strl_texts();
  const std::uint64_t head = 3 + 4 + release.gso_o + 1 + 4;
  for (std::int64_t i = 0; i < data.nobs(); ++i) {
    for (std::size_t k = 0; k < variables_.size(); ++k) {
      const auto handle = detail::read<StrlHeap::Handle>(data.row(i) + variables_[k]);
      if (handle == 0) continue;
      if (owner_.size() <= handle) owner_.resize(handle + 1 + handle / 2);
      if (owner_[handle] != 0) continue;
      texts_.push_back({handle, static_cast<std::uint64_t>(i + 1), numbers[k]});
      owner_[handle] = texts_.size();
      list_bytes_ += head + stored_length(heap, handle);
    }
  }
}

void StrlPlan::rewrite_row(std::byte* row) const {
  for (const std::size_t offset : variables_) {
    std::byte* cell = row + offset;
    const auto handle = detail::read<StrlHeap::Handle>(cell);
    if (handle == 0) continue;
    const Owned& text = texts_[owner_[handle] - 1];
    const std::size_t v = release_.strl_v;
    std::memcpy(cell, &text.variable, v);
    std::memcpy(cell + v, &text.obs, 8 - v);
  }
}

}  // namespace adohost
