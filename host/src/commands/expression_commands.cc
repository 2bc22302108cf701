#include "commands/command.h"

namespace adohost {

std::span<const Command> expression_commands() { return {}; }

}  // namespace adohost
