// What the interpreter keeps between commands: programs, the frames of what is running,
// the ado-path. Owned by Interpreter; the files of lang/ share it.
#pragma once

#include <cstddef>
#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lang/interpreter.h"
#include "lang/results.h"
#include "lang/session.h"
#include "lang/statement.h"

namespace adohost {

struct Program;

/// The programs that one .ado file defines. All but the one named as the file are private
/// to its programs ([U] 17.4).
struct AdoFile {
  std::string path;
  std::map<std::string, std::shared_ptr<Program>, std::less<>> programs;
};

struct Program {
  std::string name;
  std::vector<Line> lines;                       // as defined
  std::optional<std::vector<Statement>> parsed;  // once it has been called
  bool from_ado = false;                         // an .ado file defined it
  std::weak_ptr<AdoFile> file;                   // that file
  bool rclass = false;
  bool eclass = false;
  bool sclass = false;
  bool byable_recall = false;
  bool byable_onecall = false;
  bool sortpreserve = false;
};

/// A running program or do-file, or the top level. Its locals are the top of
/// Session::macros.
struct Frame {
  std::shared_ptr<Program> program;          // nullptr for a do-file and the top level
  std::shared_ptr<AdoFile> file;             // whose private programs can be called
  Results returned;                          // what `return` has stored so far
  std::vector<std::string> temporary_names;  // tempvar, tempname
  std::vector<std::string> temporary_files;
  /// The by group that this was called for. Commands inside do not see it: a program of
  /// kind byable(recall) takes it into account through marksample.
  std::optional<ByState> by;
  double version = 18;  // the caller's, put back at the end
};

/// The log that is open, if any.
struct LogFile {
  std::string path;
  std::shared_ptr<FILE> file;
};

struct Interpreter::State {
  std::map<std::string, std::shared_ptr<Program>, std::less<>> programs;
  std::vector<std::shared_ptr<AdoFile>> ado_files;  // all that programs may refer to
  /// Plugins that an .ado file loaded while it was read: only its programs can call them.
  std::map<std::string, std::weak_ptr<AdoFile>, std::less<>> private_plugins;
  std::shared_ptr<AdoFile> loading;  // the .ado file whose lines are being run
  std::vector<Frame> frames{1};
  std::vector<std::string> ado_path;
  std::size_t temporary_names = 0;  // how many have been made
  std::size_t temporary_files = 0;
  LogFile log;
  int nobreak = 0;  // > 0 inside nobreak: Break waits

  Frame& frame() { return frames.back(); }
};

/// Makes the frame of a program or do-file: its locals, its temporary names and files,
/// the data that it preserves. The destructor takes all of it away again, however it
/// ended.
class FrameScope {
 public:
  FrameScope(Session& session, Frame frame);
  ~FrameScope();
  FrameScope(const FrameScope&) = delete;
  FrameScope& operator=(const FrameScope&) = delete;

 private:
  Session& session_;
};

/// A name that nothing in the session has, `__000000` and up; gone when the running
/// program ends (variables, scalars, matrices and frames of that name are dropped).
std::string make_temporary_name(Session& session);
/// A path that no file has; the file is erased when the running program ends.
std::string make_temporary_file(Session& session);

/// Sets `0`, `*`, `1`, `2` ... of the running program from what stands behind its name.
void set_positional_macros(Session& session, std::string_view arguments);

}  // namespace adohost
