#include "commands/regress_request.h"

#include <map>
#include <unordered_map>

#include "base/error.h"
#include "base/text.h"
#include "data/varlist.h"

namespace adohost {
namespace {

/// How variances are estimated: vce(), or robust or cluster() as once.
void parse_variances(Session& session, const Options& options, RegressRequest& request) {
  const std::string typed = options.argument("vce").value_or("");
  std::string_view vce = trim(typed);
  const std::string_view kind = vce.substr(0, vce.find(' '));
  std::string cluster = options.argument("cluster").value_or("");
  request.robust = options.has("robust") || abbreviates(kind, "robust", 1);
  if (abbreviates(kind, "cluster", 2)) {
    cluster = vce.substr(kind.size());
    if (trim(cluster).empty())
      throw StataError(198, "option vce() incorrectly specified");
  } else if (!kind.empty() && !request.robust && !abbreviates(kind, "ols", 3)) {
    throw StataError(198, "vcetype '" + typed + "' not allowed");
  }
  if (trim(cluster).empty()) return;
  const VarlistRules rules{
      .abbreviate = session.settings.varabbrev, .minimum = 1, .maximum = 1};
  request.cluster = parse_varlist(session.data, cluster, rules).front();
  request.robust = true;
}

/// Numbers the clusters as their values appear.
class ClusterNumbers {
 public:
  ClusterNumbers(const Dataset& data, std::optional<int> variable)
      : data_(data), variable_(variable) {}

  bool is_known(std::int64_t obs) const {
    if (!variable_) return true;
    return is_text() ? !data_.text(*variable_, obs).empty()
                     : !is_missing(data_.number(*variable_, obs));
  }

  void add(std::int64_t obs, RegressionData& to) {
    if (!variable_) return;
    const std::size_t next = texts_.size() + numbers_.size();
    to.cluster.push_back(
        is_text()
            ? texts_.try_emplace(std::string(data_.text(*variable_, obs)), next)
                  .first->second
            : numbers_.try_emplace(data_.number(*variable_, obs), next).first->second);
    to.clusters = texts_.size() + numbers_.size();
  }

 private:
  bool is_text() const { return data_.variable(*variable_).type.is_string(); }

  const Dataset& data_;
  std::optional<int> variable_;
  std::map<std::string, std::size_t> texts_;
  std::unordered_map<double, std::size_t> numbers_;
};

}  // namespace

double level_option(const Session& session, const Options& options) {
  const auto text = options.argument("level");
  if (!text) return session.settings.level;
  const auto level = to_number(*text);
  if (!level || !(*level >= 10 && *level <= 99.99)) {
    throw StataError(198, "option level() incorrectly specified");
  }
  return *level;
}

RegressRequest parse_regress_request(Session& session, const CommandLine& line,
                                     const Options& options) {
  const std::vector<int> variables =
      without_repeats(required_variables(session, line.anything));
  for (const int v : variables) {
    // Stata counts texts as missing values here.
    if (session.data.variable(v).type.is_string()) {
      throw StataError(2000, "no observations");
    }
  }
  RegressRequest request;
  request.y = variables.front();
  request.x.assign(variables.begin() + 1, variables.end());
  request.constant = !options.has("noconstant");
  request.beta = options.has("beta");
  parse_variances(session, options, request);
  if (request.beta && request.cluster) {
    throw StataError(198, "option beta not allowed with vce(cluster)");
  }
  request.level = level_option(session, options);
  return request;
}

RegressionData gather_regression_data(Session& session, const RegressRequest& request,
                                      const Sample& sample, const Weights& weights,
                                      std::vector<std::uint8_t>& used) {
  RegressionData data;
  data.constant = request.constant;
  data.frequencies = weights.kind == WeightKind::frequency;
  data.x.resize(request.x.size());
  used.assign(session.data.nobs(), 0);
  std::vector<double> row(request.x.size());
  ClusterNumbers clusters(session.data, request.cluster);
  for_each_block(session, sample, weights, [&](const RowBlock& block) {
    for (std::size_t i = 0; i < block.rows.size(); ++i) {
      const std::int64_t obs = block.rows[i];
      const double y = session.data.number(request.y, obs);
      bool complete = !is_missing(y) && clusters.is_known(obs);
      for (std::size_t k = 0; k < row.size() && complete; ++k) {
        row[k] = session.data.number(request.x[k], obs);
        complete = !is_missing(row[k]);
      }
      if (!complete) continue;
      used[obs] = 1;
      data.y.push_back(y);
      for (std::size_t k = 0; k < row.size(); ++k) data.x[k].push_back(row[k]);
      clusters.add(obs, data);
      if (!block.weights.empty()) data.w.push_back(block.weights[i]);
    }
  });
  return data;
}

}  // namespace adohost
