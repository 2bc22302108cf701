// Rows of net_commands() that have a file of their own.
#pragma once

#include <string>

#include "commands/report_layout.h"
#include "lang/command_line.h"
#include "lang/session.h"

namespace adohost {

/// ado dir, describe, uninstall.
void run_ado(Session& session, const CommandLine& line);

/// A rule across the line.
inline std::string line_of_dashes(const Session& session) {
  return dashes(static_cast<std::size_t>(session.out.linesize()));
}

}  // namespace adohost
