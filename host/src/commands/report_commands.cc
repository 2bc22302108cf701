#include "commands/command.h"

namespace adohost {

std::span<const Command> report_commands() { return {}; }

}  // namespace adohost
