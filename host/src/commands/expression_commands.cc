#include "commands/expression_family.h"
#include "lang/command.h"

namespace adohost {

namespace {

constexpr Command kCommands[] = {
    {"display", 2, run_display, Split::verbatim, ByMode::repeat},
    {"scalar", 3, run_scalar, Split::verbatim},
    {"generate", 1, run_generate, Split::standard, ByMode::whole},
    {"egen", 4, run_egen, Split::standard, ByMode::whole},
    {"replace", 7, run_replace, Split::standard, ByMode::whole},
    {"count", 3, run_count, Split::standard, ByMode::repeat},
    {"assert", 6, run_assert, Split::standard, ByMode::repeat},
};

}  // namespace

std::span<const Command> expression_commands() {
  return kCommands;
}

}  // namespace adohost
