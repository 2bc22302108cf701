// What `summarize` prints, from numbers alone ([R] summarize): the table of one line per
// variable (79 columns wide with analytic or importance weights) and the detailed block.
#pragma once

#include <string>
#include <string_view>

#include "commands/report_moments.h"

namespace adohost {

struct SummaryLine {
  std::string name;
  double obs = 0;
  double weight = 0;  // shown in the wide layout only
  double mean = 0, sd = 0, minimum = 0, maximum = 0;
  std::string format = "%9.0g";
};

std::string summary_header(bool wide);
std::string summary_rule(bool wide);
/// One variable; no more than the name and a zero where there are no observations.
std::string summary_line(const SummaryLine& line, bool wide);

struct DetailBlock {
  std::string title;
  Detail detail;
  double obs = 0, weight = 0, mean = 0, sd = 0, variance = 0;
  std::string format = "%9.0g";
};

/// Title and rule, then the figures or "no observations"; every line ends with a newline.
std::string detail_block(const DetailBlock& block);

}  // namespace adohost
