#include "lang/installed_packages.h"

#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "base/text.h"
#include "lang/system_directories.h"

namespace adohost {
namespace {

std::string list_path() {
  return system_directory("PLUS") + "stata.trk";
}

void read_line(const std::string& line, std::vector<InstalledPackage>& packages) {
  if (line.size() < 3 && line != "e") return;
  const std::string text = line.size() > 2 ? line.substr(2) : "";
  if (line[0] == 'S') {
    packages.emplace_back();
    packages.back().source = text;
  }
  if (packages.empty()) return;
  InstalledPackage& package = packages.back();
  switch (line[0]) {
    case 'N':
      package.name = text.ends_with(".pkg") ? text.substr(0, text.size() - 4) : text;
      return;
    case 'D':
      package.date = text;
      return;
    case 'U':
      package.number = static_cast<int>(to_integer(text).value_or(0));
      return;
    case 'd':
      package.description.push_back(text);
      return;
    case 'f':
      package.files.push_back(text);
      return;
    default:
      return;
  }
}

}  // namespace

std::vector<InstalledPackage> installed_packages() {
  std::vector<InstalledPackage> packages;
  std::ifstream file(list_path());
  for (std::string line; std::getline(file, line);) read_line(line, packages);
  return packages;
}

void write_installed_packages(const std::vector<InstalledPackage>& packages) {
  std::ofstream file(list_path(), std::ios::binary);
  int next = 1;
  for (const InstalledPackage& package : packages) {
    next = std::max(next, package.number + 1);
  }
  file << "* "
       << std::string(8 - std::min<std::size_t>(8, std::to_string(next).size()), '0')
       << next << "\n*! version 1.0.0\n* Do not erase or edit this file\n"
       << "* It is used by Stata to track the ado and help\n"
       << "* files you have installed.\n\n";
  for (const InstalledPackage& package : packages) {
    file << "S " << package.source << "\nN " << package.name << ".pkg\nD " << package.date
         << "\nU " << package.number << "\n";
    for (const std::string& line : package.description) file << "d " << line << "\n";
    for (const std::string& name : package.files) file << "f " << name << "\n";
    file << "e\n";
  }
  file.close();
  if (!file) throw StataError(693, "I/O error writing file " + list_path());
}

}  // namespace adohost
