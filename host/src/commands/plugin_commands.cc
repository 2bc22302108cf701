#include "commands/command.h"

namespace adohost {

std::span<const Command> plugin_commands() { return {}; }

}  // namespace adohost
