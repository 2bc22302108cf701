// The list of installed packages, which is the file stata.trk in PLUS.
#pragma once

#include <string>
#include <vector>

namespace adohost {

struct InstalledPackage {
  int number = 0;      // that ado shows
  std::string source;  // where it came from
  std::string name;    // without .pkg
  std::string date;
  std::vector<std::string> description;  // the title first
  std::vector<std::string> files;        // below PLUS
};

std::vector<InstalledPackage> installed_packages();
/// Throws 693 where the file cannot be written.
void write_installed_packages(const std::vector<InstalledPackage>& packages);

}  // namespace adohost
