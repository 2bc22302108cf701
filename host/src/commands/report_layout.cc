#include "commands/report_layout.h"

#include <cmath>

#include "base/text.h"
#include "format/format.h"

namespace adohost {

std::vector<std::string> wrap_words(std::string_view text, std::size_t width) {
  std::vector<std::string> lines(1);
  for (const std::string& word : split_blank(text)) {
    std::string_view rest = word;
    const std::size_t used = utf8_length(lines.back());
    if (used > 0 && used + 1 + utf8_length(rest) <= width) {
      lines.back() += " " + word;
      continue;
    }
    if (used > 0) lines.emplace_back();
    while (utf8_length(rest) > width) {
      const std::string_view piece = utf8_prefix(rest, width);
      lines.back() = piece;
      lines.emplace_back();
      rest.remove_prefix(piece.size());
    }
    lines.back() = rest;
  }
  return lines;
}

std::string indent_to_center(std::string_view text, std::size_t width) {
  const std::size_t length = utf8_length(text);
  const std::size_t blanks = length < width ? (width - length) / 2 : 0;
  return std::string(blanks, ' ') + std::string(text);
}

std::string dashes(std::size_t n) {
  return std::string(n, '-');
}

std::string count_text(double n, std::size_t width) {
  const std::string w = std::to_string(width);
  if (n == std::floor(n) && std::fabs(n) < 1e15) {
    std::string text = number_text(n, "%24.0fc");
    if (text.size() <= width) return pad_left(text, width);
  }
  return pad_left(number_text(n, "%" + w + ".0g"), width);
}

std::string number_text(double x, std::string_view format) {
  return std::string(trim(format_number(x, format)));
}

}  // namespace adohost
