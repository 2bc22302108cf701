#include "commands/command.h"

namespace adohost {

std::span<const Command> file_commands() { return {}; }

}  // namespace adohost
