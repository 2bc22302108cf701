// Stata's plugin interface seen from the host: loads plugin binaries, keeps them until
// they are dropped, and calls them with a table of 464 bytes (docs/spi.md). The table
// works on the session's data; cell accessors may be called from several threads for
// distinct cells.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace adohost {

class Session;

/// What `plugin call` gives to a plugin.
struct PluginCall {
  std::vector<int> variables;     // positions in the data, in the order of the varlist
  bool has_varlist = false;       // without one, index i is the i-th variable of the data
  std::int64_t in1 = 1, in2 = 0;  // from 1, both ends included
  std::vector<std::uint8_t> selected;  // per observation of in1..in2; empty = all
  std::vector<std::string> arguments;
};

class Plugins {
 public:
  explicit Plugins(Session& session);
  ~Plugins();

  /// `program NAME, plugin using(path)`: dlopen (lazy, local) and pginit. Throws 110
  /// where NAME is loaded, 9999 "Could not load plugin: path".
  void load(std::string_view name, const std::string& path);
  bool is_loaded(std::string_view name) const;
  void drop(std::string_view name);
  void drop_all();
  std::vector<std::string> names() const;

  /// Calls the plugin; returns its return code. Under strict threading a call of the
  /// table off the calling thread is reported and makes the return code 9998.
  int call(std::string_view name, const PluginCall& call);
  /// How often each entry of the table was called since the last reset, by member name.
  std::map<std::string, std::uint64_t> counters() const;
  void reset_counters();
  /// What Break does to a running plugin: SW_stopflag and SF_poll() become 1.
  void set_break(bool pressed);

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace adohost
