// The place of each labelled value among the labels, found at once.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace stata_pydata::dta {

class LabelPlaces {
 public:
  static constexpr std::int32_t kNone = -1;

  LabelPlaces() = default;
  /// `values` ascend: value i has place i.
  explicit LabelPlaces(const std::vector<std::int32_t>& values) {
    if (values.empty()) return;
    low_ = values.front();
    const std::int64_t span = std::int64_t{values.back()} - low_ + 1;
    if (span > kMostSpan) {
      for (std::size_t i = 0; i < values.size(); ++i)
        apart_.emplace(values[i], static_cast<std::int32_t>(i));
      return;
    }
    close_.assign(static_cast<std::size_t>(span), kNone);
    for (std::size_t i = 0; i < values.size(); ++i)
      close_[static_cast<std::size_t>(std::int64_t{values[i]} - low_)] =
          static_cast<std::int32_t>(i);
  }

  /// kNone where the value has no label.
  std::int32_t find(std::int32_t value) const noexcept {
    const std::int64_t at = std::int64_t{value} - low_;
    if (at >= 0 && at < static_cast<std::int64_t>(close_.size()))
      return close_[static_cast<std::size_t>(at)];
    const auto found = apart_.find(value);
    return found == apart_.end() ? kNone : found->second;
  }

 private:
  static constexpr std::int64_t kMostSpan = 1 << 18;

  std::int64_t low_ = 0;
  std::vector<std::int32_t> close_;                       // values near each other
  std::unordered_map<std::int32_t, std::int32_t> apart_;  // else
};

}  // namespace stata_pydata::dta
