// The functions behind file_commands(), one file per kind. Not for anyone else.
#pragma once

#include "lang/command.h"

namespace adohost {

void run_file(Session& session, const CommandLine& line);  // file open|read|write ...

void file_write(Session& session, const std::string& handle, std::string_view specs);
void file_read(Session& session, const std::string& handle, std::string_view specs);

void run_timer(Session& session, const CommandLine& line);

}  // namespace adohost
