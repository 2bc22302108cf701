// What reshape asks for, and the steps that both directions share.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "commands/reshape_report.h"
#include "data/dataset.h"
#include "lang/command_line.h"
#include "lang/session.h"

namespace adohost {

struct ReshapeRequest {
  std::vector<std::string> stubs;
  std::vector<std::string> i;
  std::string j;
  bool texts = false;  // option string: the values of j are texts
};

/// The request as typed, or the last one where none was.
ReshapeRequest parse_reshape(Session& session, const CommandLine& line,
                             std::string_view typed);

/// The name of the variable that stands for `stub` where j is `value`; `@` says where it
/// goes.
std::string wide_name(const std::string& stub, const std::string& value);
std::string long_name(const std::string& stub);
/// The same for all values.
std::vector<std::string> wide_names(const std::string& stub,
                                    const std::vector<std::string>& values);

/// Values of j in order: as numbers, or as texts.
std::vector<std::string> sorted_values(const std::set<std::string>& values, bool texts);

/// Throws 111.
std::vector<int> positions(const Dataset& data, const std::vector<std::string>& names);

/// Puts `made` in the place of the data, remembers the request and prints the report.
void finish_reshape(Session& session, Dataset made, const ReshapeRequest& request,
                    ReshapeReport report);

void reshape_long(Session& session, const ReshapeRequest& request);
void reshape_wide(Session& session, const ReshapeRequest& request);

}  // namespace adohost
