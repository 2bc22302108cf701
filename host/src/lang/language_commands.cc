// Running programs and do-files: program, do, run, include, error ([P] program, [R] do).
#include <filesystem>
#include <string>

#include "base/error.h"
#include "base/text.h"
#include "lang/command.h"
#include "lang/do_file.h"
#include "lang/interpreter_state.h"
#include "lang/system_directories.h"
#include "lang/tokens.h"
#include "plugin/plugins.h"

namespace adohost {

namespace {

/// The path at the start of `filename [arguments]`, which it is taken off.
std::string take_do_file(std::string_view& rest) {
  rest = trim(rest);
  if (rest.empty()) throw StataError(198, "invalid file specification");
  const std::string path = do_file_path(expand_home(strip_quotes(take_piece(rest))));
  if (!std::filesystem::is_regular_file(path)) {
    throw StataError(601, "file " + path + " not found");
  }
  return path;
}

void run_file(Session& session, std::string_view rest, bool echo) {
  const std::string path = take_do_file(rest);
  if (echo) session.out.print("\n");
  const FrameScope scope(session, Frame{});
  set_positional_macros(session, rest);
  const int rc = run_lines(session, path, echo);
  if (rc != 0) throw StataError(rc, "");
}

void run_do(Session& session, const CommandLine& line) {
  run_file(session, line.rest, session.out.loudness() == Loudness::loud);
}

void run_run(Session& session, const CommandLine& line) {
  const bool captured = session.out.loudness() == Loudness::captured;
  const LoudnessScope scope(session.out, captured ? Loudness::captured : Loudness::quiet);
  run_file(session, line.rest, false);
}

/// `include` runs in the frame of its caller: it shares the local macros.
void run_include(Session& session, const CommandLine& line) {
  std::string_view rest = line.rest;
  const std::string path = take_do_file(rest);
  session.out.print("\n");
  const int rc = run_lines(session, path, session.out.loudness() == Loudness::loud);
  if (rc != 0) throw StataError(rc, "");
}

constexpr Command kCommands[] = {
    {"do", 2, run_do, Split::verbatim},
    {"run", 2, run_run, Split::verbatim},
    {"include", 3, run_include, Split::verbatim},
};

}  // namespace

std::span<const Command> language_commands() {
  return kCommands;
}

}  // namespace adohost
