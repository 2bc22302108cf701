// display ([P] display): walks the directives of the line and prints each at once, so
// that what stands before an error has been shown.
#include <algorithm>
#include <array>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "commands/expression_family.h"
#include "expr/expression.h"
#include "format/format.h"
#include "lang/tokens.h"
#include "output/smcl.h"

namespace adohost {

namespace {

constexpr long long kMostRepeats = 32767;

class Display {
 public:
  Display(Session& session, std::string_view rest) : session_(session), rest_(rest) {}

  void run() {
    for (rest_ = trim_left(rest_); !rest_.empty(); rest_ = trim_left(rest_)) directive();
    show_paragraph();
    if (!continue_) session_.out.print("\n", style_);
  }

 private:
  void directive() {
    if (rest_.front() == ',') return comma();
    if (rest_.front() == '"' || rest_.starts_with("`\"")) return quoted();
    if (rest_.front() == '%') return format();
    if (rest_.front() == '_' && underscore()) return;
    const std::string_view word = rest_.substr(0, word_length(rest_));
    if ((word == "as" || word == "in") && style(word)) return;
    if (rest_.front() == '=') rest_.remove_prefix(1);
    value();
  }

  void comma() {
    rest_.remove_prefix(1);
    if (rest_.starts_with(',')) {
      rest_.remove_prefix(1);
    } else {
      put(" ");
    }
  }

  /// A literal, or a string expression that begins with one.
  void quoted() {
    const std::size_t end = skip_quoted(rest_, 0);
    const std::string_view after = trim_left(rest_.substr(end));
    const bool is_operand =
        rest_.substr(end).starts_with(':') ||
        (!after.empty() &&
         std::string_view("+*=!~<>&|").find(after[0]) != std::string_view::npos);
    if (is_operand) return value();
    const std::size_t mark = rest_.front() == '`' ? 2 : 1;
    show_text(std::string(rest_.substr(mark, end - 2 * mark)));
    rest_.remove_prefix(end);
  }

  void format() {
    const std::size_t end = std::min(rest_.find_first_of(" \t\"`"), rest_.size());
    format_ = rest_.substr(0, end);
    if (!is_numeric_format(format_) && !is_string_format(format_)) {
      throw StataError(120, "invalid %format");
    }
    rest_.remove_prefix(end);
  }

  /// `as error`, `in red`: the word after it decides.
  bool style(std::string_view keyword) {
    std::string_view after = trim_left(rest_.substr(keyword.size()));
    const std::string_view name = after.substr(0, word_length(after));
    struct Named {
      std::string_view name;
      std::size_t minimum;
      Style style;
    };
    constexpr std::array<Named, 11> kStyles = {{{"txt", 3, Style::text},
                                                {"text", 4, Style::text},
                                                {"result", 3, Style::result},
                                                {"error", 3, Style::error},
                                                {"input", 3, Style::input},
                                                {"green", 2, Style::text},
                                                {"yellow", 2, Style::result},
                                                {"red", 2, Style::error},
                                                {"white", 2, Style::input},
                                                {"blue", 2, Style::text},
                                                {"smcl", 4, Style::text}}};
    for (std::size_t i = 0; i < kStyles.size(); ++i) {
      const bool is_color = i >= 5;
      if (is_color != (keyword == "in")) continue;
      if (!abbreviates(name, kStyles[i].name, kStyles[i].minimum)) continue;
      if (kStyles[i].name != "smcl") style_ = kStyles[i].style;
      rest_ = after.substr(name.size());
      return true;
    }
    if (keyword == "as") fail_syntax();
    return false;
  }

  /// `_n(2)`, `_col(10)` and so on; false where the word is an expression (_N, _pi).
  bool underscore() {
    const std::size_t length = word_length(rest_);
    const std::string_view word = rest_.substr(1, length - 1);
    if (abbreviates(word, "newline", 1)) {
      rest_.remove_prefix(length);
      repeat("\n", argument().value_or(1));
    } else if (abbreviates(word, "continue", 1)) {
      rest_.remove_prefix(length);
      continue_ = true;
    } else if (abbreviates(word, "skip", 1)) {
      rest_.remove_prefix(length);
      repeat(" ", required_argument());
    } else if (abbreviates(word, "column", 3)) {
      rest_.remove_prefix(length);
      repeat(" ", required_argument() - session_.out.column());
    } else if (abbreviates(word, "dup", 3)) {
      rest_.remove_prefix(length);
      repeats_ = required_argument();
    } else if (word == "char") {
      rest_.remove_prefix(length);
      const long long code = required_argument();
      if (code < 1 || code > 255) fail_syntax();
      put(std::string(1, static_cast<char>(code)));
    } else if (word == "asis") {
      rest_.remove_prefix(length);
      as_is_ = true;
    } else if (abbreviates(word, "request", 3)) {
      fail_not_allowed("_request()");
    } else {
      return false;
    }
    return true;
  }

  /// The whole number in the brackets at the cursor, if there are any.
  std::optional<long long> argument() {
    if (!rest_.starts_with('(')) return {};
    const std::size_t end = skip_brackets(rest_, 0);
    const double x = evaluate_number(session_, rest_.substr(1, end - 2));
    rest_.remove_prefix(end);
    if (!(x < 0x1p31 && x > -0x1p31)) fail_syntax();
    return static_cast<long long>(x);
  }

  long long required_argument() {
    const auto x = argument();
    if (!x) fail_syntax();
    return *x;
  }

  void value() {
    const Expression expression = Expression::take(session_, &rest_);
    const Value v = expression.evaluate(first_place(session_));
    if (v.is_string) return show_text(v.text);
    if (!format_.empty() && is_string_format(format_)) fail_type_mismatch();
    const std::string text = format_.empty()
                                 ? std::string(trim(format_number(v.number, "%10.0g")))
                                 : format_number(v.number, format_);
    format_.clear();
    put_repeated(text);
  }

  void show_text(std::string text) {
    if (!format_.empty()) {
      if (!is_string_format(format_)) fail_type_mismatch();
      text = format_text(text, format_);
      format_.clear();
    }
    put_repeated(text);
  }

  void put_repeated(const std::string& text) {
    const long long times = std::clamp(repeats_, 0LL, kMostRepeats);
    repeats_ = 1;
    for (long long i = 0; i < times; ++i) {
      if (as_is_) {
        put(text);
      } else {
        put_smcl(text);
      }
    }
  }

  /// What stands in a paragraph is kept until all of it is there: it is filled as a
  /// whole.
  void put_smcl(std::string_view text) {
    if (paragraph_.empty() && !leaves_paragraph_open(text)) {
      return session_.out.smcl(text, style_);
    }
    paragraph_ += text;
    if (!leaves_paragraph_open(paragraph_)) show_paragraph();
  }

  void show_paragraph() { session_.out.smcl(std::exchange(paragraph_, {}), style_); }

  void repeat(std::string_view text, long long times) {
    for (long long i = 0; i < std::clamp(times, 0LL, kMostRepeats); ++i) put(text);
  }

  void put(std::string_view text) {
    if (paragraph_.empty()) {
      session_.out.print(text, style_);
    } else {
      paragraph_ += text;
    }
  }

  Session& session_;
  std::string_view rest_;
  std::string format_;
  std::string paragraph_;  // what has been said of one that is not at its end
  Style style_ = Style::result;
  long long repeats_ = 1;
  bool continue_ = false;
  bool as_is_ = false;
};

}  // namespace

void run_display(Session& session, const CommandLine& line) {
  Display(session, line.rest).run();
}

}  // namespace adohost
