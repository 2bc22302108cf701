// predict after regress ([R] regress postestimation): fitted values, residuals and the
// standard errors of both.
#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "commands/expression_family.h"
#include "commands/generate_values.h"
#include "commands/statistic_commands.h"
#include "expr/sample.h"
#include "lang/typed_names.h"

namespace adohost {
namespace {

enum class Wanted { xb, residuals, stdp, stdf, stdr };

Wanted parse_wanted(Session& session, std::string_view text) {
  const Options options = parse_options(
      text, {{"xb", 2}, {"residuals", 1}, {"stdp", 4}, {"stdf", 4}, {"stdr", 4}});
  if (options.given.size() > 1) {
    throw StataError(198, "only one statistic may be specified");
  }
  if (options.given.empty()) {
    session.out.line("(option xb assumed; fitted values)");
    return Wanted::xb;
  }
  const std::string& name = options.given[0].first;
  if (name == "residuals") return Wanted::residuals;
  if (name == "stdp") return Wanted::stdp;
  if (name == "stdf") return Wanted::stdf;
  return name == "stdr" ? Wanted::stdr : Wanted::xb;
}

/// The last regression, bound to the variables of the data.
class Predictor {
 public:
  explicit Predictor(Session& session) : data_(session.data) {
    const Results& e = session.e;
    const std::string* command = e.macro("cmd");
    if (command == nullptr) throw StataError(301, "last estimates not found");
    if (*command != "regress") {
      throw StataError(321, "predict is available after regress only in adohost");
    }
    b_ = e.matrices.at("b");
    v_ = e.matrices.at("V");
    variance_ = *e.scalar("rmse") * *e.scalar("rmse");
    depvar_ = data_.find(*e.macro("depvar"));
    depvar_name_ = *e.macro("depvar");
    for (const std::string& name : b_.col_names) columns_.push_back(column_of(name));
  }

  double value(Wanted wanted, std::int64_t obs) const {
    std::vector<double> x;
    for (const int v : columns_) x.push_back(v < 0 ? 1 : data_.number(v, obs));
    double fitted = 0;
    for (int k = 0; k < b_.cols; ++k) {
      if (is_missing(x[k])) return missing_value();
      fitted += b_.at(0, k) * x[k];
    }
    if (wanted == Wanted::xb) return fitted;
    if (wanted == Wanted::residuals) {
      const double y = data_.number(depvar_, obs);
      return is_missing(y) ? y : y - fitted;
    }
    const double spread = quadratic(x);
    if (wanted == Wanted::stdf) return std::sqrt(variance_ + spread);
    if (wanted == Wanted::stdr) return std::sqrt(std::max(variance_ - spread, 0.0));
    return std::sqrt(spread);
  }

  void require_depvar() const {
    if (depvar_ < 0) fail_variable(depvar_name_);
  }

 private:
  /// -1 for the constant and for what was left out, whose coefficient is 0.
  int column_of(const std::string& name) const {
    if (name == "_cons" || name.starts_with("o.")) return -1;
    const int v = data_.find(name);
    if (v < 0) fail_variable(name);
    return v;
  }

  double quadratic(const std::vector<double>& x) const {
    double sum = 0;
    for (int r = 0; r < v_.rows; ++r) {
      for (int c = 0; c < v_.cols; ++c) sum += x[r] * v_.at(r, c) * x[c];
    }
    return sum;
  }

  const Dataset& data_;
  Matrix b_, v_;
  double variance_ = 0;
  int depvar_ = -1;
  std::string depvar_name_;
  std::vector<int> columns_;
};

std::string label_of(Wanted wanted) {
  switch (wanted) {
    case Wanted::xb:
      return "Fitted values";
    case Wanted::residuals:
      return "Residuals";
    case Wanted::stdp:
      return "S.E. of the prediction";
    case Wanted::stdf:
      return "S.E. of the forecast";
    default:
      return "S.E. of the residual";
  }
}

}  // namespace

void run_predict(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowSample | kAllowOptions);
  const auto names =
      parse_typed_names(session.data, line.anything, session.settings.default_type);
  if (names.empty()) throw StataError(100, "newvarlist required");
  if (names.size() > 1) throw StataError(103, "too many variables specified");
  if (names[0].type.is_string()) fail_type_mismatch();
  const Predictor predictor(session);
  const Wanted wanted = parse_wanted(session, line.options);
  if (wanted == Wanted::residuals) predictor.require_depvar();
  const Sample sample(session, line.if_or_empty(), line.in_or_empty());
  std::vector<double> values(session.data.nobs(), missing_value());
  std::int64_t missing = 0;
  for (std::int64_t i = 0; i < session.data.nobs(); ++i) {
    const bool wanted_here = i >= sample.begin() && i < sample.end() && sample.has(i);
    if (wanted_here) values[i] = predictor.value(wanted, i);
    missing += is_missing(values[i]) ? 1 : 0;
  }
  const int v = session.data.add_variable(names[0].name, names[0].type);
  for (std::int64_t i = 0; i < session.data.nobs(); ++i) {
    session.data.set_number(v, i, values[i]);
  }
  session.data.variable(v).label = label_of(wanted);
  say_missing(session, missing);
}

}  // namespace adohost
