#include "commands/input_command.h"

#include <string>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "commands/data_commands.h"
#include "format/format.h"
#include "lang/command_line.h"
#include "lang/echo.h"
#include "lang/expand.h"
#include "lang/session.h"
#include "lang/typed_names.h"
#include "lang/words.h"

namespace adohost {

namespace {

class Input {
 public:
  Input(Session& session, std::string_view names, bool echo)
      : session_(session), echo_(echo) {
    Dataset& data = session.data;
    adds_observations_ = trim(names).empty() || data.nvar() == 0;
    if (trim(names).empty()) {
      variables_ = variables_or_all(session, names);
      next_ = data.nobs();
    } else {
      const VarType type = session.settings.default_type;
      for (const TypedName& made : parse_typed_names(data, names, type)) {
        variables_.push_back(data.add_variable(made.name, made.type));
      }
    }
    if (variables_.empty()) throw StataError(104, "nothing to input");
  }

  void print_header() {
    std::string text = "   ";
    for (const int v : variables_) {
      const Variable& variable = session_.data.variable(v);
      const auto width = static_cast<std::size_t>(format_width(variable.format));
      text += pad_left(variable.name, width + 2);
    }
    session_.out.line("");
    session_.out.line(text);
  }

  void show(const Line& line) {
    if (!echo_) return;
    const std::string number = std::to_string(next_ + 1);
    echo_line(session_.out, line, pad_left(number, 3) + ". ");
  }

  void take(const Line& line) {
    show(line);
    const std::string text = expand_macros(session_, line.text);
    std::vector<Token> values;
    for (const Token& token : tokens(text, {.parse = " ,"})) {
      if (token.raw != ",") values.push_back(token);
    }
    if (values.empty()) return;
    if (values.size() > variables_.size()) {
      throw StataError(103, "too many values on a line of input");
    }
    if (!adds_observations_ && next_ == session_.data.nobs()) {
      throw StataError(103, "more lines of input than observations");
    }
    if (refuses(values)) return;
    if (adds_observations_) session_.data.set_nobs(next_ + 1);
    for (std::size_t i = 0; i < values.size(); ++i) store(variables_[i], values[i].text);
    ++next_;
    session_.data.changed = true;
  }

 private:
  /// Says which value is no number, if one is not.
  bool refuses(const std::vector<Token>& values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      const VarType type = session_.data.variable(variables_[i]).type;
      if (type.is_string()) continue;
      const auto x = to_number(values[i].text);
      if (!values[i].quoted && x && (is_missing(*x) || in_range(type.storage, *x)))
        continue;
      session_.out.line(
          "'" + std::string(values[i].text) + "' cannot be read as a number",
          Style::error);
      return true;
    }
    return false;
  }

  void store(int v, std::string_view text) {
    if (session_.data.variable(v).type.is_string()) {
      session_.data.set_text(v, next_, text);
    } else {
      session_.data.set_number(v, next_, *to_number(text));
    }
  }

  Session& session_;
  bool echo_;
  std::vector<int> variables_;
  bool adds_observations_;  // else new variables fill the observations that are there
  std::int64_t next_ = 0;
};

}  // namespace

void run_input(Session& session, std::string_view rest, const Statement& statement,
               bool echo) {
  const CommandLine line = split_command("input", rest);
  require_only(line, kAllowAnything);
  Input input(session, line.anything, echo);
  input.print_header();
  for (const Line& values : statement.lines) input.take(values);
  input.show(statement.close);
}

}  // namespace adohost
