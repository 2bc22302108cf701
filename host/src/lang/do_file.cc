#include "lang/do_file.h"

#include <filesystem>

#include "base/error.h"
#include "base/text.h"
#include "lang/echo.h"
#include "lang/runner.h"
#include "lang/tokens.h"

namespace adohost {

namespace {

class DoFile {
 public:
  DoFile(Session& session, bool echo) : session_(session), echo_(echo) {}

  int run(const std::vector<Line>& lines) {
    try {
      for (std::size_t pos = 0; pos < lines.size();) {
        if (step(lines, pos) == Flow::leave) break;
      }
    } catch (const StataError& error) {
      if (!error.text().empty()) session_.out.line(error.text(), Style::error);
      session_.out.line("r(" + std::to_string(error.rc()) + ");", Style::error);
      if (echo_) session_.out.line("\nend of do-file");
      return error.rc();
    }
    if (echo_) session_.out.line(left_ ? "end of do-file" : ". \nend of do-file");
    return 0;
  }

 private:
  Flow step(const std::vector<Line>& lines, std::size_t& pos) {
    Statement statement;
    if (!read_statement(lines, pos, statement)) fail_unfinished(lines, pos);
    if (echo_) echo_line(session_.out, statement.line);
    const Flow flow = Runner(session_).run(statement, chain_, echo_);
    if (flow == Flow::continue_loop || flow == Flow::break_loop) fail_syntax();
    left_ = flow == Flow::leave;
    if (echo_ && statement.kind != Statement::Kind::blank) session_.out.print("\n");
    return flow;
  }

  /// The file ends within the block or program that begins at `begin`.
  [[noreturn]] void fail_unfinished(const std::vector<Line>& lines, std::size_t begin) {
    const std::string_view s = after_prefixes(lines[begin].text);
    const std::string_view word = s.substr(0, word_length(s));
    const bool read_as_run = word == "if" || word == "else";
    Statement rest;
    rest.lines.assign(lines.begin() + static_cast<std::ptrdiff_t>(begin) + 1,
                      lines.end());
    if (echo_) {
      echo_line(session_.out, lines[begin]);
      if (!read_as_run) echo_numbered(session_.out, rest, 2);
    }
    if (read_as_run) {
      throw StataError(198, "program error:  matching close brace not found");
    }
    throw StataError(612, "unexpected end of file");
  }

  Session& session_;
  bool echo_;
  bool left_ = false;
  IfChain chain_;
};

}  // namespace

std::string do_file_path(const std::string& name) {
  const std::filesystem::path path(name);
  return path.has_extension() ? name : name + ".do";
}

int run_lines(Session& session, const std::string& path, bool echo) {
  return DoFile(session, echo).run(read_lines(path));
}

}  // namespace adohost
