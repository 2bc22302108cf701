// Runs statements: expands macros, takes prefixes off, and gives what is left to the
// language itself (if, loops, program), to a row of the command table or to a program.
// Internal to lang/.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lang/interpreter_state.h"
#include "lang/statement.h"

namespace adohost {

/// Where execution goes on after a statement. Errors and `exit #` are StataError.
enum class Flow { next, continue_loop, break_loop, leave };

/// Thrown by `exit, STATA`: ends the whole session.
struct EndSession {
  int status;
};

/// Whether an `else` may follow, and whether a branch has been taken already.
struct IfChain {
  bool open = false;
  bool taken = false;
};

class Runner {
 public:
  explicit Runner(Session& session) : session_(session) {}

  Flow run_all(const std::vector<Statement>& statements, bool echo);
  /// With `echo`, the lines inside a block are shown; the first line has been shown.
  Flow run(const Statement& statement, IfChain& chain, bool echo);
  /// Runs one command without a block; macros are expanded already.
  Flow run_expanded(std::string_view text);

 private:
  /// What a command needs to know of the statement that it stands in.
  struct Context {
    const Statement* statement;  // nullptr where the text is no statement of a file
    IfChain* chain;
    bool echo;

    bool has_block() const {
      return statement != nullptr && statement->kind == Statement::Kind::block;
    }
  };

  Flow run_text(std::string_view text, const Context& context);
  Flow dispatch(std::string_view text, const Context& context);
  Flow run_block(const Context& context);
  void end_block(const Context& context);
  void skip_block(const Context& context);

  Flow run_capture(std::string_view rest, const Context& context);
  Flow run_quietly(std::string_view rest, const Context& context);
  Flow run_noisily(std::string_view rest, const Context& context);
  Flow run_version(std::string_view rest, const Context& context);
  Flow run_varabbrev(std::string_view rest, const Context& context);
  Flow run_novarabbrev(std::string_view rest, const Context& context);
  Flow run_frame(std::string_view rest, const Context& context);
  Flow run_nobreak(std::string_view rest, const Context& context);
  Flow run_break(std::string_view rest, const Context& context);
  Flow run_by(std::string_view rest, bool sorts, const Context& context);
  Flow run_group(std::string_view command, bool rc0, const Context& context);

  Flow run_if(std::string_view rest, const Context& context);
  Flow run_else(std::string_view rest, const Context& context);
  Flow run_foreach(std::string_view rest, const Context& context);
  Flow run_forvalues(std::string_view rest, const Context& context);
  Flow run_while(std::string_view rest, const Context& context);
  Flow run_continue(std::string_view rest);
  Flow run_exit(std::string_view rest);
  void read_body(const Context& context);
  Flow loop_pass(const Context& context, std::string_view name, std::string value);

  Flow run_command(std::string_view word, std::string_view rest, const Context& context);

  Session& session_;
};

/// Calls a program: its frame, its arguments, its body, its returned results. Throws 1000
/// where programs are nested too deep.
void call_program(Session& session, const std::shared_ptr<Program>& program,
                  std::string_view arguments);
/// The program that `name` calls: private to the running .ado file, defined in the
/// session, or found along the ado-path; nullptr where there is none.
std::shared_ptr<Program> find_program(Session& session, std::string_view name);
/// Stores the program that `statement` defines, whose expanded first line is `header`.
void define_program(Session& session, std::string_view header,
                    const Statement& statement);

/// Throws 1 "--Break--" where the user has interrupted since the last call.
void check_break(Session& session);
/// Drops a Break that has been dealt with, or that came while nothing ran.
void forget_break(Session& session);
/// What the handler of SIGINT calls.
void request_break();

}  // namespace adohost
