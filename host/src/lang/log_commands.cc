// log using, close, off, on: a copy of what is printed, as text ([R] log).
#include <cstdio>
#include <ctime>
#include <filesystem>

#include "base/error.h"
#include "base/text.h"
#include "lang/command.h"
#include "lang/interpreter_state.h"
#include "lang/system_directories.h"

namespace adohost {

namespace {

namespace fs = std::filesystem;

std::string time_now() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  char text[64];
  const std::size_t n = std::strftime(text, sizeof text, "%e %b %Y, %H:%M:%S", &local);
  return std::string(text, n);
}

LogFile& open_log(Session& session) {
  LogFile& log = session.interpreter->state().log;
  if (!log.file) throw StataError(606, "no log file open");
  return log;
}

void print_rule(Session& session) {
  session.out.line(std::string(static_cast<std::size_t>(session.out.linesize()), '-'));
}

void print_state(Session& session, const std::string& event) {
  const LogFile& log = session.interpreter->state().log;
  session.out.line("      name:  <unnamed>");
  session.out.line("       log:  " + log.path);
  session.out.line("  log type:  text");
  session.out.line(pad_left(event, 10) + ":  " + time_now());
}

void copy_output(Session& session) {
  session.out.set_copy(
      [file = session.interpreter->state().log.file](std::string_view text) {
        std::fwrite(text.data(), 1, text.size(), file.get());
      });
}

/// The path with `.log` where it has no extension.
std::string log_path(const std::string& name) {
  const fs::path path(expand_home(name));
  const fs::path whole = path.has_extension() ? path : fs::path(path.string() + ".log");
  return fs::absolute(whole).lexically_normal().string();
}

void log_using(Session& session, const CommandLine& line) {
  LogFile& log = session.interpreter->state().log;
  const Options options = parse_options(
      line.options, {{"append", 1}, {"replace", 3}, {"text", 1}, {"smcl", 1}});
  if (log.file) throw StataError(604, "log file already open");
  const std::string path = log_path(*line.using_text);
  const bool text = options.has("text") || path.ends_with(".log");
  if (options.has("smcl") || !text) {
    throw StataError(198, "adohost writes logs as text: specify option text");
  }
  if (fs::exists(path) && !options.has("replace") && !options.has("append")) {
    throw StataError(602, "file " + path + " already exists");
  }
  FILE* file = std::fopen(path.c_str(), options.has("append") ? "ab" : "wb");
  if (file == nullptr) throw StataError(603, "file " + path + " could not be opened");
  log.path = path;
  log.file = std::shared_ptr<FILE>(file, [](FILE* f) { std::fclose(f); });
  copy_output(session);
  print_rule(session);
  print_state(session, "opened on");
}

void log_close(Session& session) {
  LogFile& log = open_log(session);
  print_state(session, "closed on");
  print_rule(session);
  session.out.set_copy({});
  log = LogFile{};
}

void run_log(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowUsing | kAllowOptions);
  if (line.using_text) {
    if (!line.anything.empty()) fail_syntax();
    return log_using(session, line);
  }
  require_only(line, kAllowAnything);
  if (line.anything == "close") {
    log_close(session);
  } else if (line.anything == "off") {
    open_log(session);
    session.out.set_copy({});
  } else if (line.anything == "on") {
    open_log(session);
    copy_output(session);
  } else {
    fail_syntax();
  }
}

constexpr Command kCommands[] = {{"log", 3, run_log}};

}  // namespace

std::span<const Command> log_commands() {
  return kCommands;
}

}  // namespace adohost
