#include "base/paragraph.h"

#include <algorithm>

#include "base/text.h"

namespace adohost {

std::string paragraph(std::string_view text, std::size_t first, std::size_t others,
                      std::size_t width) {
  std::string done, line(first, ' ');
  std::string blanks;  // between the line and the next word
  bool fresh = true;
  for (text = trim(text); !text.empty();) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    const bool fits =
        utf8_length(line) + blanks.size() + utf8_length(word) <= width || fresh;
    if (!fits) {
      done += line + "\n";
      line.assign(others, ' ');
      blanks.clear();
    }
    line += blanks;
    line += word;
    fresh = false;
    text.remove_prefix(end);
    const std::size_t next = std::min(text.find_first_not_of(' '), text.size());
    blanks.assign(next, ' ');
    text.remove_prefix(next);
  }
  return done + line;
}

}  // namespace adohost
