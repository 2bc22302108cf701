#include "lang/interpreter.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "base/error.h"
#include "base/text.h"
#include "lang/do_file.h"
#include "lang/echo.h"
#include "lang/expand.h"
#include "lang/runner.h"
#include "lang/system_directories.h"
#include "plugin/plugins.h"

namespace adohost {

namespace {

namespace fs = std::filesystem;

std::vector<std::string> split_path(std::string_view text) {
  std::vector<std::string> list;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    const std::string_view entry = trim(text.substr(0, end));
    if (!entry.empty()) list.push_back(ado_place(entry));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return list;
}

/// S_ADO as Stata reads it (codewords stay), or the project's own folder beside the
/// build, and `.`.
std::vector<std::string> initial_ado_path() {
  const char* environment = std::getenv("S_ADO");
  if (environment != nullptr && *environment != '\0') return split_path(environment);
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  std::vector<std::string> list{"."};
  if (!error) {
    const fs::path stata = program.parent_path() / ".." / ".." / "stata";
    list.push_back(stata.lexically_normal().string());
  }
  return list;
}

/// Whether Ctrl-C ends a call of the system that waits: while a line is typed only.
void let_interrupts_end_calls(bool yes) {
  struct sigaction action;
  sigaction(SIGINT, nullptr, &action);
  action.sa_flags = yes ? action.sa_flags & ~SA_RESTART : action.sa_flags | SA_RESTART;
  sigaction(SIGINT, &action, nullptr);
}

/// What is typed, line by line, until it is a whole statement.
class Keyboard {
 public:
  /// The next statement, or nothing at the end of the input. Throws 1 "--Break--" where
  /// Ctrl-C was typed; what stood before it is forgotten.
  std::optional<Statement> next() {
    std::vector<Line> lines;
    Statement statement;
    std::size_t commands = 1;
    std::string prompt = ". ";
    for (;;) {
      std::cout << prompt << std::flush;
      std::string physical;
      if (!read_line(physical)) return std::nullopt;
      const std::size_t before = lines.size();
      assembler_.feed(physical, lines);
      std::size_t pos = 0;
      if (assembler_.pending()) {
        prompt = "> ";
        continue;
      }
      if (read_statement(lines, pos, statement)) return statement;
      if (lines.size() > before && !lines.back().text.empty()) ++commands;
      const std::size_t shown = defines_program(lines[0].text) ? commands - 1 : commands;
      prompt = pad_left(std::to_string(shown), 3) + ". ";
    }
  }

 private:
  bool read_line(std::string& line) {
    line.clear();
    let_interrupts_end_calls(true);
    int c = 0;
    while ((c = std::getc(stdin)) != EOF && c != '\n') line += static_cast<char>(c);
    const bool interrupted = c == EOF && std::ferror(stdin) != 0 && errno == EINTR;
    let_interrupts_end_calls(false);
    if (!interrupted) return c != EOF || !line.empty();
    std::clearerr(stdin);
    assembler_ = LineAssembler();
    throw StataError(1, "--Break--");
  }

  LineAssembler assembler_;
};

}  // namespace

Interpreter::Interpreter(Session& session)
    : session_(session), state_(std::make_unique<State>()) {
  state_->ado_path = initial_ado_path();
}

Interpreter::~Interpreter() = default;

void Interpreter::execute(std::string_view line) {
  Runner(session_).run_expanded(expand(line));
}

int Interpreter::run_do_file(const std::string& path,
                             const std::vector<std::string>& arguments, bool echo) {
  const std::string file = do_file_path(path);
  if (!fs::is_regular_file(file)) {
    session_.out.line("file " + file + " not found", Style::error);
    return 601;
  }
  const FrameScope scope(session_, Frame{});
  std::string text;
  for (const std::string& argument : arguments) {
    const bool plain = argument.find_first_of(" \t\"") == std::string::npos;
    text.append(text.empty() ? "" : " ");
    text += plain && !argument.empty() ? argument : "`\"" + argument + "\"'";
  }
  set_positional_macros(session_, text);
  return run_lines(session_, file, echo);
}

int Interpreter::run_interactive() {
  Keyboard keyboard;
  IfChain chain;
  while (true) {
    std::optional<Statement> statement;
    try {
      statement = keyboard.next();
      if (!statement) break;
      forget_break(session_);
      if (Runner(session_).run(*statement, chain, false) == Flow::leave) return 0;
    } catch (const StataError& error) {
      if (!error.text().empty()) session_.out.line(error.text(), Style::error);
      session_.out.line("r(" + std::to_string(error.rc()) + ");", Style::error);
    }
    if (!statement || statement->kind != Statement::Kind::blank) session_.out.print("\n");
    session_.out.flush();
  }
  session_.out.print("\n");
  return 0;
}

std::string Interpreter::expand(std::string_view line) {
  return expand_macros(session_, line);
}

std::vector<std::string> Interpreter::ado_path() const {
  std::vector<std::string> directories;
  for (const std::string& place : state_->ado_path) {
    directories.push_back(named_directory(place));
  }
  return directories;
}

std::string Interpreter::find_file(std::string_view name) const {
  for (const std::string& directory : ado_path()) {
    const fs::path base(directory);
    for (const fs::path& candidate :
         {base / name, base / std::string(1, lower(name.substr(0, 1))[0]) / name}) {
      std::error_code error;
      if (!name.empty() && fs::is_regular_file(candidate, error))
        return candidate.string();
    }
  }
  return "";
}

bool Interpreter::sees_plugin(std::string_view name) const {
  if (!session_.plugins->is_loaded(name)) return false;
  const auto owner = state_->private_plugins.find(name);
  return owner == state_->private_plugins.end() ||
         owner->second.lock() == state_->frame().file;
}

std::size_t Interpreter::depth() const {
  return state_->frames.size() - 1;
}

}  // namespace adohost
