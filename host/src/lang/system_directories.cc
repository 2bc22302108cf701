#include "lang/system_directories.h"

#include <array>
#include <cstdlib>
#include <filesystem>

#include "base/text.h"

namespace adohost {
namespace {

constexpr std::array<std::string_view, 6> kNames = {"STATA", "BASE",     "SITE",
                                                    "PLUS",  "PERSONAL", "OLDPLACE"};

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

std::string program_directory() {
  std::error_code failed;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", failed);
  return failed ? "/" : program.parent_path().string() + "/";
}

}  // namespace

std::span<const std::string_view> system_directory_names() {
  return kNames;
}

std::string system_directory(std::string_view codeword) {
  const std::string word = upper(codeword);
  if (word == "STATA") return program_directory();
  if (word == "BASE") return program_directory() + "ado/base/";
  if (word == "SITE") return "/usr/local/ado/";
  if (word == "PLUS") return expand_home("~/ado/plus/");
  if (word == "PERSONAL") return expand_home("~/ado/personal/");
  if (word == "OLDPLACE") return expand_home("~/ado/");
  return "";
}

std::string ado_place(std::string_view text) {
  return system_directory(text).empty() ? expand_home(text) : upper(text);
}

std::string named_directory(std::string_view text) {
  const std::string directory = system_directory(text);
  return directory.empty() ? expand_home(text) : directory;
}

std::string expand_home(std::string_view path) {
  const bool home = path == "~" || path.starts_with("~/");
  return home ? environment("HOME") + std::string(path.substr(1)) : std::string(path);
}

std::string temporary_directory() {
  std::string directory = environment("STATATMP");
  if (directory.empty()) directory = environment("TMPDIR");
  while (directory.size() > 1 && directory.ends_with('/')) directory.pop_back();
  return directory.empty() ? "/tmp" : directory;
}

}  // namespace adohost
