// The functions behind argument_commands(), one file per kind. Not for anyone else.
#pragma once

#include "lang/command.h"

namespace adohost {

void run_confirm(Session& session, const CommandLine& line);

void run_mark(Session& session, const CommandLine& line);
void run_marksample(Session& session, const CommandLine& line);
void run_markout(Session& session, const CommandLine& line);

void run_unab(Session& session, const CommandLine& line);
void run_numlist(Session& session, const CommandLine& line);
void run_levelsof(Session& session, const CommandLine& line);

}  // namespace adohost
