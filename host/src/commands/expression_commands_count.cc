// count ([D] count) and assert ([D] assert).
#include "base/error.h"
#include "commands/expression_family.h"
#include "expr/expression.h"
#include "expr/rows.h"
#include "expr/sample.h"
#include "format/format.h"

namespace adohost {

void run_count(Session& session, const CommandLine& line) {
  require_only(line, kAllowSample);
  const Sample sample(session, line.if_or_empty(), line.in_or_empty());
  const auto n = static_cast<double>(sample.count());
  session.r.clear();
  session.r.set_scalar("N", n);
  std::string shown = format_number(n, "%16.0gc");
  shown.erase(0, shown.find_first_not_of(' '));
  session.out.line("  " + shown, Style::result);
}

void run_assert(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowSample | kAllowOptions);
  const Options options =
      parse_options(line.options, {{"rc0", 3}, {"null", 4}, {"fast", 4}});
  const Expression claim(session, line.anything);
  if (claim.is_string()) fail_type_mismatch();
  const Sample sample(session, line.if_or_empty(), line.in_or_empty());
  std::int64_t wrong = 0;
  std::int64_t all = 0;
  if (!claim.varies() && sample.everything()) {
    if (claim.number(first_place(session)) != 0) return;
  } else {
    for_each_value<double>(session, sample, claim, false, [&](std::int64_t, double x) {
      ++all;
      wrong += x == 0;
    });
    if (all == 0 && options.has("null")) throw StataError(8, "");
    if (wrong == 0) return;
    const auto counted = [](std::int64_t n, const char* what) {
      std::string text = format_number(static_cast<double>(n), "%16.0gc");
      text.erase(0, text.find_first_not_of(' '));
      return text + " " + what + (n == 1 ? "" : "s");
    };
    session.out.line(
        counted(wrong, "contradiction") + " in " + counted(all, "observation"),
        Style::error);
  }
  if (options.has("rc0")) {
    session.out.line("assertion is false", Style::error);
    return;
  }
  throw StataError(9, "assertion is false");
}

}  // namespace adohost
