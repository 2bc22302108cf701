#include "commands/dta_commands.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "data/varlist.h"
#include "lang/command.h"
#include "lang/file_names.h"
#include "lang/system_directories.h"

namespace adohost {

OpenedDta open_dta(const std::string& typed) {
  for (const std::string_view scheme : {"http://", "https://", "ftp://"}) {
    if (typed.starts_with(scheme)) {
      throw StataError(631, "adohost does not reach the network: " + typed);
    }
  }
  const std::string name = with_extension(typed, ".dta");
  DtaInput input = DtaInput::open(expand_home(name), name);
  DtaFile file = read_dta_file(input);
  return {name, std::move(input), std::move(file)};
}

std::vector<int> sorted_once(std::vector<int> positions) {
  std::sort(positions.begin(), positions.end());
  positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
  return positions;
}

std::vector<int> variables_of_file(const Dataset& data, std::string_view text) {
  VarlistRules rules;
  rules.abbreviate = false;
  for (const std::string& word : split_blank(text)) {
    if (word.find('-') != std::string::npos) {
      throw StataError(198, word + " invalid name");
    }
  }
  const bool all = trim(text).empty();
  return all && data.nvar() == 0 ? std::vector<int>{}
                                 : parse_varlist(data, all ? "_all" : text, rules);
}

void show_data_label(Session& session, const Dataset& data) {
  if (!data.data_label.empty()) session.out.line("(" + data.data_label + ")");
}

void show_aliases(Session& session, const DtaFile& file) {
  for (const std::string& name : file.aliases) {
    session.out.line("(alias variable " + name + " has no values outside its frame)");
  }
}

void require_saved(const Session& session) {
  if (!session.data.changed || session.data.nvar() == 0) return;
  throw StataError(4, "no; dataset in memory has changed since last saved");
}

namespace {

/// The data that come with Stata, or lie on its web site, are not here.
void run_sysuse(Session&, const CommandLine& line) {
  throw StataError(601, "file \"" + with_extension(only_path(line.anything), ".dta") +
                            "\" not found\n    adohost does not have the datasets that "
                            "come with Stata");
}

void run_webuse(Session&, const CommandLine& line) {
  throw StataError(
      631, "adohost does not reach the network: webuse " + std::string(line.anything));
}

constexpr Command kCommands[] = {
    {"append", 3, run_append}, {"cf", 2, run_cf},     {"joinby", 6, run_joinby},
    {"merge", 3, run_merge},   {"save", 2, run_save}, {"saveold", 7, run_saveold},
    {"sysuse", 6, run_sysuse}, {"use", 1, run_use},   {"webuse", 6, run_webuse},
};

}  // namespace

std::span<const Command> dta_commands() {
  return kCommands;
}

}  // namespace adohost
