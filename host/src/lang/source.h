// From the physical lines of a do-file (or of the keyboard) to logical lines: comments
// taken out, `///` and block comments joined, `#delimit` obeyed ([P] comments,
// [P] #delimit). Knows quotes, nothing of macros or commands.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace adohost {

/// One command, or a comment or blank line (then `text` is empty).
struct Line {
  std::string text;              // trimmed; tabs outside quotes are blanks
  std::vector<std::string> raw;  // as typed, line by line, for the echo
  std::string note;              // what reading it prints: "delimiter now ;"
};

class LineAssembler {
 public:
  /// Takes one physical line without its newline; appends the logical lines that it ends.
  void feed(std::string_view physical, std::vector<Line>& out);
  /// The end of the file: appends what is still open.
  void finish(std::vector<Line>& out);
  /// Whether a logical line has begun and goes on.
  bool pending() const { return !raw_.empty(); }

 private:
  std::size_t scan(std::string_view line, std::size_t i);
  std::size_t scan_comment(std::string_view rest, std::size_t i);
  std::size_t scan_quoted(std::string_view rest, std::size_t i);
  std::size_t scan_code(std::string_view line, std::size_t i);
  bool in_code() const {
    return comment_depth_ == 0 && !in_quotes_ && compound_depth_ == 0;
  }
  void end_line(std::vector<Line>& out);
  bool try_delimit(std::string_view physical, std::vector<Line>& out);

  bool semicolon_ = false;  // #delimit ;
  int comment_depth_ = 0;   // open /*
  bool star_ = false;       // the rest of the command is a comment
  bool in_quotes_ = false;
  int compound_depth_ = 0;
  bool continued_ = false;  // this physical line ended in ///
  std::string text_;
  std::vector<std::string> raw_;
};

/// The logical lines of a file. Throws 601 "file x not found".
std::vector<Line> read_lines(const std::string& path);

}  // namespace adohost
