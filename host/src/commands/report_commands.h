// The functions behind the rows of report_commands(), one file each.
#pragma once

#include "lang/command_line.h"
#include "lang/session.h"

namespace adohost {

void report_summarize(Session& session, const CommandLine& line);
void report_list(Session& session, const CommandLine& line);
void report_describe(Session& session, const CommandLine& line);
void report_tabulate(Session& session, const CommandLine& line);
void report_tab1(Session& session, const CommandLine& line);

}  // namespace adohost
