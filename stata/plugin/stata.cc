#include "stata.h"

#include <algorithm>
#include <atomic>
#include <cstring>

namespace stata_pydata {

int Stata::variables() const {
  return std::max(table_->call_variables(), table_->dataset_variables());
}

bool Stata::break_pressed() const {
  table_->poll();  // what it returns isn't documented; the flag is
  return std::atomic_ref(*table_->stop_flag).load(std::memory_order_relaxed) != 0;
}

void Stata::display(std::string_view text) const {
  std::string line = literal_line(text);
  table_->display(line.data());
}

void Stata::error(std::string_view text) const {
  std::string line = literal_line(text);
  table_->error(line.data());
}

void Stata::set_local(std::string_view name, std::string_view value) const {
  std::string macro = "_" + std::string(name);
  std::string text(value);
  table_->macro_save(macro.data(), text.data());
}

std::string Stata::local(std::string_view name, int bytes) const {
  std::string macro = "_" + std::string(name);
  std::string buffer(static_cast<std::size_t>(bytes) + 1, '\0');
  if (table_->macro_use(macro.data(), buffer.data(), bytes + 1) != 0) return {};
  buffer.resize(std::strlen(buffer.c_str()));
  return buffer;
}

std::string literal_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    if (c == '{') {
      line += "{c -(}";
    } else if (c == '}') {
      line += "{c )-}";
    } else {
      line += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return line + "\n";
}

}  // namespace stata_pydata
