#include "lang/do_file.h"

#include <filesystem>

#include "base/error.h"
#include "base/text.h"
#include "lang/echo.h"
#include "lang/runner.h"

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
    const std::size_t begin = pos;
    bool complete = false;
    try {
      complete = read_statement(lines, pos, statement);
    } catch (const StataError&) {
      if (echo_) echo_line(session_.out, lines[begin]);
      throw;
    }
    if (!complete) {
      for (pos = begin; echo_ && pos < lines.size(); ++pos) {
        echo_line(session_.out, lines[pos]);
      }
      throw StataError(612, "unexpected end of file");
    }
    if (echo_) echo_line(session_.out, statement.line);
    const Flow flow = Runner(session_).run(statement, chain_, echo_);
    if (flow == Flow::continue_loop || flow == Flow::break_loop) fail_syntax();
    left_ = flow == Flow::leave;
    if (echo_ && statement.kind != Statement::Kind::blank) session_.out.print("\n");
    return flow;
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
