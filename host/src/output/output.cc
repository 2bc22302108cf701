#include "output/output.h"

#include <cstdio>

#include "output/smcl.h"

namespace adohost {

namespace {

void write_to_stdout(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
}

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

}  // namespace

Output::Output(Sink sink) : sink_(sink ? std::move(sink) : Sink(write_to_stdout)) {}

void Output::print(std::string_view text, Style style) {
  if (level_ == Loudness::captured) return;
  if (level_ == Loudness::quiet && style != Style::error) return;
  emit(text);
}

void Output::line(std::string_view text, Style style) {
  std::string whole(text);
  whole += '\n';
  print(whole, style);
}

void Output::smcl(std::string_view text, Style style) {
  print(smcl_to_text(text, column_, linesize_), style);
}

bool Output::take_printed() {
  const bool printed = printed_;
  printed_ = false;
  return printed;
}

void Output::flush() {
  std::fflush(stdout);
}

void Output::emit(std::string_view text) {
  if (text.empty()) return;
  printed_ = true;
  for (char c : text) {
    if (c == '\n' || c == '\r') {
      column_ = 1;
    } else if (!continues_character(c)) {
      ++column_;
    }
  }
  sink_(text);
  if (copy_) copy_(text);
}

}  // namespace adohost
