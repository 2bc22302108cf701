#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "lang/interpreter_state.h"
#include "lang/system_directories.h"
#include "lang/tokens.h"

namespace adohost {

namespace {

constexpr std::size_t kMaxNesting = 64;

void restore_preserved(Session& session, std::size_t depth) {
  while (!session.preserved.empty() && session.preserved.back().depth >= depth) {
    session.restore_preserved();
  }
}

void drop_temporary_variables(Dataset& data, const std::vector<std::string>& names) {
  std::vector<int> variables;
  for (const std::string& name : names) {
    const int v = data.find(name);
    if (v >= 0) variables.push_back(v);
  }
  if (variables.empty()) return;
  const bool changed = data.changed;
  data.drop_variables(variables);
  data.changed = changed;
}

/// A temporary frame goes too, unless the program has left it as the current one.
void drop_temporary(Session& session, const Frame& frame) {
  for (const std::string& name : frame.temporary_names) {
    session.scalars.erase(name);
    session.matrices.erase(name);
    session.files.close(name);
    if (session.frames.has(name) && name != session.frames.current()) {
      session.frames.drop(name);
    }
  }
  for (const std::string& name : session.frames.names()) {
    drop_temporary_variables(session.frames.at(name), frame.temporary_names);
  }
  for (const std::string& path : frame.temporary_files) {
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
  }
}

}  // namespace

FrameScope::FrameScope(Session& session, Frame frame) : session_(session) {
  if (session.interpreter->state().frames.size() > kMaxNesting) {
    throw StataError(1000, "system limit exceeded - see manual");
  }
  session.macros.push_frame();
  frame.version = session.settings.version;
  frame.by = std::move(session.by);
  session.by.reset();
  session.interpreter->state().frames.push_back(std::move(frame));
}

FrameScope::~FrameScope() {
  auto& frames = session_.interpreter->state().frames;
  restore_preserved(session_, frames.size() - 1);
  Frame frame = std::move(frames.back());
  frames.pop_back();
  drop_temporary(session_, frame);
  session_.settings.version = frame.version;
  session_.by = std::move(frame.by);
  session_.macros.pop_frame();
}

std::string make_temporary_name(Session& session) {
  auto& state = session.interpreter->state();
  std::size_t number = state.temporary_names++;
  std::string digits(6, '0');
  for (std::size_t i = digits.size(); i-- > 0; number /= 36) {
    digits[i] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number % 36];
  }
  state.frame().temporary_names.push_back("__" + digits);
  return state.frame().temporary_names.back();
}

std::string make_temporary_file(Session& session) {
  auto& state = session.interpreter->state();
  const std::filesystem::path directory = temporary_directory();
  std::string path;
  do {
    std::string number = std::to_string(++state.temporary_files);
    number.insert(0, number.size() < 6 ? 6 - number.size() : 0, '0');
    const std::string process = std::to_string(getpid() % 100000);
    path = (directory / ("St" + process + "." + number)).string();
  } while (std::filesystem::exists(path));
  state.frame().temporary_files.push_back(path);
  return path;
}

namespace {

/// The next argument of a program. Blanks cut what options hold, as in `p, title("a ")`:
/// a closing quote that stands alone at the start of a piece opens nothing.
std::string take_argument(std::string_view& text) {
  if (text.front() == '"' && text.find('"', 1) == text.npos) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string piece(text.substr(0, end));
    text = trim_left(text.substr(end));
    return piece;
  }
  return strip_quotes(take_piece(text));
}

}  // namespace

void set_positional_macros(Session& session, std::string_view arguments) {
  arguments = trim(arguments);
  session.macros.set_local("0", std::string(arguments));
  std::string all;
  for (std::size_t n = 1; !arguments.empty(); ++n) {
    const std::string piece = take_argument(arguments);
    all.append(all.empty() ? "" : " ").append(piece);
    session.macros.set_local(std::to_string(n), piece);
  }
  session.macros.set_local("*", std::move(all));
}

}  // namespace adohost
