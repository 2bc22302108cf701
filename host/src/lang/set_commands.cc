// set, and what clears or leaves the session: clear, sleep, shell, more, pause ([R] set,
// [D] clear, [P] sleep, [D] shell).
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <thread>

#include "base/error.h"
#include "base/text.h"
#include "commands/data_commands.h"
#include "expr/expression.h"
#include "expr/random.h"
#include "format/format.h"
#include "lang/command.h"
#include "lang/interpreter_state.h"
#include "lang/program_commands.h"
#include "lang/runner.h"
#include "lang/tokens.h"
#include "lang/words.h"
#include "plugin/plugins.h"

namespace adohost {

namespace {

/// What stands behind the setting's name, in words; `, permanently` has been taken off.
using Words = std::vector<std::string>;

bool on_or_off(const Words& words) {
  if (words.size() != 1 || (words[0] != "on" && words[0] != "off")) fail_syntax();
  return words[0] == "on";
}

double number_within(Session& session, const Words& words, double low, double high) {
  if (words.empty()) fail_syntax();
  const double x = evaluate_number(session, joined(words));
  if (!(x >= low && x <= high)) {
    throw StataError(198, "value out of range: must be between " +
                              std::to_string(static_cast<long long>(low)) + " and " +
                              std::to_string(static_cast<long long>(high)));
  }
  return x;
}

void set_type(Session& session, const Words& words) {
  const auto type =
      words.size() == 1 ? VarType::parse(words[0]) : std::optional<VarType>();
  if (!type || type->storage == Storage::strl) fail_syntax();
  session.settings.default_type = *type;
}

void set_dp(Session& session, const Words& words) {
  if (words.size() != 1) fail_syntax();
  const bool comma = abbreviates(words[0], "comma", 3);
  if (!comma && !abbreviates(words[0], "period", 3)) fail_syntax();
  session.settings.dp_comma = comma;
  set_decimal_comma(comma);
}

void set_threads(Session& session, const Words& words) {
  if (words.size() != 1 || (words[0] != "strict" && words[0] != "real")) fail_syntax();
  session.settings.strict_threads = words[0] == "strict";
}

void set_trace(Session& session, const Words& words) {
  session.settings.trace = on_or_off(words);
}

/// Settings of Stata that change nothing that the host does: any value is taken.
void set_nothing(Session&, const Words& words) {
  if (words.empty()) fail_syntax();
}

struct Setting {
  std::string_view name;
  std::size_t minimum;
  void (*run)(Session&, const Words&);
};

constexpr std::array kSettings{
    Setting{"adohost_threads", 15, set_threads},
    Setting{"dp", 2, set_dp},
    Setting{"graphics", 1, set_nothing},
    Setting{"level", 3,
            [](Session& s, const Words& words) {
              s.settings.level = number_within(s, words, 10, 99.99);
            }},
    Setting{"linesize", 2,
            [](Session& s, const Words& words) {
              s.out.set_linesize(static_cast<int>(number_within(s, words, 40, 255)));
            }},
    Setting{"matsize", 3, set_nothing},
    Setting{"max_memory", 10, set_nothing},
    Setting{"maxvar", 4,
            [](Session& s, const Words& words) {
              s.settings.maxvar = static_cast<int>(number_within(s, words, 2048, 120000));
            }},
    Setting{"min_memory", 10, set_nothing},
    Setting{"more", 2,
            [](Session& s, const Words& words) { s.settings.more = on_or_off(words); }},
    Setting{"niceness", 4, set_nothing},
    Setting{"obs", 3, [](Session& s, const Words& words) { set_obs(s, joined(words)); }},
    Setting{"output", 1, set_nothing},
    Setting{"pagesize", 2, set_nothing},
    Setting{"processors", 4,
            [](Session& s, const Words& words) {
              s.settings.processors = static_cast<int>(number_within(s, words, 1, 64));
            }},
    Setting{"rmsg", 1, set_nothing},
    Setting{"scheme", 6, set_nothing},
    Setting{"seed", 4,
            [](Session& s, const Words& words) { set_seed(s, joined(words)); }},
    Setting{"segmentsize", 11, set_nothing},
    Setting{"sortseed", 8, set_nothing},
    Setting{"trace", 2, set_trace},
    Setting{"tracedepth", 6, set_nothing},
    Setting{"type", 2, set_type},
    Setting{"varabbrev", 6, [](Session& s, const Words& words) {
              s.settings.varabbrev = on_or_off(words);
            }}};

void run_set(Session& session, const CommandLine& line) {
  const CommandLine parts = split_command("set", line.rest);
  const Options options = parse_options(parts.options, {{"permanently", 4}});
  Words words = split_blank(parts.anything);
  if (words.empty()) fail_syntax();
  const std::string name = words[0];
  words.erase(words.begin());
  for (const Setting& setting : kSettings) {
    if (abbreviates(name, setting.name, setting.minimum)) {
      return setting.run(session, words);
    }
  }
  fail_syntax();
}

void clear_results(Session& session) {
  session.r.clear();
  session.e.clear();
  session.s.clear();
}

void clear_one(Session& session, const std::string& what) {
  if (what == "programs") {
    drop_all_programs(session);
  } else if (what == "results") {
    clear_results(session);
  } else if (what == "ado") {
    discard_ado_programs(session);
  } else if (what == "matrix") {
    session.matrices.clear();
  } else if (what == "frames") {
    session.frames.reset();
  } else if (what == "all" || what == "*") {
    session.frames.reset();
    clear_results(session);
    session.matrices.clear();
    session.scalars.clear();
    drop_all_programs(session);
  } else if (what != "mata" && what != "rngstream") {
    fail_syntax();
  }
}

void run_clear(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything);
  const auto words = split_blank(line.anything);
  if (words.empty()) return clear_data(session);
  if (words.size() > 1) fail_syntax();
  clear_one(session, words[0]);
}

void run_sleep(Session& session, const CommandLine& line) {
  const double milliseconds = evaluate_number(session, line.rest);
  if (!(milliseconds >= 0 && milliseconds < 1e9)) fail_syntax();
  session.out.flush();
  const auto end = std::chrono::steady_clock::now() +
                   std::chrono::microseconds(static_cast<long long>(milliseconds * 1000));
  for (auto now = std::chrono::steady_clock::now(); now < end;
       now = std::chrono::steady_clock::now()) {
    check_break(session);
    std::this_thread::sleep_for(
        std::min<std::chrono::nanoseconds>(end - now, std::chrono::milliseconds(50)));
  }
}

/// Runs the command through the shell of the system; what it prints is printed.
void run_shell(Session& session, const CommandLine& line) {
  session.out.flush();
  const std::string command = std::string(trim(line.rest)) + " 2>&1";
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) throw StataError(699, "could not start the shell");
  std::array<char, 4096> buffer;
  while (const std::size_t n = fread(buffer.data(), 1, buffer.size(), pipe)) {
    session.out.print(std::string_view(buffer.data(), n));
  }
  pclose(pipe);
}

/// `more` never waits here: a do-file has nobody at the keyboard.
void run_more(Session&, const CommandLine& line) {
  require_only(line, kAllowNothing);
}

void run_pause(Session&, const CommandLine& line) {
  if (line.anything != "on" && line.anything != "off") {
    throw StataError(199, "pause is not available: nobody is at the keyboard");
  }
}

void run_mata(Session&, const CommandLine&) {
  throw StataError(199, "Mata is not available in adohost");
}

void run_python(Session&, const CommandLine&) {
  throw StataError(199, "Python is not available inside adohost; use it beside it");
}

constexpr Command kCommands[] = {
    {"set", 3, run_set, Split::verbatim},
    {"clear", 5, run_clear},
    {"sleep", 5, run_sleep, Split::verbatim},
    {"shell", 2, run_shell, Split::verbatim},
    {"!", 1, run_shell, Split::verbatim},
    {"more", 4, run_more},
    {"pause", 5, run_pause},
    {"mata", 4, run_mata, Split::verbatim},
    {"python", 6, run_python, Split::verbatim},
};

}  // namespace

std::span<const Command> set_commands() {
  return kCommands;
}

}  // namespace adohost
