// net for packages in folders ([R] net): from, describe, install, get. Nothing is fetched
// from the web.
#include "commands/net_commands.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/error.h"
#include "base/text.h"
#include "commands/report_layout.h"
#include "lang/clock.h"
#include "lang/command.h"
#include "lang/file_names.h"
#include "lang/installed_packages.h"
#include "lang/package.h"
#include "lang/system_directories.h"
#include "lang/words.h"

namespace adohost {
namespace {

namespace fs = std::filesystem;

std::string read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::error_code failed;
  if (!file || !fs::is_regular_file(path, failed)) {
    throw StataError(601, "file " + path + " not found");
  }
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// The folder that was typed, with a slash at its end. Throws 631 for an address.
std::string folder_of(std::string_view typed) {
  const std::string text(without_quotes(trim(typed)));
  if (text.find("://") != std::string::npos) {
    throw StataError(631, "adohost does not reach the network: " + text);
  }
  if (text.empty()) fail_syntax();
  std::string folder = expand_home(text);
  if (!folder.ends_with('/')) folder += '/';
  return folder;
}

struct NetRequest {
  Package package;
  std::string folder;
  Options options;
};

/// `package [, from(folder) options]`; without from(), what `net from` has named.
NetRequest parse_request(const Session& session, std::string_view rest,
                         std::vector<OptionRule> rules) {
  std::string name = only_path(cut_options(rest));
  if (name.ends_with(".pkg")) name.resize(name.size() - 4);
  rules.push_back({"from", 2, true});
  NetRequest request;
  request.options = parse_options(rest, rules);
  const auto from = request.options.argument("from");
  if (!from && session.settings.net_place.empty())
    throw StataError(198, "option from() required in adohost");
  request.folder = from ? folder_of(*from) : session.settings.net_place;
  request.package = parse_package(name, read_text(request.folder + name + ".pkg"));
  return request;
}

// ---- net from, net describe

void net_from(Session& session, std::string_view rest) {
  const std::string folder = folder_of(only_path(rest));
  const PackageList list = parse_package_list(read_text(folder + "stata.toc"));
  session.settings.net_place = folder;
  Output& out = session.out;
  out.line(line_of_dashes(session));
  out.line(folder);
  for (const std::string& line : list.description) out.line(line);
  out.line(line_of_dashes(session));
  out.line("\nPACKAGES you could -net describe-:");
  for (const auto& [name, title] : list.packages) {
    out.line("    " + pad_right(name, 18) + title);
  }
  out.line(line_of_dashes(session));
}

void list_files(Session& session, const Package& package, bool installed,
                const std::string& heading) {
  bool titled = false;
  for (const PackageFile& file : package.files) {
    if (file.installed != installed) continue;
    if (!titled) session.out.line("\n" + heading);
    titled = true;
    session.out.line("      " + file.name);
  }
}

std::string heading(const std::string& what, const std::string& command,
                    const Session& session) {
  const std::string hint = "(type " + command + ")";
  const auto width = static_cast<std::size_t>(session.out.linesize());
  const std::size_t room = width > what.size() ? width - what.size() : 0;
  return what + pad_left(hint, room);
}

void net_describe(Session& session, std::string_view rest) {
  const NetRequest request = parse_request(session, rest, {});
  const Package& package = request.package;
  Output& out = session.out;
  out.line("\n" + line_of_dashes(session));
  out.line("package " + package.name + " from " + request.folder);
  out.line(line_of_dashes(session));
  out.line("\nTITLE\n      " + package.title);
  if (!package.description.empty()) {
    out.line("\nDESCRIPTION/AUTHOR(S)");
    for (const std::string& line : package.description) {
      out.line(std::string(trim_right("      " + line)));
    }
  }
  list_files(session, package, true,
             heading("INSTALLATION FILES", "net install " + package.name, session));
  list_files(session, package, false,
             heading("ANCILLARY FILES", "net get " + package.name, session));
  out.line(line_of_dashes(session));
}

// ---- net install, net get

/// A file of the package, read, and where it goes.
struct Copy {
  std::string text;
  fs::path target;
};

std::vector<Copy> read_copies(const NetRequest& request, bool installed, bool all) {
  const fs::path plus = system_directory("PLUS");
  std::vector<Copy> copies;
  for (const PackageFile& file : request.package.files) {
    if (!(file.installed ? installed : all)) continue;
    const fs::path target =
        file.installed ? plus / place_of_file(file.name) : fs::path(file.name);
    copies.push_back({read_text(request.folder + file.source), target});
  }
  return copies;
}

enum class State { absent, same, different };

State state_of(const Copy& copy) {
  std::ifstream file(copy.target, std::ios::binary);
  if (!file) return State::absent;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str() == copy.text ? State::same : State::different;
}

void list_paths(Session& session, const std::string& heading_text,
                const std::vector<fs::path>& paths) {
  session.out.line("\n" + heading_text);
  for (const fs::path& path : paths) session.out.line("    " + path.string());
  session.out.line("");
}

/// Copies what is new or, with `replace`, different. Returns whether anything was.
bool copy_files(Session& session, const std::vector<Copy>& copies, bool replace,
                const std::string& verb) {
  std::vector<fs::path> different;
  bool news = false;
  for (const Copy& copy : copies) {
    const State state = state_of(copy);
    if (state == State::different) different.push_back(copy.target);
    news = news || state != State::same;
  }
  if (!news) return false;
  if (!different.empty()) {
    if (!replace) {
      list_paths(session,
                 "the following files already exist and are different:", different);
      session.out.line("no files installed or copied", Style::error);
      throw StataError(602, "(no action taken)");
    }
    list_paths(session, "the following files will be replaced:", different);
  }
  session.out.line(verb);
  for (const Copy& copy : copies) {
    std::error_code ignored;
    const fs::path folder = copy.target.parent_path();
    if (!folder.empty()) fs::create_directories(folder, ignored);
    std::ofstream file(copy.target, std::ios::binary);
    file << copy.text;
    file.close();
    if (!file) {
      throw StataError(603, "file " + copy.target.string() + " could not be opened");
    }
  }
  return true;
}

void require_platform(const Package& package) {
  for (const std::string& name : package.required) {
    const bool there =
        std::any_of(package.files.begin(), package.files.end(),
                    [&name](const PackageFile& file) { return file.name == name; });
    if (there) continue;
    throw StataError(601, "package " + package.name + " requires " + name +
                              ", which it does not have for this platform");
  }
}

void note_installation(const NetRequest& request) {
  auto packages = installed_packages();
  int number = 0;
  for (const InstalledPackage& package : packages) {
    number = std::max(number, package.number);
  }
  std::erase_if(packages, [&request](const InstalledPackage& package) {
    return package.name == request.package.name && package.source == request.folder;
  });
  InstalledPackage added;
  added.number = number + 1;
  added.source = request.folder;
  added.name = request.package.name;
  added.date = std::string(trim(time_stamp().substr(0, 11)));
  added.description = request.package.description;
  added.description.insert(added.description.begin(), request.package.title);
  for (const PackageFile& file : request.package.files) {
    if (file.installed) added.files.push_back(place_of_file(file.name));
  }
  packages.push_back(std::move(added));
  write_installed_packages(packages);
}

void net_install(Session& session, std::string_view rest) {
  const NetRequest request =
      parse_request(session, rest, {{"replace", 7}, {"all", 3}, {"force", 5}});
  const std::string plus = system_directory("PLUS");
  session.out.line("checking " + request.package.name +
                   " consistency and verifying not already installed...");
  require_platform(request.package);
  const auto copies = read_copies(request, true, request.options.has("all"));
  const bool done = copy_files(
      session, copies, request.options.has("replace") || request.options.has("force"),
      "installing into " + plus + "...");
  if (!done) {
    session.out.line("all files already exist and are up to date.");
    return;
  }
  note_installation(request);
  session.out.line("installation complete.");
}

void net_get(Session& session, std::string_view rest) {
  const NetRequest request =
      parse_request(session, rest, {{"replace", 7}, {"all", 3}, {"force", 5}});
  session.out.line("checking " + request.package.name +
                   " consistency and verifying not already installed...");
  const auto copies = read_copies(request, request.options.has("all"), true);
  if (copies.empty()) {
    session.out.line("(no ancillary files)");
    return;
  }
  const bool done = copy_files(
      session, copies, request.options.has("replace") || request.options.has("force"),
      "copying into current directory...");
  for (const Copy& copy : copies) {
    if (done) session.out.line("      copying  " + copy.target.string());
  }
  session.out.line(done ? "ancillary files successfully copied."
                        : "all files already exist and are up to date.");
}

void run_net(Session& session, const CommandLine& line) {
  const Token verb = next_token(line.rest);
  const std::string_view word = verb.raw;
  if (abbreviates(word, "from", 4)) return net_from(session, verb.rest);
  if (abbreviates(word, "describe", 1)) return net_describe(session, verb.rest);
  if (abbreviates(word, "install", 3)) return net_install(session, verb.rest);
  if (word == "get") return net_get(session, verb.rest);
  throw StataError(198, "net " + std::string(word) + " is not available in adohost");
}

void run_ssc(Session&, const CommandLine& line) {
  throw StataError(631, "adohost does not reach the network: ssc" + line.rest);
}

constexpr Command kCommands[] = {
    {"ado", 3, run_ado, Split::verbatim},
    {"net", 3, run_net, Split::verbatim},
    {"ssc", 3, run_ssc, Split::verbatim},
};

}  // namespace

std::span<const Command> net_commands() {
  return kCommands;
}

}  // namespace adohost
