// do-files and the interactive session: reading statements, showing them, reporting
// errors.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace adohost {

class Session;

/// `do`, `run` and `include`: the path with `.do` added where it has no extension.
std::string do_file_path(const std::string& name);

/// Runs the lines of a file in the frame that is on top. Prints the echo (where `echo`),
/// messages, `r(#);` and `end of do-file`; returns the return code.
int run_lines(Session& session, const std::string& path, bool echo);

}  // namespace adohost
