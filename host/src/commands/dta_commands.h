// The commands on .dta files ([D] use, save, append, merge ...). The functions named
// run_* are rows of the table in dta_commands.cc.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "data/dataset.h"
#include "dta/read_dta.h"
#include "lang/command_line.h"
#include "lang/session.h"

namespace adohost {

/// A file that is open, and what it says before its observations.
struct OpenedDta {
  std::string name;  // as messages and c(filename) show it
  DtaInput input;
  DtaFile file;
};
/// Opens the file that was typed, with .dta where it has no extension. Throws 601, 603,
/// 610, 612, 688, and 631 for an address of the web.
OpenedDta open_dta(const std::string& typed);

/// The variables of a file that `text` names, all of them where it names none: in full or
/// with wildcards, without ranges (describe using, append's keep()).
std::vector<int> variables_of_file(const Dataset& data, std::string_view text);

/// The positions in ascending order, each once.
std::vector<int> sorted_once(std::vector<int> positions);

/// Prints `(label)` where there is one.
void show_data_label(Session& session, const Dataset& data);
/// Says which variables could not be had, where there are such.
void show_aliases(Session& session, const DtaFile& file);
/// Throws 4 where the data in memory have changed and may not be lost.
void require_saved(const Session& session);

void run_use(Session& session, const CommandLine& line);
void run_save(Session& session, const CommandLine& line);
void run_saveold(Session& session, const CommandLine& line);
void run_append(Session& session, const CommandLine& line);
void run_merge(Session& session, const CommandLine& line);
void run_joinby(Session& session, const CommandLine& line);
void run_cf(Session& session, const CommandLine& line);

}  // namespace adohost
