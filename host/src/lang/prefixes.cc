// capture, quietly, noisily, version, varabbrev and frame in front of a command or a
// block.
#include "base/error.h"
#include "base/text.h"
#include "lang/command_line.h"
#include "lang/echo.h"
#include "lang/runner.h"
#include "lang/tokens.h"

namespace adohost {

namespace {

constexpr double kNewestVersion = 18.0;
constexpr int kBreak = 1;

std::string_view after_colon(std::string_view rest) {
  rest = trim_left(rest);
  return rest.starts_with(':') ? trim_left(rest.substr(1)) : rest;
}

std::string version_text(double version) {
  const auto tenths = static_cast<long>(version * 10 + 0.5);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

/// The number of `version #`; throws 9 where the release is newer than the host plays.
double parse_version(std::string_view text) {
  const auto version = to_number(text);
  if (!version || *version < 1) fail_syntax();
  if (*version > kNewestVersion + 0.99) {
    throw StataError(9, "this is version " + version_text(kNewestVersion) +
                            " of Stata; it cannot run version " + version_text(*version) +
                            " programs");
  }
  return *version;
}

/// Puts a version in force until the scope ends.
class VersionScope {
 public:
  VersionScope(Session& session, double version)
      : session_(session), before_(session.settings.version) {
    session_.settings.version = version;
  }
  ~VersionScope() { session_.settings.version = before_; }
  VersionScope(const VersionScope&) = delete;
  VersionScope& operator=(const VersionScope&) = delete;

 private:
  Session& session_;
  double before_;
};

/// How deep nobreak is, until the scope ends.
class NobreakScope {
 public:
  NobreakScope(Session& session, int depth)
      : depth_(session.interpreter->state().nobreak), before_(depth_) {
    depth_ = depth;
  }
  ~NobreakScope() { depth_ = before_; }
  NobreakScope(const NobreakScope&) = delete;
  NobreakScope& operator=(const NobreakScope&) = delete;

 private:
  int& depth_;
  int before_;
};

/// Whether variables may be abbreviated, until the scope ends.
class VarabbrevScope {
 public:
  VarabbrevScope(Session& session, bool on)
      : session_(session), before_(session.settings.varabbrev) {
    session_.settings.varabbrev = on;
  }
  ~VarabbrevScope() { session_.settings.varabbrev = before_; }
  VarabbrevScope(const VarabbrevScope&) = delete;
  VarabbrevScope& operator=(const VarabbrevScope&) = delete;

 private:
  Session& session_;
  bool before_;
};

}  // namespace

Flow Runner::run_nobreak(std::string_view rest, const Context& context) {
  const NobreakScope scope(session_, session_.interpreter->state().nobreak + 1);
  return run_text(after_colon(rest), context);
}

Flow Runner::run_break(std::string_view rest, const Context& context) {
  const NobreakScope scope(session_, 0);
  return run_text(after_colon(rest), context);
}

Flow Runner::run_capture(std::string_view rest, const Context& context) {
  Flow flow = Flow::next;
  int rc = 0;
  try {
    const LoudnessScope scope(session_.out, Loudness::captured);
    flow = run_text(after_colon(rest), context);
  } catch (const StataError& error) {
    rc = error.rc();
  }
  if (rc == kBreak) forget_break(session_);
  session_.rc = rc;
  return flow;
}

Flow Runner::run_quietly(std::string_view rest, const Context& context) {
  const bool captured = session_.out.loudness() == Loudness::captured;
  const LoudnessScope scope(session_.out,
                            captured ? Loudness::captured : Loudness::quiet);
  const Context unseen{context.statement, context.chain, false};
  return run_text(after_colon(rest), unseen);
}

/// The error that ends a block `capture noisily {` is noted, and the block is closed.
Flow Runner::run_noisily(std::string_view rest, const Context& context) {
  const bool captured = session_.out.loudness() == Loudness::captured;
  const LoudnessScope scope(session_.out, Loudness::loud);
  rest = after_colon(rest);
  try {
    return run_text(rest, context);
  } catch (const StataError& error) {
    if (captured && context.echo && rest == "{") {
      session_.out.line("r(" + std::to_string(error.rc()) + ");", Style::error);
      echo_line(session_.out, context.statement->close);
    }
    throw;
  }
}

Flow Runner::run_version(std::string_view rest, const Context& context) {
  rest = trim(rest);
  if (rest.empty()) {
    session_.out.line("version " + version_text(session_.settings.version));
    return Flow::next;
  }
  const std::size_t end = rest.find_first_of(" ,:");
  const double version = parse_version(rest.substr(0, end));
  const std::string_view after =
      end == rest.npos ? std::string_view() : trim_left(rest.substr(end));
  if (after.starts_with(':')) {
    const VersionScope scope(session_, version);
    return run_text(after.substr(1), context);
  }
  if (after.starts_with(',')) {
    parse_options(after.substr(1), {{"born", 4, true}, {"missing", 4}, {"user", 4}});
  } else if (!after.empty()) {
    fail_syntax();
  }
  session_.settings.version = version;
  return Flow::next;
}

Flow Runner::run_varabbrev(std::string_view rest, const Context& context) {
  const VarabbrevScope scope(session_, true);
  return run_text(after_colon(rest), context);
}

Flow Runner::run_novarabbrev(std::string_view rest, const Context& context) {
  const VarabbrevScope scope(session_, false);
  return run_text(after_colon(rest), context);
}

/// `frame x: command`, `frame x {`; anything else is the command `frame`.
Flow Runner::run_frame(std::string_view rest, const Context& context) {
  const std::string_view text = trim_left(rest);
  const std::string_view name = text.substr(0, word_length(text));
  const std::string_view after = trim_left(text.substr(name.size()));
  const bool block = after == "{" && context.has_block();
  if (name.empty() || (!block && !after.starts_with(':'))) {
    return run_command("frame", rest, context);
  }
  if (session_.by) throw StataError(190, "request may not be combined with by");
  const DataFrameScope scope(session_.frames, name);
  return run_text(after_colon(after), context);
}

}  // namespace adohost
