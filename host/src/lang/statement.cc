#include "lang/statement.h"

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/text.h"
#include "lang/tokens.h"

namespace adohost {

namespace {

constexpr int kMaxDepth = 256;  // of blocks inside each other

/// Length of a leading `macro' or $macro, which may stand for `quietly` or nothing at
/// all.
std::size_t macro_length(std::string_view s) {
  if (s[0] == '$') return 1 + word_length(s.substr(1));
  std::size_t depth = 0;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s[i] == '`') ++depth;
    if (s[i] == '\'' && --depth == 0) return i + 1;
  }
  return s.size();
}

bool is_prefix(std::string_view word) {
  return abbreviates(word, "capture", 3) || abbreviates(word, "quietly", 3) ||
         abbreviates(word, "noisily", 1) || word == "nobreak" || word == "break";
}

bool is_block_command(std::string_view word) {
  constexpr std::array kNames{std::string_view("if"),      std::string_view("else"),
                              std::string_view("foreach"), std::string_view("while"),
                              std::string_view("nobreak"), std::string_view("break"),
                              std::string_view("mata"),    std::string_view("python")};
  return std::find(kNames.begin(), kNames.end(), word) != kNames.end() ||
         abbreviates(word, "forvalues", 4) || abbreviates(word, "frames", 5);
}

bool opens_block(std::string_view text) {
  if (!text.ends_with('{') || text == "{") return false;
  const std::string_view s = after_prefixes(text);
  return s == "{" || is_block_command(s.substr(0, word_length(s)));
}

bool is_input(std::string_view text) {
  const std::string_view s = after_prefixes(text);
  return abbreviates(s.substr(0, word_length(s)), "input", 3);
}

bool is_end(std::string_view text) {
  return text == "end";
}

}  // namespace

std::string_view after_prefixes(std::string_view s) {
  for (;;) {
    s = trim_left(s);
    if (s.empty()) return s;
    if (s[0] == '`' || s[0] == '$') {
      s.remove_prefix(macro_length(s));
      continue;
    }
    const std::string_view word = s.substr(0, word_length(s));
    const std::string_view rest = trim_left(s.substr(word.size()));
    if (is_prefix(word)) {
      s = rest.starts_with(':') ? rest.substr(1) : rest;
    } else if (abbreviates(word, "frames", 5) &&
               trim_left(rest.substr(word_length(rest))).starts_with(':')) {
      s = rest.substr(rest.find(':') + 1);
    } else if (abbreviates(word, "version", 4) && rest.find(':') != rest.npos) {
      s = rest.substr(rest.find(':') + 1);
    } else {
      return s;
    }
  }
}

bool defines_program(std::string_view text) {
  std::string_view s = after_prefixes(text);
  const std::string_view word = s.substr(0, word_length(s));
  if (!abbreviates(word, "program", 2)) return false;
  s = trim_left(s.substr(word.size()));
  const std::string_view next = s.substr(0, word_length(s));
  if (next == "drop" || abbreviates(next, "list", 1) || next == "dir" || next.empty()) {
    return false;
  }
  const std::size_t comma = s.find(',');
  if (comma == s.npos) return true;
  const auto options = split_blank(s.substr(comma + 1));
  return std::none_of(options.begin(), options.end(), [](const std::string& option) {
    return option == "plugin" || option.starts_with("plugin(") ||
           abbreviates(option, "plugin", 4);
  });
}

namespace {

bool read_nested(const std::vector<Line>& lines, std::size_t& pos, Statement& out,
                 int depth) {
  if (depth > kMaxDepth) throw StataError(1000, "system limit exceeded - see manual");
  std::size_t at = pos;
  out = Statement{};
  out.line = lines[at++];
  const std::string& text = out.line.text;
  if (text.empty()) {
    out.kind = Statement::Kind::blank;
  } else if (defines_program(text) || is_input(text)) {
    out.kind = Statement::Kind::program;
    while (at < lines.size() && !is_end(lines[at].text)) out.lines.push_back(lines[at++]);
    if (at == lines.size()) return false;
    out.close = lines[at++];
  } else if (opens_block(text)) {
    out.kind = Statement::Kind::block;
    for (;;) {
      if (at == lines.size()) return false;
      if (lines[at].text.starts_with('}')) break;
      Statement inner;
      if (!read_nested(lines, at, inner, depth + 1)) return false;
      out.body.push_back(std::move(inner));
    }
    out.close = lines[at++];
  } else {
    out.kind = Statement::Kind::command;
  }
  pos = at;
  return true;
}

}  // namespace

bool read_statement(const std::vector<Line>& lines, std::size_t& pos, Statement& out) {
  return read_nested(lines, pos, out, 0);
}

std::vector<Statement> read_statements(const std::vector<Line>& lines) {
  std::vector<Statement> statements;
  for (std::size_t pos = 0; pos < lines.size();) {
    Statement next;
    if (!read_statement(lines, pos, next)) {
      throw StataError(198, "program error:  matching close brace not found");
    }
    statements.push_back(std::move(next));
  }
  return statements;
}

}  // namespace adohost
