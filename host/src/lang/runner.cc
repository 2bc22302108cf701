#include "lang/runner.h"

#include <array>
#include <atomic>

#include "base/error.h"
#include "base/text.h"
#include "commands/input_command.h"
#include "lang/command.h"
#include "lang/echo.h"
#include "lang/expand.h"
#include "lang/tokens.h"
#include "lang/trace.h"
#include "plugin/plugins.h"

namespace adohost {

namespace {

std::atomic<bool> break_requested{false};

/// How many commands are being run inside one another on this thread's stack: prefixes,
/// blocks, programs.
thread_local int nested = 0;
constexpr int kMaxNested = 1500;

struct Nesting {
  Nesting() {
    if (++nested <= kMaxNested) return;
    --nested;
    throw StataError(1000, "system limit exceeded - see manual");
  }
  ~Nesting() { --nested; }
};

[[noreturn]] void fail_unrecognized(std::string_view word) {
  throw StataError(199, "command " + std::string(word) + " is unrecognized");
}

}  // namespace

void request_break() {
  break_requested.store(true, std::memory_order_relaxed);
}

void forget_break(Session& session) {
  break_requested.store(false);
  session.plugins->set_break(false);
}

void check_break(Session& session) {
  if (!break_requested.load(std::memory_order_relaxed)) return;
  if (session.interpreter->state().nobreak > 0) return;
  forget_break(session);
  throw StataError(1, "--Break--");
}

Flow Runner::run_all(const std::vector<Statement>& statements, bool echo) {
  IfChain chain;
  for (const Statement& statement : statements) {
    if (echo) echo_line(session_.out, statement.line);
    const Flow flow = run(statement, chain, echo);
    if (flow != Flow::next) return flow;
  }
  return Flow::next;
}

Flow Runner::run(const Statement& statement, IfChain& chain, bool echo) {
  if (statement.kind == Statement::Kind::blank) return Flow::next;
  const Context context{&statement, &chain, echo};
  std::string text;
  try {
    check_break(session_);
    text = expand_macros(session_, statement.line.text);
  } catch (const StataError& error) {
    session_.out.line(error.text(), Style::error);
    throw StataError(error.rc(), "");
  }
  if (session_.settings.trace) trace_line(session_, statement.line.text, text);
  return run_text(text, context);
}

Flow Runner::run_expanded(std::string_view text) {
  IfChain chain;
  return run_text(text, Context{nullptr, &chain, false});
}

/// The one place that prints messages: here the loudness is that of the failing command.
Flow Runner::run_text(std::string_view text, const Context& context) {
  try {
    const Nesting counted;
    return dispatch(trim_left(text), context);
  } catch (const StataError& error) {
    if (error.text().empty()) throw;
    session_.out.line(error.text(), Style::error);
    throw StataError(error.rc(), "");
  }
}

Flow Runner::dispatch(std::string_view text, const Context& context) {
  if (text.empty() || text[0] == '*') return Flow::next;
  const bool was_open = context.chain->open;
  if (text == "{" && context.has_block()) return run_block(context);
  const std::string_view word = text.substr(0, word_length(text));
  const std::string_view rest = text.substr(word.size());
  if (word == "else" && was_open) return run_else(rest, context);
  context.chain->open = false;
  struct Row {
    std::string_view name;
    std::size_t minimum;
    Flow (Runner::*run)(std::string_view, const Context&);
  };
  static constexpr std::array kRows{Row{"capture", 3, &Runner::run_capture},
                                    Row{"quietly", 3, &Runner::run_quietly},
                                    Row{"noisily", 1, &Runner::run_noisily},
                                    Row{"version", 4, &Runner::run_version},
                                    Row{"varabbrev", 9, &Runner::run_varabbrev},
                                    Row{"novarabbrev", 11, &Runner::run_novarabbrev},
                                    Row{"frames", 5, &Runner::run_frame},
                                    Row{"nobreak", 7, &Runner::run_nobreak},
                                    Row{"break", 5, &Runner::run_break},
                                    Row{"if", 2, &Runner::run_if},
                                    Row{"foreach", 7, &Runner::run_foreach},
                                    Row{"forvalues", 4, &Runner::run_forvalues},
                                    Row{"while", 5, &Runner::run_while}};
  for (const Row& row : kRows) {
    if (abbreviates(word, row.name, row.minimum)) return (this->*row.run)(rest, context);
  }
  if (word == "by") return run_by(rest, false, context);
  if (abbreviates(word, "bysort", 3)) return run_by(rest, true, context);
  if (word == "continue") return run_continue(rest);
  if (word == "exit") return run_exit(rest);
  return run_command(word, rest, context);
}

Flow Runner::run_block(const Context& context) {
  const Flow flow = run_all(context.statement->body, context.echo);
  if (flow != Flow::next) return flow;
  if (context.echo) echo_line(session_.out, context.statement->close);
  end_block(context);
  return flow;
}

void Runner::skip_block(const Context& context) {
  if (context.echo) echo_skipped(session_.out, *context.statement);
  end_block(context);
}

void Runner::end_block(const Context& context) {
  if (context.statement->close.text == "}") return;
  throw StataError(198, "program error:  code follows on the same line as close brace");
}

Flow Runner::run_command(std::string_view word, std::string_view rest,
                         const Context& context) {
  if (word.empty() || (word[0] >= '0' && word[0] <= '9')) {
    const std::string_view sign = rest.substr(0, 1);
    if (const Command* command = find_command(sign)) {
      CommandLine line;
      line.command = sign;
      line.rest = rest.substr(1);
      command->run(session_, line);
      return Flow::next;
    }
    const std::string piece = std::string(word).append(take_piece(rest));
    throw StataError(199, piece + " is not a valid command name");
  }
  if (context.statement != nullptr &&
      context.statement->kind == Statement::Kind::program &&
      abbreviates(word, "program", 2)) {
    if (context.echo) echo_numbered(session_.out, *context.statement, 1);
    define_program(session_, rest, *context.statement);
    return Flow::next;
  }
  if (context.statement != nullptr &&
      context.statement->kind == Statement::Kind::program &&
      abbreviates(word, "input", 3)) {
    run_input(session_, rest, *context.statement, context.echo);
    return Flow::next;
  }
  if (const Command* command = find_command(word)) {
    if (command->split == Split::verbatim) {
      CommandLine line;
      line.command = word;
      line.rest = rest;
      command->run(session_, line);
    } else {
      command->run(session_, split_command(word, rest));
    }
    return Flow::next;
  }
  const auto program = find_program(session_, word);
  if (program == nullptr) fail_unrecognized(word);
  call_program(session_, program, rest);
  return Flow::next;
}

}  // namespace adohost
