// Everything that lives as long as a Stata session: the data, macros, scalars, results,
// settings, programs and plugins. Commands get a Session; it owns all of this and knows
// how nothing of it is done. One thread uses it, but for cells of the data
// (data/dataset.h).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "data/data_frames.h"
#include "data/dataset.h"
#include "lang/macros.h"
#include "lang/open_files.h"
#include "lang/results.h"
#include "lang/timers.h"
#include "output/output.h"

namespace adohost {

class Interpreter;
class Plugins;

/// What `set` changes and c() shows.
struct Settings {
  bool varabbrev = true;
  bool more = false;
  bool dp_comma = false;
  VarType default_type{Storage::float_, 0};  // set type
  int maxvar = 5000;
  int processors = 1;
  double level = 95;
  bool strict_threads = false;  // report plugin calls off the calling thread
  bool trace = false;
  std::string net_place;  // net from: where net describe and net install look
  double version = 18;    // version: how commands are to be understood, c(version)
};

/// The by group that is being worked on. `repeat` commands are called once per group with
/// [first, last) set; `whole` commands are called once and walk `groups` themselves.
struct ByState {
  std::vector<std::pair<std::int64_t, std::int64_t>> groups;
  std::optional<std::pair<std::int64_t, std::int64_t>> current;
  std::int64_t index = 1;  // of the current group, from 1
  bool last_group = true;
  std::vector<std::string> names;  // of the variables that make the groups
  bool rc0 = false;                // goes on after a group that failed
};

struct Scalar {
  bool is_string = false;
  double number = 0;
  std::string text;
};

class Session {
 public:
  explicit Session(Output::Sink sink = {});
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  Output out;
  Dataset data;             // of the current frame
  DataFrames frames{data};  // frame: all of them
  Macros macros;
  std::map<std::string, Scalar> scalars;
  std::map<std::string, Matrix> matrices;
  Results r, e, s;
  Settings settings;
  OpenFiles files;  // file open
  Timers timers;
  std::optional<ByState> by;
  std::mt19937_64 random{123456789};     // runiform(): (random() >> 11) * 0x1p-53
  int rc = 0;                            // _rc, set by capture
  std::vector<std::string> regex_match;  // what regexs() shows: the last regexm()

  /// Copies of the data made by `preserve`, innermost last, each with the depth of the
  /// program that made it and the frame that it goes back to.
  struct Preserved {
    Dataset data;
    std::size_t depth;
    std::string frame;
  };
  std::vector<Preserved> preserved;
  /// Puts the innermost copy back into its frame, which is made again where it is gone;
  /// the current frame stays. The copy is used up unless `keep`.
  void restore_preserved(bool keep = false);

  std::unique_ptr<Interpreter> interpreter;
  std::unique_ptr<Plugins> plugins;
};

}  // namespace adohost
