// Where everything that a session prints goes. Text is written in one of Stata's four
// styles; `quietly` and `capture` are nested levels. Not thread-safe: only the thread
// that runs the interpreter prints.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace adohost {

enum class Style { text, result, error, input };

/// What an inner scope lets through ([P] quietly, [P] capture).
enum class Loudness {
  loud,      // everything
  quiet,     // errors only (quietly)
  captured,  // nothing at all (capture)
};

class Output {
 public:
  using Sink = std::function<void(std::string_view)>;

  /// `sink` receives the plain text; by default standard output.
  explicit Output(Sink sink = {});

  /// Prints `text` as it is, no SMCL.
  void print(std::string_view text, Style style = Style::text);
  void line(std::string_view text, Style style = Style::text);  // print and newline
  /// Prints `text` after turning SMCL directives ({txt}, {hline 20}, {col 15}, {c |} ...)
  /// into plain text; an unknown directive is printed as it is.
  void smcl(std::string_view text, Style style = Style::text);

  /// Column of the cursor, from 1 (for `_col()` and {col}).
  int column() const { return column_; }
  int linesize() const { return linesize_; }
  void set_linesize(int n) { linesize_ = n; }
  /// Whether anything was written since the last call with reset: the echo of a do-file
  /// uses it for nothing but the blank line after a command.
  bool take_printed();

  /// A second sink for all that is printed (a log); an empty one takes it away.
  void set_copy(Sink copy) { copy_ = std::move(copy); }

  Loudness loudness() const { return level_; }
  void flush();

 private:
  friend class LoudnessScope;
  void emit(std::string_view text);

  Sink sink_;
  Sink copy_;
  Loudness level_ = Loudness::loud;
  int column_ = 1;
  int linesize_ = 79;
  bool printed_ = false;
};

/// Columns that running text takes: {p 0 0 2} leaves two free on the right.
inline std::size_t paragraph_width(const Output& out) {
  return static_cast<std::size_t>(out.linesize()) - 2;
}

/// Sets the loudness for a scope. `noisily` inside `quietly` or `capture` sets loud
/// again, `quietly` inside `capture` lets no errors through; the outer level comes back
/// when the scope ends.
class LoudnessScope {
 public:
  LoudnessScope(Output& out, Loudness level) : out_(out), before_(out.level_) {
    const bool stays = before_ == Loudness::captured && level == Loudness::quiet;
    if (!stays) out_.level_ = level;
  }
  ~LoudnessScope() { out_.level_ = before_; }
  LoudnessScope(const LoudnessScope&) = delete;
  LoudnessScope& operator=(const LoudnessScope&) = delete;

 private:
  Output& out_;
  Loudness before_;
};

}  // namespace adohost
