// regress ([R] regress): ordinary least squares, with e() as its only memory, so that
// `regress` alone shows the last results again.
#include <cmath>
#include <numbers>
#include <numeric>

#include "base/error.h"
#include "base/text.h"
#include "commands/regress_report.h"
#include "commands/regress_request.h"
#include "commands/report_columns.h"
#include "commands/report_layout.h"
#include "expr/distributions.h"

namespace adohost {
namespace {

constexpr const char* kConstant = "_cons";

/// Names of the coefficients: `o.x` for what was left out.
std::vector<std::string> coefficient_names(const Session& session,
                                           const RegressRequest& request,
                                           const Regression& fit) {
  std::vector<std::string> names;
  for (std::size_t k = 0; k < request.x.size(); ++k) {
    names.push_back((fit.omitted[k] ? "o." : "") +
                    session.data.variable(request.x[k]).name);
  }
  if (request.constant) names.emplace_back(kConstant);
  return names;
}

/// F of all slopes at once; by the variances themselves where they are robust.
double f_statistic(const Regression& fit, const RegressRequest& request) {
  const double df_m = fit.model_df(request.constant), df_r = fit.test_df();
  if (!(df_m > 0) || !(df_r > 0)) return df_m > 0 ? missing_value() : 0;
  if (fit.rss == 0) return missing_value();
  // More slopes than clusters can test together.
  if (df_m > df_r && request.cluster) return missing_value();
  if (!request.robust) return (fit.mss() / df_m) / (fit.rss / df_r);
  return wald_statistic(fit, request.x.size()) / df_m;
}

void store_results(Session& session, const RegressRequest& request, const Regression& fit,
                   const std::string& typed) {
  Results& e = session.e;
  e.clear();
  const double df_m = fit.model_df(request.constant), df_r = fit.residual_df();
  const double total_df = fit.n - (request.constant ? 1 : 0);
  const double r2 = fit.tss > 0 ? fit.mss() / fit.tss : missing_value();
  e.set_scalar("N", fit.n);
  e.set_scalar("df_m", df_m);
  e.set_scalar("df_r", fit.test_df());
  e.set_scalar("F", f_statistic(fit, request));
  e.set_scalar("r2", r2);
  e.set_scalar("rmse", df_r > 0 ? std::sqrt(fit.rss / df_r) : 0);
  e.set_scalar("mss", fit.mss());
  e.set_scalar("rss", fit.rss);
  e.set_scalar("r2_a", is_missing(r2) || !(df_r > 0) ? missing_value()
                                                     : 1 - (1 - r2) * total_df / df_r);
  const auto log_likelihood = [&fit](double squares) {
    return -fit.n / 2 * (std::log(2 * std::numbers::pi * squares / fit.n) + 1);
  };
  e.set_scalar("ll", log_likelihood(fit.rss));
  e.set_scalar("ll_0", log_likelihood(fit.tss));
  e.set_scalar("rank", fit.rank);
  if (request.cluster) e.set_scalar("N_clust", fit.clusters);
  e.set_macro("cmdline", typed);
  e.set_macro("title", "Linear regression");
  e.set_macro("marginsok", "XB default");
  e.set_macro("vce", request.cluster ? "cluster" : request.robust ? "robust" : "ols");
  e.set_macro("depvar", session.data.variable(request.y).name);
  e.set_macro("cmd", "regress");
  e.set_macro("properties", "b V");
  e.set_macro("predict", "regres_p");
  e.set_macro("model", "ols");
  e.set_macro("estat_cmd", "regress_estat");
  if (request.robust) e.set_macro("vcetype", "Robust");
  if (request.cluster) {
    e.set_macro("clustvar", session.data.variable(*request.cluster).name);
  }
  const auto names = coefficient_names(session, request, fit);
  const int k = static_cast<int>(names.size());
  e.matrices["b"] = {1, k, fit.b, {"y1"}, names};
  e.matrices["V"] = {k, k, fit.v, names, names};
  const int slopes = static_cast<int>(fit.beta.size());
  if (slopes > 0) {
    e.matrices["beta"] = {
        1, slopes, fit.beta, {"y1"}, {names.begin(), names.begin() + slopes}};
  }
  if (request.robust) e.matrices["V_modelbased"] = {k, k, fit.plain_v, names, names};
}

RegressReport report_of(const Session& session, double level, bool beta) {
  const Results& e = session.e;
  const auto scalar = [&e](const char* name) {
    const double* x = e.scalar(name);
    return x != nullptr ? *x : missing_value();
  };
  RegressReport report;
  report.dependent = *e.macro("depvar");
  report.n = scalar("N");
  report.model_df = scalar("df_m");
  report.residual_df = scalar("df_r");
  report.mss = scalar("mss");
  report.rss = scalar("rss");
  report.f = scalar("F");
  report.f_probability = report.model_df > 0 && !is_missing(report.f)
                             ? f_upper(report.model_df, report.residual_df, report.f)
                             : missing_value();
  report.r2 = scalar("r2");
  report.adjusted_r2 = scalar("r2_a");
  report.rmse = scalar("rmse");
  report.level = level;
  report.beta = beta;
  report.robust = *e.macro("vce") != "ols";
  if (const std::string* cluster = e.macro("clustvar")) {
    report.cluster_variable = *cluster;
    report.clusters = scalar("N_clust");
  }
  const Matrix &b = e.matrices.at("b"), &v = e.matrices.at("V");
  const int slopes = e.matrices.contains("beta") ? e.matrices.at("beta").cols : 0;
  for (int k = 0; k < b.cols; ++k) {
    const std::string& name = b.col_names[k];
    const bool omitted = name.starts_with("o.");
    const double slope = k < slopes ? e.matrices.at("beta").at(0, k) : missing_value();
    report.rows.push_back({omitted ? name.substr(2) : name, b.at(0, k),
                           std::sqrt(std::max(v.at(k, k), 0.0)), omitted, slope});
  }
  return report;
}

/// r(table): what the table of coefficients shows, a column for each.
void store_table(Session& session, const RegressReport& report) {
  Matrix table;
  table.rows = 9;
  table.cols = static_cast<int>(report.rows.size());
  table.cells.resize(static_cast<std::size_t>(table.rows) * report.rows.size());
  table.row_names = {"b", "se", "t", "pvalue", "ll", "ul", "df", "crit", "eform"};
  table.col_names = session.e.matrices.at("b").col_names;
  const double df = report.residual_df;
  const double critical =
      df > 0 ? upper_t_quantile(df, (1 - report.level / 100) / 2) : missing_value();
  for (int k = 0; k < table.cols; ++k) {
    const RegressRow& row = report.rows[k];
    const Interval i = interval_of(row, df, report.level);
    const double column[] = {row.b, row.omitted ? missing_value() : row.se,
                             i.t,   i.p,
                             i.low, i.high,
                             df,    critical,
                             0};
    for (int r = 0; r < table.rows; ++r) table.at(r, k) = column[r];
  }
  session.r.clear();
  session.r.set_scalar("level", report.level);
  session.r.matrices["table"] = std::move(table);
}

void show(Session& session, double level, bool beta) {
  const RegressReport report = report_of(session, level, beta);
  session.out.print(regress_text(report));
  store_table(session, report);
}

void replay(Session& session, const CommandLine& line) {
  const std::string* command = session.e.macro("cmd");
  if (command == nullptr || *command != "regress") {
    throw StataError(301, "last estimates not found");
  }
  const Options options = parse_options(line.options, {{"level", 1, true}, {"beta", 1}});
  show(session, level_option(session, options), options.has("beta"));
}

}  // namespace

void run_regress(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowSample | kAllowWeight | kAllowOptions);
  if (trim(line.anything).empty()) return replay(session, line);
  const Options options = parse_options(line.options, {{"level", 1, true},
                                                       {"noconstant", 5},
                                                       {"robust", 1},
                                                       {"vce", 3, true},
                                                       {"cluster", 2, true},
                                                       {"beta", 1}});
  const RegressRequest request = parse_regress_request(session, line, options);
  const Sample sample(session, line.if_or_empty(), line.in_or_empty());
  const Weights weights = parse_weights(session, line, WeightKind::analytic);
  std::vector<std::uint8_t> used;
  const RegressionData data =
      gather_regression_data(session, request, sample, weights, used);
  if (data.y.empty()) throw StataError(2000, "no observations");
  if (data.y.size() == 1) throw StataError(2001, "insufficient observations");
  if (weights.kind == WeightKind::analytic) {
    const double sum = std::accumulate(data.w.begin(), data.w.end(), 0.0);
    session.out.line("(sum of wgt is " + number_text(sum, "%18.0gc") + ")");
  }
  const Regression fit = fit_least_squares(data, request.robust);
  for (std::size_t k = 0; k < request.x.size(); ++k) {
    if (!fit.omitted[k]) continue;
    session.out.line("note: " + session.data.variable(request.x[k]).name +
                     " omitted because of collinearity.");
  }
  store_results(session, request, fit, "regress" + line.rest);
  session.data.estimation_sample = used;
  show(session, request.level, request.beta);
}

}  // namespace adohost
