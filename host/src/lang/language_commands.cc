#include "commands/command.h"

namespace adohost {

std::span<const Command> language_commands() { return {}; }

}  // namespace adohost
