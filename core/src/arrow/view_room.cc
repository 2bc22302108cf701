#include "arrow/view_room.h"

#include <algorithm>
#include <cstring>

namespace stata_pydata::dta {
namespace {

constexpr std::int64_t kLeastBuffer = std::int64_t{64} << 10;
constexpr std::int64_t kUsualBuffer = std::int64_t{8} << 20;

}  // namespace

TextRoom::Place ViewRoom::take(std::int64_t bytes) {
  const std::lock_guard lock(mutex_);
  if (buffers_.empty() || sizes_.back() - used_ < bytes) {
    const std::int64_t twice = buffers_.empty() ? kLeastBuffer : 2 * sizes_.back();
    const std::int64_t size = std::max(bytes, std::min(twice, kUsualBuffer));
    buffers_.emplace_back(size);
    sizes_.push_back(size);
    used_ = 0;
  }
  const Place place{buffers_.back().as<char>() + used_,
                    static_cast<std::int32_t>(buffers_.size() - 1),
                    static_cast<std::int32_t>(used_)};
  used_ += bytes;
  return place;
}

void ViewRoom::move_to(std::vector<ArrowBuffer>& buffers) {
  const auto bytes = static_cast<std::int64_t>(sizes_.size() * sizeof(std::int64_t));
  ArrowBuffer sizes(bytes);
  if (bytes > 0)
    std::memcpy(sizes.data(), sizes_.data(), static_cast<std::size_t>(bytes));
  for (auto& buffer : buffers_) buffers.push_back(std::move(buffer));
  buffers.push_back(std::move(sizes));
}

}  // namespace stata_pydata::dta
