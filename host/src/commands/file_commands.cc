// cd, pwd, mkdir, rmdir, erase, copy, dir, type, findfile, sysdir; the table of the
// family.
#include "commands/file_commands.h"

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <vector>

#include "base/text.h"
#include "base/wildcard.h"
#include "lang/file_names.h"
#include "lang/interpreter.h"
#include "lang/system_directories.h"
#include "lang/words.h"

namespace adohost {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail_no_file(const std::string& name) {
  throw StataError(601, "file " + name + " not found");
}

// ---- directories

void run_pwd(Session& session, const CommandLine& line) {
  if (!line.rest.empty()) fail_syntax();
  std::error_code failed;
  session.out.line(fs::current_path(failed).string());
}

void run_cd(Session& session, const CommandLine& line) {
  const std::string name =
      trim(line.rest).empty() ? "~" : std::string(without_quotes(trim(line.rest)));
  std::error_code failed;
  fs::current_path(expand_home(name), failed);
  if (failed) throw StataError(170, "unable to change to " + name);
  session.out.line(fs::current_path(failed).string());
}

void run_mkdir(Session&, const CommandLine& line) {
  std::string_view rest = line.rest;
  const std::string name = only_path(cut_options(rest));
  parse_options(rest, {{"public", 3}});
  std::error_code failed;
  if (!fs::create_directory(expand_home(name), failed) || failed)
    throw StataError(693, "could not create directory " + name);
}

void run_rmdir(Session&, const CommandLine& line) {
  const std::string name = only_path(line.rest);
  const fs::path path = expand_home(name);
  std::error_code failed;
  if (!fs::is_directory(path, failed))
    throw StataError(601, "directory " + name + " not found");
  if (!fs::remove(path, failed) || failed)
    throw StataError(693, "could not remove directory " + name);
}

std::string file_time(const fs::directory_entry& entry) {
  std::error_code failed;
  const auto changed = std::chrono::file_clock::to_sys(entry.last_write_time(failed));
  const std::time_t seconds = std::chrono::system_clock::to_time_t(
      std::chrono::time_point_cast<std::chrono::seconds>(changed));
  std::tm local{};
  localtime_r(&seconds, &local);
  char text[32];
  return {text, std::strftime(text, sizeof text, "%b %e %Y %H:%M", &local)};
}

/// dir [pattern]: the files of a directory, with size and time.
void run_dir(Session& session, const CommandLine& line) {
  const std::string_view typed = trim(line.rest);
  const fs::path wanted = expand_home(typed.empty() ? "." : only_path(typed));
  std::error_code failed;
  const bool all = fs::is_directory(wanted, failed);
  const fs::path folder = all ? wanted : wanted.parent_path();
  const std::string pattern = all ? "*" : wanted.filename().string();
  std::vector<fs::directory_entry> entries;
  for (fs::directory_iterator it(folder.empty() ? "." : folder, failed), end;
       !failed && it != end; it.increment(failed)) {
    const std::string name = it->path().filename().string();
    if (!name.starts_with('.') && matches_wildcard(pattern, name)) entries.push_back(*it);
  }
  if (failed || (entries.empty() && !all)) fail_no_file(std::string(typed));
  std::sort(entries.begin(), entries.end());
  for (const fs::directory_entry& entry : entries) {
    const bool directory = entry.is_directory(failed);
    const std::string size =
        directory ? "<dir>" : std::to_string(entry.file_size(failed));
    session.out.line(pad_left(size, 12) + "  " + file_time(entry) + "  " +
                     entry.path().filename().string() + (directory ? "/" : ""));
  }
}

// ---- files

void run_erase(Session&, const CommandLine& line) {
  const std::string name = only_path(line.rest);
  const fs::path path = expand_home(name);
  std::error_code failed;
  // A link that leads nowhere is a file to be erased as well.
  if (!fs::exists(fs::symlink_status(path, failed)) || fs::is_directory(path, failed))
    fail_no_file(name);
  if (!fs::remove(path, failed) || failed)
    throw StataError(608, "file " + name + " is read-only; cannot be modified or erased");
}

void run_copy(Session&, const CommandLine& line) {
  std::string_view rest = line.rest;
  const std::vector<Token> names = tokens(cut_options(rest));
  const Options options =
      parse_options(rest, {{"replace", 3}, {"public", 3}, {"text", 4}});
  if (names.size() != 2) fail_syntax();
  const std::string from(names[0].text);
  std::error_code failed;
  const fs::path source = expand_home(names[0].text);
  fs::path target = expand_home(names[1].text);
  if (!fs::is_regular_file(source, failed)) fail_no_file(from);
  if (fs::is_directory(target, failed)) target /= source.filename();
  const std::string to = target.string();
  if (fs::exists(target, failed) && !options.has("replace"))
    throw StataError(602, "file " + to + " already exists");
  fs::copy_file(source, target, fs::copy_options::overwrite_existing, failed);
  if (failed) throw StataError(603, "file " + to + " could not be opened");
}

void run_type(Session& session, const CommandLine& line) {
  std::string_view rest = line.rest;
  const std::string name = only_path(cut_options(rest));
  const Options options =
      parse_options(rest, {{"asis", 4}, {"lines", 1, true}, {"starbang", 4}});
  long long most = -1;
  if (const auto n = options.argument("lines")) {
    most = to_integer(*n).value_or(-1);
    if (most < 0) throw StataError(198, "option lines() incorrectly specified");
  }
  std::error_code failed;
  const fs::path path = expand_home(name);
  std::ifstream file(path, std::ios::binary);
  if (!file || fs::is_directory(path, failed)) fail_no_file(name);
  std::string text;
  for (long long i = 0; i != most && std::getline(file, text); ++i) {
    if (text.ends_with('\r')) text.pop_back();
    session.out.line(text);
  }
}

/// findfile name [, path(path) nodescend all]: r(fn)
void run_findfile(Session& session, const CommandLine& line) {
  std::string_view rest = line.rest;
  const std::string name = only_path(cut_options(rest));
  const Options options =
      parse_options(rest, {{"path", 1, true}, {"nodescend", 3}, {"all", 3}});
  std::vector<std::string> folders = session.interpreter->ado_path();
  if (const auto path = options.argument("path")) {
    folders.clear();
    for (const Token& token : tokens(without_quotes(*path), {.parse = " ;"}))
      if (token.raw != ";") folders.emplace_back(token.text);
  }
  std::vector<std::string> found;
  for (const std::string& folder : folders) {
    const fs::path base = named_directory(folder);
    std::vector<fs::path> candidates{base / name};
    if (!options.has("nodescend"))
      candidates.push_back(base / lower(utf8_prefix(name, 1)) / name);
    for (const fs::path& candidate : candidates) {
      std::error_code failed;
      if (fs::is_regular_file(candidate, failed)) found.push_back(candidate.string());
    }
  }
  session.r.clear();
  if (found.empty()) throw StataError(601, "file \"" + name + "\" not found");
  if (!options.has("all")) found.resize(1);
  std::string all;
  for (const std::string& path : found) {
    session.out.line(path);
    all += (all.empty() ? "" : " ") + (found.size() > 1 ? in_quotes(path) : path);
  }
  session.r.set_macro("fn", all);
}

void run_sysdir(Session& session, const CommandLine& line) {
  const std::string_view verb = trim(line.rest);
  if (!verb.empty() && !abbreviates(verb, "list", 1)) fail_syntax();
  for (const std::string_view name : system_directory_names())
    session.out.line(pad_left(name, 8) + ":  " + system_directory(name));
}

constexpr Command kCommands[] = {
    {"cd", 2, run_cd, Split::verbatim},
    {"chdir", 5, run_cd, Split::verbatim},
    {"pwd", 3, run_pwd, Split::verbatim},
    {"mkdir", 3, run_mkdir, Split::verbatim},
    {"rmdir", 5, run_rmdir, Split::verbatim},
    {"erase", 5, run_erase, Split::verbatim},
    {"rm", 2, run_erase, Split::verbatim},
    {"copy", 4, run_copy, Split::verbatim},
    {"dir", 3, run_dir, Split::verbatim},
    {"ls", 2, run_dir, Split::verbatim},
    {"type", 2, run_type, Split::verbatim},
    {"findfile", 8, run_findfile, Split::verbatim},
    {"sysdir", 6, run_sysdir, Split::verbatim},
    {"file", 4, run_file, Split::verbatim},
    {"timer", 5, run_timer, Split::verbatim},
};

}  // namespace

std::span<const Command> file_commands() {
  return kCommands;
}

}  // namespace adohost
