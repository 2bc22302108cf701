#include "commands/report_commands.h"

#include <array>

#include "lang/command.h"

namespace adohost {

std::span<const Command> report_commands() {
  static constexpr std::array kTable{
      Command{"describe", 1, report_describe},
      Command{"list", 1, report_list, Split::standard, ByMode::repeat},
      Command{"summarize", 2, report_summarize, Split::standard, ByMode::repeat},
      Command{"tab1", 4, report_tab1, Split::standard, ByMode::repeat},
      Command{"tabulate", 2, report_tabulate, Split::standard, ByMode::repeat},
  };
  return kTable;
}

}  // namespace adohost
