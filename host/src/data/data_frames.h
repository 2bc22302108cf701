// The data sets in memory by name ([D] frames intro). The current one lies where the
// session keeps its data; the others are kept here. To change frames is to swap two data
// sets, whatever their size.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "data/dataset.h"

namespace adohost {

class DataFrames {
 public:
  /// `data` is and stays the place of the current frame, whose name is `default`.
  explicit DataFrames(Dataset& data) : data_(data) {}

  const std::string& current() const { return current_; }
  bool has(std::string_view name) const;
  std::vector<std::string> names() const;  // sorted
  /// Throws 111 "frame x not found".
  Dataset& at(std::string_view name);

  /// Throws 198 where `name` is no name, 110 where there is such a frame.
  void create(std::string_view name, Dataset data = {});
  /// Throws 111.
  void change(std::string_view name);
  /// Throws 111, and 110 and 198 as create does.
  void rename(std::string_view from, std::string_view to);
  /// Throws 111, and 110 for the current frame.
  void drop(std::string_view name);
  /// One empty frame `default` is left.
  void reset();

 private:
  Dataset& data_;
  std::string current_ = "default";
  std::map<std::string, Dataset, std::less<>> others_;
};

/// Makes a frame the current one until the scope ends; then the one before is again,
/// where it is still there.
class DataFrameScope {
 public:
  DataFrameScope(DataFrames& frames, std::string_view name)
      : frames_(frames), before_(frames.current()) {
    frames.change(name);
  }
  ~DataFrameScope() {
    if (frames_.has(before_)) frames_.change(before_);
  }
  DataFrameScope(const DataFrameScope&) = delete;
  DataFrameScope& operator=(const DataFrameScope&) = delete;

 private:
  DataFrames& frames_;
  std::string before_;
};

}  // namespace adohost
