// What regress was asked for, and the observations that it runs on. Internal to regress.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "commands/data_commands.h"
#include "commands/least_squares.h"
#include "commands/report_columns.h"
#include "commands/statistic_commands.h"
#include "expr/sample.h"

namespace adohost {

struct RegressRequest {
  int y = 0;
  std::vector<int> x;
  bool constant = true, robust = false, beta = false;
  std::optional<int> cluster;
  double level = 95;
};

double level_option(const Session& session, const Options& options);

RegressRequest parse_regress_request(Session& session, const CommandLine& line,
                                     const Options& options);

/// The complete observations of the sample, which are marked in `used`.
RegressionData gather_regression_data(Session& session, const RegressRequest& request,
                                      const Sample& sample, const Weights& weights,
                                      std::vector<std::uint8_t>& used);

}  // namespace adohost
