#include "lang/package.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <sstream>

#include "base/error.h"
#include "base/text.h"

namespace adohost {
namespace {

constexpr std::array<std::string_view, 2> kPlatforms{"LINUX64", "LINUX64P"};

/// Extensions of files that Stata looks for along the ado-path.
constexpr std::array<std::string_view, 17> kInstalled{
    ".ado",    ".class", ".dlg",    ".hlp",   ".idlg", ".ihlp",
    ".jar",    ".key",   ".mata",   ".mlib",  ".mo",   ".plugin",
    ".scheme", ".sthlp", ".stbcal", ".style", ".py"};

bool is_installed(const std::string& name) {
  const std::string extension = std::filesystem::path(name).extension().string();
  return std::find(kInstalled.begin(), kInstalled.end(), extension) != kInstalled.end();
}

std::string base_name(const std::string& path) {
  return std::filesystem::path(path).filename().string();
}

void add_file(Package& package, const std::string& source, const std::string& name) {
  package.files.push_back({source, name, is_installed(name)});
}

/// `g LINUX64 file [name]`: the first line for this machine counts.
void add_platform_file(Package& package, const std::vector<std::string>& words) {
  if (words.size() < 3) fail_syntax();
  const bool ours =
      std::find(kPlatforms.begin(), kPlatforms.end(), words[1]) != kPlatforms.end();
  const std::string name = words.size() > 3 ? words[3] : base_name(words[2]);
  const bool known = std::any_of(package.files.begin(), package.files.end(),
                                 [&](const PackageFile& f) { return f.name == name; });
  if (ours && !known) add_file(package, words[2], name);
}

std::string_view after_letter(std::string_view line) {
  return line.size() > 1 ? trim_right(line.substr(2)) : std::string_view();
}

template <typename Visit>
void for_each_line(std::string_view text, Visit visit) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!trim(line).empty() && line.front() != '*') visit(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace

Package parse_package(std::string name, std::string_view text) {
  Package package;
  package.name = std::move(name);
  bool titled = false;
  for_each_line(text, [&](std::string_view line) {
    const std::vector<std::string> words = split_blank(line);
    switch (line.front()) {
      case 'v':
      case 'e':
        return;
      case 'd':
        if (!titled) {
          package.title = after_letter(line);
        } else {
          package.description.emplace_back(after_letter(line));
        }
        titled = true;
        return;
      case 'f':
      case 'F':
        if (words.size() != 2) fail_syntax();
        return add_file(package, words[1], base_name(words[1]));
      case 'g':
      case 'G':
        return add_platform_file(package, words);
      case 'h':
        if (words.size() != 2) fail_syntax();
        package.required.push_back(words[1]);
        return;
      default:
        throw StataError(
            198, "invalid line in package " + package.name + ": " + std::string(line));
    }
  });
  return package;
}

std::string place_of_file(const std::string& name) {
  const char first = lower(name.substr(0, 1))[0];
  const bool letter = first >= 'a' && first <= 'z';
  return std::string(1, letter ? first : '_') + "/" + name;
}

PackageList parse_package_list(std::string_view text) {
  PackageList list;
  for_each_line(text, [&list](std::string_view line) {
    const std::string_view rest = after_letter(line);
    if (line.front() == 'd') list.description.emplace_back(rest);
    if (line.front() != 'p') return;
    const std::size_t end = std::min(rest.find(' '), rest.size());
    list.packages.emplace_back(rest.substr(0, end), trim(rest.substr(end)));
  });
  return list;
}

}  // namespace adohost
