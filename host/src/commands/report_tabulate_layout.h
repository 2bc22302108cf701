// The tables of `tabulate` from labels and counts alone ([R] tabulate oneway, twoway).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace adohost {

struct OneWayTable {
  std::string heading;  // the variable's label, or its name
  std::vector<std::string> labels;
  std::vector<double> counts;   // one per label
  std::size_t label_width = 0;  // of the widest label, or of the string variable
};

std::string one_way_text(const OneWayTable& table);

struct TwoWayTable {
  std::string row_heading, column_heading;
  std::vector<std::string> row_labels, column_labels;
  std::vector<double> counts;  // row by row
  std::size_t row_label_width = 0;
  bool frequencies = true, rows = false, columns = false, cells = false;
  std::size_t linesize = 79;

  double count(std::size_t r, std::size_t c) const {
    return counts[r * column_labels.size() + c];
  }
  /// Lines that each cell takes.
  int contents() const { return frequencies + rows + columns + cells; }
};

/// The box that names what a cell shows.
std::string two_way_key(const TwoWayTable& table);
/// The table, in as many panels of columns as the line makes necessary.
std::string two_way_text(const TwoWayTable& table);
/// "          Pearson chi2(4) =  27.2640   Pr = 0.000".
std::string pearson_text(double df, double chi2, double p);

}  // namespace adohost
