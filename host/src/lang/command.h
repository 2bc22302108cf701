// The table of commands. Adding a command is adding a row to a family's table and writing
// its function; the interpreter finds a command by its name or a legal abbreviation.
#pragma once

#include <span>
#include <string_view>

#include "base/error.h"
#include "lang/command_line.h"
#include "lang/session.h"

namespace adohost {

/// What `by:` in front of the command does.
enum class ByMode {
  none,    // r(190) request may not be combined with by
  repeat,  // called once per group, under a `-> x = 1` header
  whole,   // called once; walks session.by->groups itself (generate, replace, egen)
};

/// How the line is given to the function.
enum class Split {
  standard,  // CommandLine is filled in by split_command
  verbatim,  // only `command` and `rest` are
};

struct Command {
  std::string_view name;
  std::size_t
      minimum;  // shortest abbreviation ([U] 11.2); the whole length where none is
  void (*run)(Session&, const CommandLine&);
  Split split = Split::standard;
  ByMode by = ByMode::none;
};

/// One span per family, each defined in a file of commands/ (or lang/ for the language).
std::span<const Command> language_commands();    // do, run, include
std::span<const Command> program_commands();     // program, discard, which, adopath
std::span<const Command> result_commands();      // return, ereturn, sreturn, error
std::span<const Command> set_commands();         // set, clear, sleep, shell ...
std::span<const Command> macro_commands();       // local, global, macro, tempvar ...
std::span<const Command> log_commands();         // log
std::span<const Command> argument_commands();    // syntax, args, marksample, confirm
std::span<const Command> file_commands();        // cd, erase, copy, mkdir, file, findfile
std::span<const Command> expression_commands();  // display, scalar, generate, replace
std::span<const Command> matrix_commands();
std::span<const Command> data_commands();       // drop, keep, rename, order, sort, label
std::span<const Command> dta_commands();        // use, save, append, merge
std::span<const Command> frame_commands();      // frame, cwf, mkf, pwf
std::span<const Command> plugin_commands();     // plugin call
std::span<const Command> net_commands();        // net, ado
std::span<const Command> statistic_commands();  // collapse, regress, predict
std::span<const Command> report_commands();     // summarize, list, describe, tabulate

/// The command that `word` names or abbreviates, or nullptr.
const Command* find_command(std::string_view word);

}  // namespace adohost
