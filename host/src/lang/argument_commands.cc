#include "commands/command.h"

namespace adohost {

std::span<const Command> argument_commands() { return {}; }

}  // namespace adohost
