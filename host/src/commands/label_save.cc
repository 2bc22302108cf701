#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "base/text.h"
#include "commands/label_commands.h"
#include "lang/command_line.h"
#include "lang/file_names.h"
#include "lang/system_directories.h"

namespace adohost {
namespace {

std::vector<std::string> wanted_sets(const Session& session, std::string_view text) {
  std::vector<std::string> names = split_blank(text);
  if (names.empty()) {
    for (const auto& [name, labels] : session.data.value_labels) names.push_back(name);
  }
  for (const std::string& name : names) {
    if (session.data.value_labels.contains(name)) continue;
    throw StataError(111, "value label " + name + " not found");
  }
  return names;
}

}  // namespace

void label_save(Session& session, const LabelRequest& request) {
  const Options options = parse_options(request.options, {{"replace", 7}});
  const CommandLine line = split_command("label save", request.text);
  require_only(line, kAllowAnything | kAllowUsing);
  if (!line.using_text) throw StataError(100, "using required");
  const std::vector<std::string> names = wanted_sets(session, line.anything);
  const std::string name = with_extension(only_path(line.using_raw), ".do");
  const std::string path = expand_home(name);
  if (std::filesystem::exists(path) && !options.has("replace")) {
    throw StataError(602, "file " + name + " already exists");
  }
  std::ofstream file(path, std::ios::binary);
  if (!file) throw StataError(603, "file " + name + " could not be opened");
  for (const std::string& set : names) {
    for (const auto& [key, text] : session.data.value_labels.at(set)) {
      file << "label define " << set << ' ' << label_key_text(key) << " `\"" << text
           << "\"', modify\n";
    }
  }
  file.close();
  if (!file) throw StataError(693, "I/O error writing file " + name);
  session.out.line("file " + name + " saved");
}

}  // namespace adohost
