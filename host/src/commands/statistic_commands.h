// The functions behind the rows of statistic_commands().
#pragma once

#include "lang/command_line.h"
#include "lang/session.h"

namespace adohost {

void run_collapse(Session& session, const CommandLine& line);

}  // namespace adohost
