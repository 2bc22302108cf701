#include "commands/regress_report.h"

#include <array>
#include <cmath>

#include "base/text.h"
#include "commands/report_layout.h"
#include "data/storage.h"
#include "expr/distributions.h"
#include "format/format.h"

namespace adohost {
namespace {

constexpr std::size_t kNameWidth = 12;
constexpr std::size_t kStub = 13;  // the column in front of the line
constexpr std::size_t kTableWidth = 78;
constexpr std::size_t kNarrowName = 16, kWideName = 18;  // of statistics on the right

std::string right(double x, const char* format, std::size_t width) {
  return pad_left(number_text(x, format), width);
}

std::string rule_crossed(std::size_t after) {
  return dashes(kStub) + "+" + dashes(after);
}

/// `Number of obs   =        74`
std::string statistic(const std::string& name, const std::string& value,
                      std::size_t width) {
  return pad_right(name, width) + "= " + pad_left(value, width == kWideName ? 10 : 9);
}

std::string f_name(const RegressReport& report) {
  return "F(" + number_text(report.model_df, "%9.0g") + ", " +
         number_text(report.residual_df, "%12.0g") + ")";
}

std::array<std::string, 6> statistics(const RegressReport& report, std::size_t width) {
  return {statistic("Number of obs", count_text(report.n, 9), width),
          statistic(f_name(report), number_text(report.f, "%9.2f"), width),
          statistic("Prob > F", number_text(report.f_probability, "%9.4f"), width),
          statistic("R-squared", number_text(report.r2, "%9.4f"), width),
          statistic("Adj R-squared", number_text(report.adjusted_r2, "%9.4f"), width),
          statistic("Root MSE", number_text(report.rmse, "%9.5g"), width)};
}

std::string source_line(const std::string& name, double ss, double df) {
  const double ms = df > 0 ? ss / df : missing_value();
  return pad_left(name, kNameWidth) + " |" + right(ss, "%11.0g", 12) +
         right(df, "%9.0g", 10) + right(ms, "%11.0g", 12);
}

std::string anova(const RegressReport& report) {
  const auto right_side = statistics(report, kNarrowName);
  const double total_df = report.model_df + report.residual_df;
  const std::string rule = rule_crossed(34);
  const std::array<std::string, 6> left_side{
      "      Source |       SS           df       MS   ",
      rule,
      source_line("Model", report.mss, report.model_df),
      source_line("Residual", report.rss, report.residual_df),
      rule,
      source_line("Total", report.mss + report.rss, total_df)};
  std::string text = "\n";
  for (std::size_t i = 0; i < left_side.size(); ++i) {
    text += pad_right(left_side[i], 48) + "   " + right_side[i] + "\n";
  }
  return text + "\n";
}

std::string robust_heading(const RegressReport& report) {
  const auto all = statistics(report, kWideName);
  std::string text = "\n" + pad_right("Linear regression", 48) + all[0] + "\n";
  for (const std::size_t i : {1U, 2U, 3U, 5U}) {
    text += std::string(48, ' ') + all[i] + "\n";
  }
  text += "\n";
  if (report.clusters == 0) return text;
  const std::string clusters = number_text(report.clusters, "%12.0gc");
  return text +
         pad_left("(Std. err. adjusted for " + clusters + " clusters in " +
                      report.cluster_variable + ")",
                  kTableWidth) +
         "\n";
}

std::string column_heading(const RegressReport& report) {
  std::string text;
  if (report.robust) {
    text = std::string(kStub, ' ') + "|               Robust\n";
  }
  const std::string interval =
      report.beta ? "Beta"
                  : "[" + number_text(report.level, "%9.0g") + "% conf. interval]";
  const std::string errors = report.robust ? "std. err." : "Std. err.";
  return text + pad_left(abbreviate(report.dependent, kNameWidth), kNameWidth) +
         " | Coefficient  " + errors + "      t    P>|t|" + pad_left(interval, 25) + "\n";
}

std::string coefficient_line(const RegressRow& row, const RegressReport& report) {
  std::string line = pad_left(abbreviate(row.name, kNameWidth), kNameWidth) + " |";
  if (row.omitted) return line + right(0, "%9.0g", 11) + "  (omitted)\n";
  const Interval i = interval_of(row, report.residual_df, report.level);
  const double se = row.se > 0 ? row.se : missing_value();
  line += right(row.b, "%9.0g", 11) + right(se, "%9.0g", 11);
  line += right(i.t, "%8.2f", 9) + right(i.p, "%7.3f", 8);
  if (report.beta) return line + right(row.beta, "%9.0g", 25) + "\n";
  return line + right(i.low, "%9.0g", 13) + right(i.high, "%9.0g", 12) + "\n";
}

}  // namespace

Interval interval_of(const RegressRow& row, double df, double level) {
  const bool known = row.se > 0 && df > 0 && !row.omitted;
  if (!known) {
    const double none = missing_value();
    return {none, none, none, none};
  }
  const double t = row.b / row.se;
  const double reach = upper_t_quantile(df, (1 - level / 100) / 2) * row.se;
  return {t, 2 * t_upper(df, std::fabs(t)), row.b - reach, row.b + reach};
}

std::string regress_text(const RegressReport& report) {
  const std::string rule = dashes(kTableWidth) + "\n";
  std::string text = report.robust ? robust_heading(report) : anova(report);
  text += rule + column_heading(report) + rule_crossed(64) + "\n";
  for (const RegressRow& row : report.rows) text += coefficient_line(row, report);
  return text + rule;
}

}  // namespace adohost
