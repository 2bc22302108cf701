// save, saveold ([D] save).
#include <filesystem>

#include "base/error.h"
#include "base/text.h"
#include "commands/dta_commands.h"
#include "dta/dta_output.h"
#include "dta/write_dta.h"
#include "lang/clock.h"
#include "lang/file_names.h"
#include "lang/runner.h"
#include "lang/system_directories.h"

namespace adohost {
namespace {

/// The file that was typed, or else the one that the data came from.
std::string target_name(const Session& session, std::string_view typed) {
  if (!trim(typed).empty()) return with_extension(only_path(typed), ".dta");
  if (session.data.filename.empty()) {
    throw StataError(198, "invalid file specification");
  }
  return session.data.filename;
}

void check_data(const Session& session, const Options& options) {
  if (session.data.nvar() > 0 || options.has("emptyok")) return;
  throw StataError(111, "no variables defined");
}

void say_saved(Session& session, const std::string& name) {
  const bool plain = name.ends_with(".dta");
  session.out.line("file " + name + (plain ? " saved" : " saved as .dta format"));
}

void save_data(Session& session, const std::string& name, bool replace,
               DtaWriteOptions write) {
  const std::string path = expand_home(name);
  const bool exists = std::filesystem::exists(path);
  if (exists && !replace) throw StataError(602, "file " + name + " already exists");
  if (!exists && replace) session.out.line("(file " + name + " not found)");
  Dataset& data = session.data;
  write.timestamp = time_stamp();
  DtaOutput output(path, name);
  write_dta(data, write, [&](const void* bytes, std::size_t n) {
    check_break(session);  // what has been written by then stays, half a file
    output.write(bytes, n);
  });
  output.close();
  data.filename = name;
  data.timestamp = write.timestamp;
  data.changed = false;
  say_saved(session, name);
}

}  // namespace

void run_save(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowOptions);
  const Options options = parse_options(
      line.options,
      {{"replace", 7}, {"emptyok", 7}, {"nolabel", 5}, {"orphans", 6}, {"all", 3}});
  const std::string name = target_name(session, line.anything);
  check_data(session, options);
  DtaWriteOptions write;
  write.release = usual_dta_release(session.data);
  write.orphans = options.has("orphans");
  write.no_labels = options.has("nolabel");
  save_data(session, name, options.has("replace"), write);
}

void run_saveold(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowOptions);
  const Options options = parse_options(
      line.options, {{"replace", 7}, {"nolabel", 3}, {"all", 3}, {"version", 1, true}});
  if (trim(line.anything).empty()) throw StataError(198, "invalid file specification");
  const std::string name = target_name(session, line.anything);
  check_data(session, options);
  const auto version = to_integer(options.argument("version").value_or("13"));
  if (!version || *version < 11 || *version > 15) {
    throw StataError(198, "option version() incorrectly specified");
  }
  if (*version < 13) {
    throw StataError(198, "adohost saves in the format of Stata 13 and later only");
  }
  DtaWriteOptions write;
  write.release = *version == 13 ? 117 : usual_dta_release(session.data);
  write.no_labels = options.has("nolabel");
  if (*version == 13) session.out.line("(saving in Stata 13 format)");
  save_data(session, name, options.has("replace"), write);
}

}  // namespace adohost
