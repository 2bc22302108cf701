#include <array>
#include <string_view>

#include "commands.h"
#include "segment_plan.h"

namespace stata_pydata {
namespace {

constexpr int kInvalidSyntax = 198;

int version_command(const Stata& stata, const Words&) {
  stata.set_local("version", STATA_PYDATA_VERSION);
  return 0;
}

struct Row {
  std::string_view word;
  int (*run)(const Stata&, const Words&);
};

constexpr std::array<Row, 5> kCommands{{{"version", version_command},
                                        {"scan", scan_command},
                                        {"fill", fill_command},
                                        {"remove", remove_command},
                                        {"probe", probe_command}}};

}  // namespace

int run_command(const Stata& stata, const Words& words) {
  if (words.empty())
    throw Refusal(kInvalidSyntax, "the plugin was called without a command");
  for (const Row& row : kCommands) {
    if (row.word == words[0])
      return row.run(stata, Words(words.begin() + 1, words.end()));
  }
  throw Refusal(kInvalidSyntax, "the plugin has no command " + words[0]);
}

}  // namespace stata_pydata
