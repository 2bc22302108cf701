// Macro functions that reach outside: files, directories, the environment, display.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "base/wildcard.h"
#include "lang/command.h"
#include "lang/interpreter_state.h"
#include "lang/macro_functions_table.h"
#include "lang/session.h"
#include "lang/system_directories.h"
#include "lang/words.h"

namespace adohost {
namespace {

namespace fs = std::filesystem;

enum class Kind { files, directories, other };

Kind kind_of(std::string_view word) {
  if (abbreviates(word, "files", 4)) return Kind::files;
  if (abbreviates(word, "dirs", 3)) return Kind::directories;
  if (word != "other") fail_syntax();
  return Kind::other;
}

bool is_kind(const fs::directory_entry& entry, Kind kind) {
  std::error_code failed;
  const bool directory = entry.is_directory(failed);
  if (kind == Kind::directories) return directory;
  return !directory && entry.is_regular_file(failed) == (kind == Kind::files);
}

/// dir "path" {files | dirs | other} ["pattern"] [, nofail respectcase]
std::string run_dir(Session&, std::string_view rest) {
  const std::string_view path = take_word(rest);
  const Kind kind = kind_of(take_word(rest));
  std::string_view pattern = "*";
  rest = trim_left(rest);
  if (!rest.empty() && rest.front() != ',') pattern = take_word(rest);
  rest = trim_left(rest);
  if (rest.starts_with(',')) {
    for (const TypedOption& option : typed_options(rest.substr(1)))
      if (option.has_argument ||
          (option.name != "nofail" && option.name != "respectcase"))
        fail_option(std::string(option.name));
  } else {
    require_end(rest);
  }
  std::error_code failed;
  const std::string where = path.empty() ? "." : expand_home(path);
  std::vector<std::string> names;
  for (fs::directory_iterator it(where, failed), end; !failed && it != end;
       it.increment(failed)) {
    const std::string name = it->path().filename().string();
    if (is_kind(*it, kind) && matches_wildcard(pattern, name)) names.push_back(name);
  }
  if (failed) throw StataError(601, "directory " + where + " not found");
  std::sort(names.begin(), names.end());
  std::string text;
  for (const std::string& name : names)
    text += (text.empty() ? "" : " ") + in_quotes(name);
  return text;
}

std::string run_sysdir(Session&, std::string_view rest) {
  const std::string_view word = take_word(rest);
  require_end(rest);
  const std::string directory = system_directory(word);
  return directory.empty() ? std::string(word) : directory;
}

std::string run_environment(Session&, std::string_view rest) {
  const std::string name(take_word(rest));
  require_end(rest);
  const char* value = std::getenv(name.c_str());
  return value != nullptr ? value : "";
}

/// adosubdir "file": the one-letter directory that it is filed under.
std::string run_adosubdir(Session&, std::string_view rest) {
  const std::string_view name = take_word(rest);
  require_end(rest);
  if (name.empty()) return "";
  return lower(utf8_prefix(name, 1));
}

/// What `display` prints, without the newline.
std::string run_display(Session& session, std::string_view rest) {
  const Command* display = find_command("display");
  std::string text;
  Output into([&text](std::string_view s) { text += s; });
  into.set_linesize(session.out.linesize());
  CommandLine line;
  line.command = "display";
  line.rest = rest;
  std::swap(session.out, into);
  try {
    display->run(session, line);
  } catch (...) {
    std::swap(session.out, into);
    throw;
  }
  session.out.flush();
  std::swap(session.out, into);
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

std::string run_tempvar(Session& session, std::string_view rest) {
  require_end(rest);
  return make_temporary_name(session);
}

std::string run_tempfile(Session& session, std::string_view rest) {
  require_end(rest);
  return make_temporary_file(session);
}

constexpr MacroFunction kFunctions[] = {
    {"tempvar", 7, run_tempvar},
    {"tempfile", 8, run_tempfile},
    {"dir", 3, run_dir},
    {"sysdir", 6, run_sysdir},
    {"environment", 3, run_environment},
    {"adosubdir", 9, run_adosubdir},
    {"display", 2, run_display},
};

}  // namespace

std::span<const MacroFunction> system_macro_functions() {
  return kFunctions;
}

}  // namespace adohost
