// summarize ([R] summarize).
#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "commands/report_columns.h"
#include "commands/report_commands.h"
#include "commands/report_moments.h"
#include "commands/report_summarize_layout.h"

namespace adohost {

namespace {

struct Request {
  bool detail = false;
  bool mean_only = false;
  bool use_format = false;
  long long separator = 5;
  WeightKind kind = WeightKind::none;

  /// Whether the table has a column for the sum of the weights.
  bool wide() const {
    return kind == WeightKind::analytic || kind == WeightKind::importance;
  }
};

struct Summary {
  Moments moments;
  std::vector<double> x, w;  // all values, for the details
};

Request read_request(const CommandLine& line) {
  const Options options = parse_options(
      line.options,
      {{"detail", 1}, {"meanonly", 4}, {"format", 1}, {"separator", 3, true}});
  Request request;
  request.detail = options.has("detail");
  request.mean_only = options.has("meanonly");
  request.use_format = options.has("format");
  if (request.detail && request.mean_only) {
    throw StataError(184, "options detail and meanonly may not be combined");
  }
  if (const auto text = options.argument("separator")) {
    const auto number = to_integer(*text);
    if (!number || *number < 0) {
      throw StataError(198, "option separator() incorrectly specified");
    }
    request.separator = *number;
  }
  return request;
}

std::vector<Summary> collect(Session& session, const std::vector<int>& variables,
                             const Sample& sample, const Weights& weights, bool keep) {
  std::vector<Summary> summaries(variables.size());
  std::vector<double> x, w;
  for_each_block(session, sample, weights, [&](const RowBlock& block) {
    for (std::size_t i = 0; i < variables.size(); ++i) {
      if (session.data.variable(variables[i]).type.is_string()) continue;
      gather(session.data, variables[i], block, x, w);
      if (w.empty()) {
        summaries[i].moments.add(x);
      } else {
        summaries[i].moments.add(x, w);
      }
      if (!keep) continue;
      summaries[i].x.insert(summaries[i].x.end(), x.begin(), x.end());
      summaries[i].w.insert(summaries[i].w.end(), w.begin(), w.end());
    }
  });
  return summaries;
}

double root(double variance) {
  return is_missing(variance) ? variance : std::sqrt(variance);
}

void store_detail(Results& r, const Detail& detail) {
  for (std::size_t k = 0; k < kPercents.size(); ++k) {
    r.set_scalar("p" + std::to_string(kPercents[k]), detail.percentiles[k]);
  }
}

void store(Results& r, const Moments& m, const Request& request, const Detail* detail) {
  r.clear();
  r.set_scalar("N", m.count(request.kind));
  r.set_scalar("sum_w", m.weight());
  if (m.rows() == 0) {
    r.set_scalar("sum", 0);
    return;
  }
  if (request.mean_only) {
    r.set_scalar("sum", m.sum());
    r.set_scalar("mean", m.mean());
  } else {
    const double variance = m.variance(request.kind);
    r.set_scalar("mean", m.mean());
    r.set_scalar("Var", variance);
    r.set_scalar("sd", root(variance));
  }
  if (detail != nullptr) {
    r.set_scalar("skewness", detail->skewness);
    r.set_scalar("kurtosis", detail->kurtosis);
    r.set_scalar("sum", m.sum());
  }
  r.set_scalar("min", m.minimum());
  r.set_scalar("max", m.maximum());
  if (detail != nullptr) {
    store_detail(r, *detail);
  } else if (!request.mean_only) {
    r.set_scalar("sum", m.sum());
  }
}

std::string display_format(const Variable& variable, const Request& request) {
  return request.use_format && variable.type.is_numeric() ? variable.format : "%9.0g";
}

void print_table(Session& session, const std::vector<int>& variables,
                 const std::vector<Summary>& summaries, const Request& request) {
  const bool wide = request.wide();
  session.out.print("\n" + summary_header(wide) + "\n" + summary_rule(wide) + "\n");
  for (std::size_t i = 0; i < variables.size(); ++i) {
    const auto row = static_cast<long long>(i);
    if (row > 0 && request.separator > 0 && row % request.separator == 0) {
      session.out.line(summary_rule(wide));
    }
    const Variable& variable = session.data.variable(variables[i]);
    const Moments& m = summaries[i].moments;
    SummaryLine line;
    line.name = variable.name;
    line.obs = m.count(request.kind);
    line.weight = m.weight();
    line.mean = m.mean();
    line.sd = root(m.variance(request.kind));
    line.minimum = m.minimum();
    line.maximum = m.maximum();
    line.format = display_format(variable, request);
    session.out.line(summary_line(line, wide));
  }
}

void print_detail(Session& session, const Variable& variable, const Moments& m,
                  const Request& request, const Detail& detail) {
  DetailBlock block;
  block.title = variable.label.empty() ? variable.name : variable.label;
  block.obs = m.count(request.kind);
  block.weight = m.weight();
  block.mean = m.mean();
  block.variance = m.variance(request.kind);
  block.sd = root(block.variance);
  block.detail = detail;
  block.format = display_format(variable, request);
  session.out.print("\n" + detail_block(block));
}

}  // namespace

void report_summarize(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowSample | kAllowWeight | kAllowOptions);
  Request request = read_request(line);
  const std::vector<int> variables = varlist_or_all(session, line.anything);
  const Weights weights = parse_weights(session, line, WeightKind::analytic);
  request.kind = weights.kind;
  if (request.detail && request.kind == WeightKind::importance) {
    fail_not_allowed("iweights");
  }
  const Sample sample(session, line.if_or_empty(), line.in_or_empty());
  std::vector<Summary> summaries =
      collect(session, variables, sample, weights, request.detail);
  if (!request.detail && !request.mean_only) {
    print_table(session, variables, summaries, request);
  }
  for (std::size_t i = 0; i < variables.size(); ++i) {
    Summary& summary = summaries[i];
    Detail detail{};
    const bool described = request.detail && !summary.x.empty();
    if (described) detail = describe_distribution(summary.x, summary.w);
    if (request.detail) {
      print_detail(session, session.data.variable(variables[i]), summary.moments, request,
                   detail);
    }
    if (i + 1 == variables.size()) {
      store(session.r, summary.moments, request, described ? &detail : nullptr);
    }
  }
}

}  // namespace adohost
