#include "data/row_copier.h"

#include <cstring>

namespace adohost {

RowCopier::RowCopier(const Dataset& from, Dataset& to,
                     const std::vector<std::pair<int, int>>& columns)
    : from_(from), to_(to) {
  for (const auto& [f, t] : columns) {
    const Variable &source = from.variable(f), &target = to.variable(t);
    Way way = Way::text;
    if (source.type.is_numeric()) {
      way = source.type == target.type ? Way::bytes : Way::number;
    } else if (source.type.storage == Storage::strl &&
               target.type.storage == Storage::strl) {
      way = Way::strl;
    } else if (source.type == target.type) {
      way = Way::bytes;
    }
    steps_.push_back({f, t, source.offset, target.offset, source.type, target.type, way});
  }
}

void RowCopier::copy(std::int64_t from_obs, std::int64_t to_obs) {
  for (const Step& step : steps_) run(step, from_obs, to_obs);
}

void RowCopier::copy_cell(std::size_t i, std::int64_t from_obs, std::int64_t to_obs) {
  run(steps_[i], from_obs, to_obs);
}

void RowCopier::run(const Step& step, std::int64_t from_obs, std::int64_t to_obs) {
  const std::byte* from = from_.row(from_obs) + step.from;
  std::byte* to = to_.row(to_obs) + step.to;
  switch (step.way) {
    case Way::bytes:
      std::memcpy(to, from, step.to_type.bytes());
      return;
    case Way::number:
      store_number(to, step.to_type.storage, load_number(from, step.from_type.storage));
      return;
    case Way::text:
      to_.set_text(step.to_variable, to_obs, from_.text(step.from_variable, from_obs));
      return;
    case Way::strl:
      to_.set_strl_handle(step.to_variable, to_obs,
                          shared_text(detail::read<StrlHeap::Handle>(from)));
  }
}

StrlHeap::Handle RowCopier::shared_text(StrlHeap::Handle handle) {
  if (handle == 0) return 0;
  if (copied_.size() <= handle) copied_.resize(handle + 1 + handle / 2);
  if (copied_[handle] == 0) {
    const StrlHeap& texts = from_.strl_texts();
    copied_[handle] = to_.strl_texts().add(texts.bytes(handle), texts.is_binary(handle));
  }
  return copied_[handle];
}

}  // namespace adohost
