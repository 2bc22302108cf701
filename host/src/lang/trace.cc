#include "lang/trace.h"

#include <algorithm>
#include <utility>

#include "lang/interpreter_state.h"

namespace adohost {

namespace {

/// How many programs run: do-files are not traced and do not indent.
std::size_t programs_running(Session& session) {
  const auto& frames = session.interpreter->state().frames;
  return static_cast<std::size_t>(std::count_if(
      frames.begin(), frames.end(), [](const Frame& f) { return f.program != nullptr; }));
}

void print_rule(Session& session, const std::string& what) {
  const std::string indent(2 * programs_running(session), ' ');
  const std::string tail = " " + what + " ---";
  const std::size_t used = indent.size() + tail.size();
  const auto width = static_cast<std::size_t>(session.out.linesize());
  const std::size_t dashes = width > used ? width - used : 3;
  session.out.line(indent + std::string(dashes, '-') + tail, Style::error);
}

}  // namespace

void trace_line(Session& session, std::string_view written, std::string_view expanded) {
  if (session.interpreter->state().frame().program == nullptr) return;
  const std::string indent(2 * programs_running(session), ' ');
  session.out.line(indent + "- " + std::string(written), Style::error);
  if (written == expanded) return;
  session.out.line(indent + "= " + std::string(expanded), Style::error);
}

TraceScope::TraceScope(Session& session, std::string name)
    : session_(session), name_(std::move(name)), shown_(session.settings.trace) {
  if (shown_) print_rule(session_, "begin " + name_);
}

TraceScope::~TraceScope() {
  if (shown_) print_rule(session_, "end " + name_);
}

}  // namespace adohost
