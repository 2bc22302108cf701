#include "lang/echo.h"

#include <string>

#include "base/text.h"

namespace adohost {

namespace {

void echo_physical(Output& out, std::string_view text, std::string_view prompt) {
  const std::size_t width = static_cast<std::size_t>(out.linesize());
  for (bool first = true; first || !text.empty(); first = false) {
    const std::string_view lead = first ? prompt : "> ";
    const std::string_view piece =
        utf8_prefix(text, width > lead.size() ? width - lead.size() : 1);
    out.line(std::string(lead).append(piece), Style::input);
    text.remove_prefix(piece.size());
  }
}

class Numbering {
 public:
  Numbering(Output& out, int next) : out_(out), next_(next) {}

  void line(const Line& line) {
    std::string prompt = ". ";
    if (!numbered_) {
      prompt = pad_left(std::to_string(next_), 3) + ". ";
      numbered_ = true;
    }
    echo_line(out_, line, prompt);
    if (line.text.empty()) return;
    ++next_;
    numbered_ = false;
  }

  void inside(const Statement& block) {
    for (const Line& inner : block.lines) line(inner);
    for (const Statement& inner : block.body) statement(inner);
    line(block.close);
  }

 private:
  void statement(const Statement& inner) {
    line(inner.line);
    const bool plain =
        inner.kind == Statement::Kind::blank || inner.kind == Statement::Kind::command;
    if (!plain) inside(inner);
  }

  Output& out_;
  int next_;
  bool numbered_ = false;  // a comment has taken the number; the command goes without
};

}  // namespace

void echo_line(Output& out, const Line& line, std::string_view prompt) {
  for (std::size_t i = 0; i < line.raw.size(); ++i) {
    echo_physical(out, line.raw[i], i == 0 ? prompt : "> ");
  }
  if (!line.note.empty()) out.line(line.note);
}

void echo_numbered(Output& out, const Statement& block, int first) {
  Numbering(out, first).inside(block);
}

void echo_skipped(Output& out, const Statement& block) {
  for (const Statement& inner : block.body) {
    echo_line(out, inner.line);
    if (inner.kind == Statement::Kind::block) echo_skipped(out, inner);
    if (inner.kind == Statement::Kind::program) echo_numbered(out, inner, 1);
  }
  echo_line(out, block.close);
}

}  // namespace adohost
