// The functions behind the rows of statistic_commands().
#pragma once

#include "lang/command_line.h"
#include "lang/session.h"

namespace adohost {

void run_regress(Session& session, const CommandLine& line);
void run_predict(Session& session, const CommandLine& line);
void run_collapse(Session& session, const CommandLine& line);

}  // namespace adohost
