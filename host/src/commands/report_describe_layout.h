// What `describe` prints, from names and numbers alone ([D] describe, the layout of Stata
// 17 and later).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace adohost {

struct DescribedVariable {
  std::string name, type, format, value_label, label;
  bool has_notes = false;
};

struct DescribedData {
  std::string filename, label, timestamp;
  double observations = 0, variables = 0, width = 0;
  bool has_notes = false;
};

/// "Contains data from ..." and the counts.
std::string describe_contents(const DescribedData& data, bool with_width);
/// The same of a file that is not in memory: its label stands on the first line.
std::string describe_file_contents(const DescribedData& data);
/// The two lines of headings and the rule below.
std::string describe_heading(std::size_t linesize);
/// One variable; its label runs on over as many lines as it needs. A name of more than 15
/// characters is abbreviated, or stands on a line of its own where `full_names`.
std::string describe_variable(const DescribedVariable& variable, std::size_t linesize,
                              bool full_names);
std::string describe_sorted_by(const std::vector<std::string>& names, bool changed);
/// Names in columns, filled downwards.
std::string describe_names(const std::vector<std::string>& names, std::size_t linesize);

}  // namespace adohost
