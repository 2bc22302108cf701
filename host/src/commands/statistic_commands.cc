#include "commands/statistic_commands.h"

#include "lang/command.h"

namespace adohost {
namespace {

constexpr Command kCommands[] = {
    {"collapse", 8, run_collapse},
    {"predict", 4, run_predict},
    {"regress", 3, run_regress, Split::standard, ByMode::repeat},
};

}  // namespace

std::span<const Command> statistic_commands() {
  return kCommands;
}

}  // namespace adohost
