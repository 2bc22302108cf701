#include <array>
#include <string>
#include <unordered_map>

#include "base/text.h"
#include "lang/command.h"

namespace adohost {

namespace {

std::array<std::span<const Command>, 17> families() {
  return {macro_commands(),     language_commands(), program_commands(),
          result_commands(),    set_commands(),      log_commands(),
          argument_commands(),  file_commands(),     expression_commands(),
          matrix_commands(),    data_commands(),     dta_commands(),
          frame_commands(),     plugin_commands(),   report_commands(),
          statistic_commands(), net_commands()};
}

using Index = std::unordered_map<std::string, const Command*>;

/// Every word that is a command: a full name wins over an abbreviation, and of two
/// commands with the same abbreviation the one with the shorter minimum has it.
Index make_index() {
  Index index;
  for (const auto family : families()) {
    for (const Command& row : family) {
      for (std::size_t n = row.minimum; n < row.name.size(); ++n) {
        const auto [it, fresh] =
            index.try_emplace(std::string(row.name.substr(0, n)), &row);
        if (!fresh && row.minimum < it->second->minimum) it->second = &row;
      }
    }
  }
  for (const auto family : families()) {
    for (const Command& row : family) index[std::string(row.name)] = &row;
  }
  return index;
}

}  // namespace

const Command* find_command(std::string_view word) {
  static const Index index = make_index();
  const auto it = index.find(std::string(word));
  return it == index.end() ? nullptr : it->second;
}

}  // namespace adohost
