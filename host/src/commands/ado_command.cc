// ado: the packages that net install has installed ([R] net, "ado").
#include <filesystem>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "commands/net_commands.h"
#include "lang/installed_packages.h"
#include "lang/system_directories.h"
#include "lang/words.h"

namespace adohost {
namespace {

namespace fs = std::filesystem;

std::string shown_number(const InstalledPackage& package) {
  return "[" + std::to_string(package.number) + "]";
}

void show_package(Session& session, const InstalledPackage& package) {
  session.out.line(shown_number(package) + " package " + package.name + " from " +
                   package.source);
  if (!package.description.empty()) {
    session.out.line("      " + package.description.front());
  }
}

/// `name`, `[#]`; nothing for all of them.
std::vector<InstalledPackage> wanted_packages(std::string_view text) {
  std::vector<InstalledPackage> packages = installed_packages();
  const std::string word(trim(text));
  if (word.empty()) return packages;
  std::erase_if(packages, [&word](const InstalledPackage& package) {
    return package.name != word && shown_number(package) != word;
  });
  if (packages.empty()) throw StataError(111, "package " + word + " not found");
  return packages;
}

void ado_dir(Session& session, std::string_view rest) {
  const auto packages = wanted_packages(rest);
  if (packages.empty()) session.out.line("(no packages installed)");
  for (const InstalledPackage& package : packages) {
    session.out.line("");
    show_package(session, package);
  }
}

void ado_describe(Session& session, std::string_view rest) {
  for (const InstalledPackage& package : wanted_packages(rest)) {
    session.out.line("\n" + line_of_dashes(session));
    session.out.line(shown_number(package) + " package " + package.name + " from " +
                     package.source);
    session.out.line(line_of_dashes(session));
    session.out.line("\nTITLE");
    for (const std::string& text : package.description) {
      session.out.line(std::string(trim_right("      " + text)));
    }
    session.out.line("\nINSTALLATION FILES");
    for (const std::string& file : package.files) session.out.line("      " + file);
    session.out.line("\nINSTALLED ON\n      " + package.date);
    session.out.line(line_of_dashes(session));
  }
}

void ado_uninstall(Session& session, std::string_view rest) {
  if (trim(rest).empty()) fail_syntax();
  const auto packages = wanted_packages(rest);
  if (packages.size() > 1) {
    throw StataError(198, "more than one package has that name; use [#]");
  }
  const InstalledPackage& gone = packages.front();
  session.out.line("");
  session.out.line("package " + gone.name + " from " + gone.source);
  if (!gone.description.empty()) session.out.line("      " + gone.description.front());
  std::set<std::string> shared;  // files that other packages need
  auto all = installed_packages();
  std::erase_if(all, [&gone](const auto& p) { return p.number == gone.number; });
  for (const InstalledPackage& package : all) {
    shared.insert(package.files.begin(), package.files.end());
  }
  for (const std::string& file : gone.files) {
    std::error_code ignored;
    if (!shared.contains(file)) fs::remove(system_directory("PLUS") + file, ignored);
  }
  write_installed_packages(all);
  session.out.line("\n(package uninstalled)");
}

}  // namespace

void run_ado(Session& session, const CommandLine& line) {
  const Token verb = next_token(line.rest);
  const std::string_view word = verb.raw;
  if (!verb.found || abbreviates(word, "dir", 3)) return ado_dir(session, verb.rest);
  if (abbreviates(word, "describe", 1)) return ado_describe(session, verb.rest);
  if (abbreviates(word, "uninstall", 7)) return ado_uninstall(session, verb.rest);
  throw StataError(198, "ado " + std::string(word) + " is not available in adohost");
}

}  // namespace adohost
