// program drop, list, dir and plugin; discard, which, adopath ([P] program, [R] which,
// [P] sysdir).
#include "lang/program_commands.h"

#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "base/text.h"
#include "lang/command.h"
#include "lang/interpreter_state.h"
#include "lang/system_directories.h"
#include "lang/tokens.h"
#include "plugin/plugins.h"

namespace adohost {

namespace {

namespace fs = std::filesystem;

using ProgramTable = std::map<std::string, std::shared_ptr<Program>, std::less<>>;

[[noreturn]] void fail_program(const std::string& name) {
  throw StataError(111, name + " not found");
}

/// The tables that the running code sees, the private one first.
std::vector<ProgramTable*> visible_tables(Session& session) {
  auto& state = session.interpreter->state();
  std::vector<ProgramTable*> tables;
  if (state.frame().file) tables.push_back(&state.frame().file->programs);
  tables.push_back(&state.programs);
  return tables;
}

bool drop_one(Session& session, const std::string& name) {
  std::size_t dropped = 0;
  for (ProgramTable* table : visible_tables(session)) dropped += table->erase(name);
  if (dropped > 0) return true;
  if (!session.plugins->is_loaded(name)) return false;
  session.plugins->drop(name);
  return true;
}

void program_drop(Session& session, std::string_view rest) {
  const auto names = split_blank(rest);
  if (names.empty()) fail_syntax();
  for (const std::string& name : names) {
    if (name == "_all") {
      drop_all_programs(session);
    } else if (name == "_allado") {
      discard_ado_programs(session);
    } else if (!drop_one(session, name)) {
      fail_program(name);
    }
  }
}

void program_dir(Session& session) {
  const auto& state = session.interpreter->state();
  for (const auto& [name, program] : state.programs) {
    const bool ado = program->from_ado;
    std::size_t bytes = 0;
    for (const Line& line : program->lines) bytes += line.text.size() + 1;
    session.out.line((ado ? "  ado " : "      ") + pad_left(std::to_string(bytes), 9) +
                     "  " + name);
  }
  for (const std::string& name : session.plugins->names()) {
    session.out.line("   plugin        " + name);
  }
}

void list_one(Session& session, const std::string& name) {
  for (const ProgramTable* table : visible_tables(session)) {
    const auto it = table->find(name);
    if (it == table->end()) continue;
    session.out.line("");
    const Program& program = *it->second;
    session.out.line(program.name + (program.rclass ? ", rclass:" : ":"));
    int number = 0;
    for (const Line& line : program.lines) {
      if (line.text.empty()) continue;
      session.out.line(pad_left(std::to_string(++number), 3) + ". " + line.text);
    }
    return;
  }
  if (!session.plugins->is_loaded(name)) fail_program(name);
  session.out.line("program " + name + ", plugin");
}

void program_list(Session& session, std::string_view rest) {
  auto names = split_blank(rest);
  if (names.empty()) return program_dir(session);
  if (names[0] == "_all") {
    names.clear();
    for (const auto& row : session.interpreter->state().programs) {
      names.push_back(row.first);
    }
  }
  for (const std::string& name : names) list_one(session, name);
}

/// Where `program p, plugin using("x")` finds its file: along the ado-path, else as a
/// path.
std::string plugin_path(Session& session, const std::string& file) {
  const std::string found = session.interpreter->find_file(file);
  if (!found.empty()) return found;
  if (!fs::is_regular_file(file)) {
    throw StataError(601, "file " + file + " not found");
  }
  return file;
}

void program_plugin(Session& session, const std::string& name, const Options& options) {
  if (!is_name(name)) fail_syntax();
  for (const ProgramTable* table : visible_tables(session)) {
    if (table->contains(name)) {
      throw StataError(110, "program " + name + " already defined");
    }
  }
  if (session.plugins->is_loaded(name)) {
    throw StataError(110, "program " + name + " already defined");
  }
  const auto file = options.argument("using");
  const std::string wanted = file ? strip_quotes(*file) : name + ".plugin";
  session.plugins->load(name, plugin_path(session, wanted));
  auto& state = session.interpreter->state();
  state.private_plugins.erase(name);
  if (state.loading) state.private_plugins[name] = state.loading;
}

void run_program(Session& session, const CommandLine& line) {
  std::string_view rest = trim_left(line.rest);
  const std::string_view verb = rest.substr(0, word_length(rest));
  const std::string_view after = rest.substr(verb.size());
  if (verb == "drop") return program_drop(session, after);
  if (verb == "dir" || verb.empty()) return program_dir(session);
  if (abbreviates(verb, "list", 1)) return program_list(session, after);
  if (!after.empty() && abbreviates(verb, "define", 1)) rest = trim_left(after);
  const CommandLine parts = split_command("program", rest);
  require_only(parts, kAllowAnything | kAllowOptions);
  const Options options =
      parse_options(parts.options, {{"plugin", 4}, {"using", 5, true}});
  if (!options.has("plugin")) fail_syntax();
  program_plugin(session, parts.anything, options);
}

void run_discard(Session& session, const CommandLine& line) {
  require_only(line, kAllowNothing);
  discard_ado_programs(session);
  session.plugins->drop_all();
  session.r.clear();
  session.e.clear();
  session.s.clear();
}

void show_ado_header(Session& session, const std::string& path) {
  session.out.line(path);
  std::ifstream file(path);
  for (std::string text; std::getline(file, text);) {
    if (text.starts_with("*!")) session.out.line(text);
  }
}

void run_which(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything);
  const std::string& name = line.anything;
  if (name.empty() || split_blank(name).size() != 1) fail_syntax();
  if (const Command* command = find_command(name)) {
    session.out.line("built-in command:  " + std::string(command->name));
    return;
  }
  const bool has_extension = name.find('.') != std::string::npos;
  const std::string path =
      session.interpreter->find_file(has_extension ? name : name + ".ado");
  if (path.empty()) {
    throw StataError(111,
                     "command " + name + " not found as either built-in or ado-file");
  }
  show_ado_header(session, path);
}

void show_ado_path(Session& session) {
  int number = 0;
  for (const std::string& place : session.interpreter->state().ado_path) {
    const bool known = !system_directory(place).empty();
    const std::string codeword = known ? "(" + place + ")" : "";
    session.out.line("  [" + std::to_string(++number) + "]  " + pad_right(codeword, 12) +
                     "\"" + named_directory(place) + "\"");
  }
}

void run_adopath(Session& session, const CommandLine& line) {
  auto& path = session.interpreter->state().ado_path;
  std::string_view rest = trim(line.rest);
  if (rest.empty()) return show_ado_path(session);
  const std::size_t signs = std::min(rest.find_first_not_of("+-"), rest.size());
  const std::string_view sign = rest.substr(0, signs);
  const std::string place = ado_place(strip_quotes(rest.substr(signs)));
  const bool known = sign == "+" || sign == "++" || sign == "-";
  if (!known || place.empty()) fail_syntax();
  const auto number = to_integer(place);
  if (sign == "-" && number && *number >= 1 &&
      *number <= static_cast<long long>(path.size())) {
    path.erase(path.begin() + *number - 1);
  } else if (std::erase(path, place) == 0 && sign == "-") {
    throw StataError(111, place + " not found in ado-path");
  }
  if (sign == "++") path.insert(path.begin(), place);
  if (sign == "+") path.push_back(place);
  show_ado_path(session);
}

constexpr Command kCommands[] = {
    {"program", 2, run_program, Split::verbatim},
    {"discard", 7, run_discard},
    {"which", 5, run_which},
    {"adopath", 7, run_adopath, Split::verbatim},
};

}  // namespace

void drop_all_programs(Session& session) {
  session.interpreter->state().programs.clear();
  session.plugins->drop_all();
}

void discard_ado_programs(Session& session) {
  auto& state = session.interpreter->state();
  std::erase_if(state.programs, [](const auto& row) { return row.second->from_ado; });
  state.ado_files.clear();
}

std::span<const Command> program_commands() {
  return kCommands;
}

}  // namespace adohost
