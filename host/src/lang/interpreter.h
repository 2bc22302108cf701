// Runs Stata's language on a Session: reads logical lines, expands macros, strips
// prefixes (capture, quietly, noisily, by, version ...:), finds the command in the table
// or on the ado-path, calls it, and turns StataError into return codes.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace adohost {

class Session;

class Interpreter {
 public:
  explicit Interpreter(Session& session);
  ~Interpreter();

  /// Runs one command (already one logical line, macros not yet expanded). Throws
  /// StataError. For commands that run others.
  void execute(std::string_view line);
  /// Runs a do-file with arguments; prints the echo where `echo`. Returns the return
  /// code; the message and `r(#);` have been printed.
  int run_do_file(const std::string& path, const std::vector<std::string>& arguments,
                  bool echo);
  /// The interactive session: prompt, blocks over several lines, until `exit` or the end.
  /// Returns the exit status.
  int run_interactive();

  /// Expands the macros of `line` once, as before a command is parsed.
  std::string expand(std::string_view line);

  /// The ado-path in order, and the first file of that name on it (with the one-letter
  /// sub-directories), or "".
  std::vector<std::string> ado_path() const;
  std::string find_file(std::string_view name) const;
  /// Whether the running code may call this plugin: it is loaded, and not by another .ado
  /// file for itself ([U] 18.11.4).
  bool sees_plugin(std::string_view name) const;
  /// Depth of running programs (0 at the top level).
  std::size_t depth() const;

  struct State;  // programs, tempfiles, open do-files: lang/interpreter_state.h
  State& state() { return *state_; }

 private:
  Session& session_;
  std::unique_ptr<State> state_;
};

}  // namespace adohost
