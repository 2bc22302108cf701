// cf: compares variables with those of a file ([D] cf).
#include "base/error.h"
#include "base/text.h"
#include "commands/data_commands.h"
#include "commands/dta_commands.h"
#include "format/format.h"
#include "lang/file_names.h"

namespace adohost {
namespace {

constexpr std::size_t kNameWidth = 16;

/// What the message says of a value: a text as it is, a number with all of its digits.
std::string shown(const Dataset& data, int v, std::int64_t obs) {
  if (data.variable(v).type.is_string()) return std::string(data.text(v, obs));
  return macro_number(data.number(v, obs));
}

bool same(const Dataset& a, int v, const Dataset& b, int w, std::int64_t obs) {
  return a.variable(v).type.is_string() ? a.text(v, obs) == b.text(w, obs)
                                        : a.number(v, obs) == b.number(w, obs);
}

class Comparison {
 public:
  Comparison(Session& session, const Dataset& other, const Options& options)
      : session_(session),
        data_(session.data),
        other_(other),
        all_(options.has("all")),
        verbose_(options.has("verbose")) {}

  /// Compares one variable; says what is different.
  void compare(int v) {
    const Variable& variable = data_.variable(v);
    const int w = other_.find(variable.name);
    if (w < 0) return differ(variable.name, "does not exist in using");
    const Variable& theirs = other_.variable(w);
    if (variable.type.is_string() != theirs.type.is_string()) {
      return differ(variable.name, variable.type.name() + " in master but " +
                                       theirs.type.name() + " in using");
    }
    std::vector<std::int64_t> different;
    for (std::int64_t i = 0; i < data_.nobs(); ++i) {
      if (!same(data_, v, other_, w, i)) different.push_back(i);
    }
    report(v, w, different);
  }

  void finish() {
    session_.r.clear();
    session_.r.set_macro("Nsum", std::to_string(sum_));
    if (differs_) throw StataError(9, "");
  }

 private:
  void differ(const std::string& name, const std::string& what) {
    differs_ = true;
    say(name, what);
  }
  void say(const std::string& name, const std::string& what) {
    session_.out.line(pad_left(abbreviate(name, kNameWidth), kNameWidth) + ": " + what);
  }

  void report(int v, int w, const std::vector<std::int64_t>& different) {
    const std::string& name = data_.variable(v).name;
    const auto n = static_cast<std::int64_t>(different.size());
    sum_ += n;
    if (n == 0) {
      if (all_) say(name, "match");
      return;
    }
    differ(name, std::to_string(n) + std::string(plural(n, " mismatch", " mismatches")));
    if (!verbose_) return;
    for (const std::int64_t i : different) {
      session_.out.line(std::string(kNameWidth + 2, ' ') + "obs " +
                        std::to_string(i + 1) + ". " + shown(data_, v, i) +
                        " in master; " + shown(other_, w, i) + " in using");
    }
  }

  Session& session_;
  const Dataset& data_;
  const Dataset& other_;
  const bool all_, verbose_;
  bool differs_ = false;
  std::int64_t sum_ = 0;
};

}  // namespace

void run_cf(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowUsing | kAllowOptions);
  const Options options = parse_options(line.options, {{"all", 1}, {"verbose", 1}});
  const std::vector<int> variables = required_variables(session, line.anything);
  if (!line.using_text) throw StataError(100, "using required");
  const OpenedDta opened = open_dta(only_path(line.using_raw));
  if (opened.file.nobs != session.data.nobs()) {
    throw StataError(9, "master has " + std::to_string(session.data.nobs()) +
                            " obs., using has " + std::to_string(opened.file.nobs) +
                            " obs.");
  }
  const Dataset other = read_dta(opened.input, opened.file);
  Comparison comparison(session, other, options);
  for (const int v : variables) comparison.compare(v);
  comparison.finish();
}

}  // namespace adohost
