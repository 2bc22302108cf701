// A package of net install: what a .pkg file says ([R] net, "The format of
// package_name.pkg files").
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace adohost {

struct PackageFile {
  std::string source;  // below the folder of the package
  std::string name;    // as it is installed
  /// Whether it belongs on the ado-path; else it is copied where the user is, by `net
  /// get` or with option all.
  bool installed = true;
};

struct Package {
  std::string name;   // without .pkg
  std::string title;  // the first line d
  std::vector<std::string> description;
  std::vector<PackageFile> files;     // those for this machine
  std::vector<std::string> required;  // lines h
};

/// Throws 198 for a line that no package may hold.
Package parse_package(std::string name, std::string_view text);

/// Where a file goes below PLUS: the folder of its first letter.
std::string place_of_file(const std::string& name);

/// What a folder offers: its stata.toc.
struct PackageList {
  std::vector<std::string> description;
  std::vector<std::pair<std::string, std::string>> packages;  // name, title
};
PackageList parse_package_list(std::string_view text);

}  // namespace adohost
