// The commands of the expression family, each in its own expression_commands_*.cc.
#pragma once

#include "lang/command_line.h"
#include "lang/session.h"

namespace adohost {

void run_display(Session& session, const CommandLine& line);
void run_scalar(Session& session, const CommandLine& line);
void run_generate(Session& session, const CommandLine& line);
void run_egen(Session& session, const CommandLine& line);
void run_replace(Session& session, const CommandLine& line);
void run_count(Session& session, const CommandLine& line);
void run_assert(Session& session, const CommandLine& line);

}  // namespace adohost
