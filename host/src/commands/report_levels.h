// The distinct values of a variable, numbered in the order in which they come and sorted
// at the end: what a frequency table counts by.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "data/dataset.h"

namespace adohost {

class Levels {
 public:
  /// More than `most` values are an error 134.
  Levels(const Dataset& data, int variable, std::size_t most);

  /// Number of the value of `obs`, from 0 in the order of appearance.
  std::size_t code(std::int64_t obs);
  bool is_missing(std::int64_t obs) const;
  std::size_t size() const { return numbers_.size() + texts_.size(); }

  /// Codes in ascending order of their values (missing values last, `.` before `.a`).
  std::vector<std::size_t> ascending() const;
  /// What stands for each code: value label, formatted number or text.
  std::vector<std::string> labels(bool use_value_labels) const;
  /// The numeric value of each code. REQUIRES: the variable is numeric.
  std::vector<double> values() const;

  /// The heading of a table: the variable's label, or its name.
  std::string heading() const;
  /// Characters that the widest label of the variable takes, whether it occurs or not;
  /// for a str# variable its width.
  std::size_t label_width(bool use_value_labels) const;
  int variable() const { return variable_; }

 private:
  std::size_t fresh_code() const;

  const Dataset& data_;
  int variable_;
  std::size_t most_;
  bool is_string_;
  std::map<double, std::size_t> numbers_;
  std::map<std::string, std::size_t, std::less<>> texts_;
};

}  // namespace adohost
