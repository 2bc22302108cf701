#include "lang/source.h"

#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "base/text.h"

namespace adohost {

namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

/// Whether `marker` stands at `i` as a comment: at the start of a line or after a blank.
bool comment_at(std::string_view line, std::size_t i, std::string_view marker) {
  return line.substr(i).starts_with(marker) && (i == 0 || is_blank(line[i - 1]));
}

}  // namespace

void LineAssembler::feed(std::string_view physical, std::vector<Line>& out) {
  if (physical.ends_with('\r')) physical.remove_suffix(1);
  if (try_delimit(physical, out)) return;
  continued_ = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < physical.size();) {
    if (semicolon_ && physical[i] == ';' && in_code()) {
      raw_.emplace_back(physical.substr(begin, i + 1 - begin));
      end_line(out);
      begin = ++i;
    } else {
      i = scan(physical, i);
    }
  }
  const std::string_view rest = physical.substr(begin);
  if (begin > 0 && trim(rest).empty()) return;
  raw_.emplace_back(rest);
  if (comment_depth_ > 0 || continued_) return;
  if (!semicolon_ || (trim(text_).empty() && !star_)) {
    end_line(out);
  } else {
    text_ += ' ';
  }
}

void LineAssembler::finish(std::vector<Line>& out) {
  if (pending()) end_line(out);
}

std::size_t LineAssembler::scan(std::string_view line, std::size_t i) {
  const std::string_view rest = line.substr(i);
  if (comment_depth_ > 0) return scan_comment(rest, i);
  return in_code() ? scan_code(line, i) : scan_quoted(rest, i);
}

std::size_t LineAssembler::scan_comment(std::string_view rest, std::size_t i) {
  if (rest.starts_with("*/")) {
    --comment_depth_;
    return i + 2;
  }
  if (!rest.starts_with("/*")) return i + 1;
  ++comment_depth_;
  return i + 2;
}

std::size_t LineAssembler::scan_quoted(std::string_view rest, std::size_t i) {
  const bool marks = rest.starts_with("`\"") || rest.starts_with("\"'");
  if (compound_depth_ > 0 && marks) {
    compound_depth_ += rest[0] == '`' ? 1 : -1;
    text_ += rest.substr(0, 2);
    return i + 2;
  }
  if (in_quotes_ && rest[0] == '"') in_quotes_ = false;
  text_ += rest[0];
  return i + 1;
}

std::size_t LineAssembler::scan_code(std::string_view line, std::size_t i) {
  const std::string_view rest = line.substr(i);
  if (comment_at(line, i, "///")) {
    continued_ = true;
    return line.size();
  }
  if (!star_ && comment_at(line, i, "//")) return line.size();
  if (rest.starts_with("/*")) {
    ++comment_depth_;
    return i + 2;
  }
  if (star_) return i + 1;
  if (rest[0] == '*' && trim(text_).empty()) {
    star_ = true;
    return i + 1;
  }
  if (rest.starts_with("`\"")) {
    ++compound_depth_;
    text_ += "`\"";
    return i + 2;
  }
  in_quotes_ = rest[0] == '"';
  text_ += rest[0] == '\t' ? ' ' : rest[0];
  return i + 1;
}

void LineAssembler::end_line(std::vector<Line>& out) {
  out.push_back(Line{std::string(trim(text_)), std::move(raw_), {}});
  text_.clear();
  raw_.clear();
  star_ = in_quotes_ = false;
  compound_depth_ = 0;
}

bool LineAssembler::try_delimit(std::string_view physical, std::vector<Line>& out) {
  const auto words = split_blank(physical);
  if (words.size() < 2 || pending() || !abbreviates(words[0], "#delimit", 2))
    return false;
  const bool semicolon = words[1] == ";";
  if (!semicolon && words[1] != "cr" && words[1] != "cr;") return false;
  semicolon_ = semicolon;
  out.push_back(Line{
      {}, {std::string(physical)}, semicolon ? "delimiter now ;" : "delimiter now cr"});
  return true;
}

std::vector<Line> read_lines(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::is_directory(path)) {
    throw StataError(601, "file " + path + " not found");
  }
  std::vector<Line> lines;
  LineAssembler assembler;
  std::string physical;
  for (bool first = true; std::getline(file, physical); first = false) {
    if (first && physical.starts_with("\xEF\xBB\xBF")) physical.erase(0, 3);
    assembler.feed(physical, lines);
  }
  assembler.finish(lines);
  return lines;
}

}  // namespace adohost
