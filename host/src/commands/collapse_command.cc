// collapse ([D] collapse): the data become statistics of their groups.
#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "commands/collapse_statistics.h"
#include "commands/data_commands.h"
#include "commands/egen_groups.h"
#include "commands/report_columns.h"
#include "commands/statistic_commands.h"
#include "data/combine.h"
#include "data/row_copier.h"
#include "data/row_order.h"
#include "lang/tokens.h"

namespace adohost {
namespace {

struct Target {
  CollapseStatistic statistic;
  int source = 0;
  std::string name;
};

class TargetList {
 public:
  TargetList(Session& session, std::string_view text) : session_(session) {
    for (text = trim(text); !text.empty(); text = trim_left(text)) take(text);
    if (targets_.empty()) throw StataError(100, "varlist required");
  }
  std::vector<Target> targets() { return std::move(targets_); }

 private:
  void take(std::string_view& text) {
    if (text.front() == '(') return take_statistic(text);
    std::string_view word = take_word(text);
    std::string name;
    text = trim_left(text);
    const bool named = word.find('=') != std::string_view::npos || text.starts_with('=');
    if (named) {
      const std::size_t equal = word.find('=');
      name = word.substr(0, equal);
      word = equal == std::string_view::npos ? "" : word.substr(equal + 1);
      if (text.starts_with('=')) text = trim_left(text.substr(1));
      if (word.empty()) word = take_word(text);
      if (!is_name(name)) throw StataError(198, name + " invalid name");
    }
    for (const int v : parse_varlist(session_.data, word, session_rules(session_))) {
      add(v, named ? name : session_.data.variable(v).name);
    }
  }

  static std::string_view take_word(std::string_view& text) {
    const std::size_t end = std::min(text.find_first_of(" \t("), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(end);
    return word;
  }

  void take_statistic(std::string_view& text) {
    const std::size_t end = skip_brackets(text, 0);
    const std::string word(trim(text.substr(1, end - 2)));
    const auto statistic = parse_statistic(word);
    if (!statistic) throw StataError(198, "(" + word + ") invalid statistic");
    statistic_ = *statistic;
    text.remove_prefix(end);
  }

  void add(int source, const std::string& name) {
    const bool text = session_.data.variable(source).type.is_string();
    if (text && !statistic_.takes_texts()) fail_type_mismatch();
    if (!names_.insert(name).second) {
      throw StataError(198, "error:\n  name conflict: " + name);
    }
    targets_.push_back({statistic_, source, name});
  }

  Session& session_;
  CollapseStatistic statistic_;
  std::vector<Target> targets_;
  std::set<std::string> names_;
};

class Collapse {
 public:
  Collapse(Session& session, const CommandLine& line)
      : session_(session),
        data_(session.data),
        options_(parse_options(line.options, {{"by", 2, true}, {"cw", 2}, {"fast", 4}})),
        targets_(TargetList(session, line.anything).targets()),
        sample_(session, line.if_or_empty(), line.in_or_empty()) {
    read_weights(line);
    if (const auto by = options_.argument("by")) {
      by_ = without_repeats(required_variables(session, *by));
    }
    for (const Target& target : targets_) {
      for (const int v : by_) {
        if (data_.variable(v).name != target.name) continue;
        throw StataError(198, "error:\n  name conflict: " + target.name);
      }
    }
  }

  void run() {
    find_rows();
    std::vector<Group> groups = grouped();
    if (groups.empty()) throw StataError(2000, "no observations");
    Dataset result = make_result(groups);
    session_.data = std::move(result);
    session_.data.changed = true;
  }

 private:
  void read_weights(const CommandLine& line) {
    CommandLine weighted = line;
    if (line.weight) {
      const std::string_view word = trim(*line.weight).substr(0, 2);
      probability_ = word == "pw";
      if (probability_) weighted.weight = "a" + std::string(trim(*line.weight).substr(1));
    }
    weights_ = parse_weights(session_, weighted, WeightKind::analytic);
    if (!probability_) return;
    for (const Target& target : targets_) {
      const Statistic kind = target.statistic.kind;
      if (kind != Statistic::sd && kind != Statistic::semean &&
          kind != Statistic::sebinomial && kind != Statistic::sepoisson) {
        continue;
      }
      throw StataError(135, target.statistic.name + " not allowed with pweights");
    }
  }

  /// The observations of the sample that count, with their weights.
  void find_rows() {
    for_each_block(session_, sample_, weights_, [this](const RowBlock& block) {
      for (std::size_t i = 0; i < block.rows.size(); ++i) {
        if (options_.has("cw") && misses_something(block.rows[i])) continue;
        rows_.push_back(block.rows[i]);
        if (!block.weights.empty()) row_weights_.push_back(block.weights[i]);
      }
    });
  }

  bool misses_something(std::int64_t row) const {
    return std::any_of(targets_.begin(), targets_.end(), [&](const Target& target) {
      return any_missing(session_, {target.source}, row);
    });
  }

  /// Groups of positions in rows_, in the order of the by variables.
  std::vector<Group> grouped() const {
    const auto rows = sorted_order(data_, ascending(by_), rows_);
    const auto place = [this](std::int64_t row) {
      return std::lower_bound(rows_.begin(), rows_.end(), row) - rows_.begin();
    };
    std::vector<Group> groups;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const bool starts = i == 0 || !same_values(data_, by_, rows[i - 1], rows[i]);
      if (starts) groups.emplace_back();
      groups.back().push_back(place(rows[i]));
    }
    return groups;
  }

  VarType result_type(const Target& target) const {
    const VarType source = data_.variable(target.source).type;
    switch (target.statistic.kind) {
      case Statistic::sum:
      case Statistic::rawsum:
        return {Storage::double_, 0};
      case Statistic::count:
        if (weights_.kind == WeightKind::none) return {Storage::long_, 0};
        return {Storage::double_, 0};
      default:
        if (target.statistic.is_a_value()) return source;
        return {source.storage == Storage::double_ ? Storage::double_ : Storage::float_,
                0};
    }
  }

  Dataset make_result(const std::vector<Group>& groups) const {
    Dataset result;
    for (const int v : by_) adopt_variable(data_, v, result);
    for (const Target& target : targets_) add_target(target, result);
    result.set_nobs(static_cast<std::int64_t>(groups.size()));
    std::vector<std::pair<int, int>> pairs;
    for (const int v : by_) pairs.emplace_back(v, static_cast<int>(pairs.size()));
    RowCopier by_columns(data_, result, pairs);
    const std::vector<double> totals = total_counts();
    for (std::size_t g = 0; g < groups.size(); ++g) {
      const auto to = static_cast<std::int64_t>(g);
      by_columns.copy(rows_[groups[g].front()], to);
      for (std::size_t t = 0; t < targets_.size(); ++t) {
        const int v = static_cast<int>(by_.size() + t);
        fill(targets_[t], groups[g], totals[t], v, to, result);
      }
    }
    for (std::size_t i = 0; i < by_.size(); ++i) {
      result.sorted_by.push_back(static_cast<int>(i));
    }
    adopt_value_labels(data_, result);
    return result;
  }

  void add_target(const Target& target, Dataset& result) const {
    const Variable& source = data_.variable(target.source);
    const int v = result.add_variable(target.name, result_type(target));
    Variable& made = result.variable(v);
    made.label = "(" + target.statistic.name + ") " + source.name;
    if (target.statistic.kind != Statistic::count) made.format = source.format;
    if (target.statistic.is_a_value()) made.value_label = source.value_label;
  }

  /// `total` is the size of all groups together, for percent.
  void fill(const Target& target, const Group& group, double total, int v,
            std::int64_t to, Dataset& result) const {
    if (target.statistic.takes_texts()) {
      const std::int64_t row = chosen_row(target, group);
      if (data_.variable(target.source).type.is_numeric()) {
        result.set_number(v, to, data_.number(target.source, row));
      } else {
        result.set_text(v, to, data_.text(target.source, row));
      }
      return;
    }
    GroupValues values = values_of(target.source, group);
    result.set_number(v, to,
                      target.statistic.kind == Statistic::percent
                          ? 100 * size_of(values) / total
                          : group_statistic(target.statistic, values));
  }

  static double size_of(GroupValues& values) {
    CollapseStatistic count;
    count.kind = Statistic::count;
    return group_statistic(count, values);
  }

  GroupValues values_of(int source, const Group& group) const {
    GroupValues values;
    values.kind = weights_.kind;
    values.probability_weights = probability_;
    for (const std::int64_t place : group) {
      const double x = data_.number(source, rows_[place]);
      if (is_missing(x)) continue;
      values.x.push_back(x);
      if (!row_weights_.empty()) values.w.push_back(row_weights_[place]);
    }
    return values;
  }

  std::vector<double> total_counts() const {
    Group all(rows_.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::int64_t>(i);
    std::vector<double> totals(targets_.size());
    for (std::size_t t = 0; t < targets_.size(); ++t) {
      if (targets_[t].statistic.kind != Statistic::percent) continue;
      GroupValues values = values_of(targets_[t].source, all);
      totals[t] = size_of(values);
    }
    return totals;
  }

  /// The observation that first, last, firstnm or lastnm mean.
  std::int64_t chosen_row(const Target& target, const Group& group) const {
    const Statistic kind = target.statistic.kind;
    const bool from_front = kind == Statistic::first || kind == Statistic::firstnm;
    const bool any = kind == Statistic::first || kind == Statistic::last;
    const std::size_t n = group.size();
    for (std::size_t i = 0; i < n; ++i) {
      const std::int64_t row = rows_[group[from_front ? i : n - 1 - i]];
      if (any || !any_missing(session_, {target.source}, row)) return row;
    }
    return rows_[group[from_front ? 0 : n - 1]];
  }

  Session& session_;
  const Dataset& data_;
  const Options options_;
  std::vector<Target> targets_;
  Sample sample_;
  Weights weights_;
  bool probability_ = false;
  std::vector<int> by_;
  std::vector<std::int64_t> rows_;
  std::vector<double> row_weights_;
};

}  // namespace

void run_collapse(Session& session, const CommandLine& line) {
  require_only(line,
               kAllowAnything | kAllowExp | kAllowSample | kAllowWeight | kAllowOptions);
  CommandLine whole = line;
  // The splitter takes what follows the first `=` for an expression.
  if (line.exp) whole.anything += "=" + *line.exp;
  Collapse(session, whole).run();
}

}  // namespace adohost
