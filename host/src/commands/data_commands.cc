#include "commands/command.h"

namespace adohost {

std::span<const Command> data_commands() { return {}; }

}  // namespace adohost
