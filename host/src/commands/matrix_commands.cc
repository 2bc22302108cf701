#include "commands/command.h"

namespace adohost {

std::span<const Command> matrix_commands() {
  return {};
}

}  // namespace adohost
