// set trace on: shows the lines of programs as they run ([P] trace).
#pragma once

#include <string>
#include <string_view>

namespace adohost {

class Session;

/// The line as it is written, and as it is after expansion where that differs. Shows
/// nothing outside programs.
void trace_line(Session& session, std::string_view written, std::string_view expanded);

/// The rules around what a program traces.
class TraceScope {
 public:
  TraceScope(Session& session, std::string name);
  ~TraceScope();
  TraceScope(const TraceScope&) = delete;
  TraceScope& operator=(const TraceScope&) = delete;

 private:
  Session& session_;
  std::string name_;
  bool shown_;
};

}  // namespace adohost
