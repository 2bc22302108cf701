// file open, close, seek, set, query ([P] file).
#include <filesystem>

#include "base/text.h"
#include "commands/file_commands.h"
#include "expr/expression.h"
#include "lang/system_directories.h"
#include "lang/words.h"

namespace adohost {
namespace {

struct OpenMode {
  bool read = false, write = false, binary = false, replace = false, append = false;
};

/// Options of file open: {read | write | read write} [text|binary] [replace|append]
/// [all].
OpenMode open_mode(std::string_view text) {
  const Options options = parse_options(text, {{"read", 1},
                                               {"write", 1},
                                               {"text", 1},
                                               {"binary", 1},
                                               {"replace", 7},
                                               {"append", 6},
                                               {"all", 3}});
  OpenMode mode;
  mode.read = options.has("read");
  mode.write = options.has("write");
  mode.binary = options.has("binary");
  mode.replace = options.has("replace");
  mode.append = options.has("append");
  if (!mode.read && !mode.write) fail_syntax();
  if (mode.binary && options.has("text")) fail_syntax();
  if (mode.replace && mode.append)
    throw StataError(184, "options replace and append may not be combined");
  if (!mode.write && (mode.replace || mode.append)) fail_syntax();
  return mode;
}

/// The fopen mode. A file that exists is replaced, added to or (read write) kept.
const char* c_mode(const OpenMode& mode, bool exists) {
  if (!mode.write) return "rb";
  if (mode.append) return mode.read ? "a+b" : "ab";
  if (mode.read) return exists && !mode.replace ? "r+b" : "w+b";
  return "wb";
}

void file_open(Session& session, const std::string& handle, std::string_view rest) {
  const CommandLine line = split_command("file", rest);
  require_only(line, kAllowUsing | kAllowOptions);
  if (!line.using_text) throw StataError(100, "using required");
  const OpenMode mode = open_mode(line.options);
  if (session.files.all().count(handle) != 0)
    throw StataError(110, "file handle " + handle + " already exists");
  const std::string& name = *line.using_text;
  const std::string path = expand_home(name);
  std::error_code failed;
  const bool exists = std::filesystem::exists(path, failed);
  if (!exists && !mode.write) throw StataError(601, "file " + name + " not found");
  if (exists && mode.write && !mode.read && !mode.replace && !mode.append)
    throw StataError(602, "file " + name + " already exists");

  OpenFile file;
  file.path = name;
  file.can_read = mode.read;
  file.can_write = mode.write;
  file.binary = mode.binary;
  if (!std::filesystem::is_directory(path, failed))
    file.stream.reset(std::fopen(path.c_str(), c_mode(mode, exists)));
  if (!file.stream) throw StataError(603, "file " + name + " could not be opened");
  session.files.add(handle, std::move(file));
}

void file_close(Session& session, const std::string& handle) {
  if (handle == "_all") {
    session.files.close_all();
    return;
  }
  session.files.get(handle);
  session.files.close(handle);
}

/// file seek handle {query | tof | eof | #}: r(loc)
void file_seek(Session& session, const std::string& handle, std::string_view where) {
  OpenFile& file = session.files.get(handle);
  std::FILE* stream = file.stream.get();
  where = trim(where);
  if (where == "tof") {
    std::fseek(stream, 0, SEEK_SET);
  } else if (where == "eof") {
    std::fseek(stream, 0, SEEK_END);
  } else if (where != "query") {
    const auto position = to_integer(where);
    if (!position || *position < 0) fail_syntax();
    std::fseek(stream, static_cast<long>(*position), SEEK_SET);
  }
  session.r.clear();
  session.r.set_scalar("loc", static_cast<double>(std::ftell(stream)));
}

/// file set handle byteorder {hilo | lohi | 1 | 2}
void file_set(Session& session, const std::string& handle, std::string_view rest) {
  OpenFile& file = session.files.get(handle);
  const Token what = next_token(rest);
  const std::string_view order = trim(what.rest);
  const bool high = order == "hilo" || order == "1";
  if (what.raw != "byteorder" || (!high && order != "lohi" && order != "2"))
    fail_syntax();
  file.high_byte_first = high;
}

void file_query(Session& session) {
  for (const auto& [handle, file] : session.files.all()) {
    const std::string access = file.can_read && file.can_write ? "read write"
                               : file.can_read                 ? "read"
                                                               : "write";
    session.out.line("  " + pad_right(handle, 14) + pad_right(access, 12) +
                     pad_right(file.binary ? "binary" : "text", 8) + file.path);
  }
}

}  // namespace

void run_file(Session& session, const CommandLine& line) {
  const Token verb = next_token(line.rest);
  if (verb.raw == "query" && trim(verb.rest).empty()) return file_query(session);
  const Token word = next_token(verb.rest);
  const std::string handle(word.raw);
  if (!is_name(handle)) fail_syntax();
  const std::string_view rest = word.rest;
  if (verb.raw == "open") return file_open(session, handle, rest);
  if (verb.raw == "write") return file_write(session, handle, rest);
  if (verb.raw == "read") return file_read(session, handle, rest);
  if (verb.raw == "seek") return file_seek(session, handle, rest);
  if (verb.raw == "set") return file_set(session, handle, rest);
  if (verb.raw != "close" || !trim(rest).empty()) fail_syntax();
  file_close(session, handle);
}

}  // namespace adohost
