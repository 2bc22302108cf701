// tabulate, one-way and two-way, and tab1 ([R] tabulate oneway, tabulate twoway).
#include <algorithm>
#include <unordered_map>

#include "base/error.h"
#include "base/text.h"
#include "commands/report_chi2.h"
#include "commands/report_columns.h"
#include "commands/report_commands.h"
#include "commands/report_layout.h"
#include "commands/report_levels.h"
#include "commands/report_tabulate_layout.h"
#include "data/varlist.h"
#include "format/format.h"

namespace adohost {

namespace {

// Limits of Stata/MP and SE ([R] Limits).
constexpr std::size_t kOneWayMost = 12000, kRowsMost = 1200, kColumnsMost = 80;

const std::vector<OptionRule> kOneWayRules{
    {"missing", 1},        {"nofreq", 6},        {"nolabel", 3},     {"sort", 4},
    {"generate", 1, true}, {"matcell", 7, true}, {"matrow", 6, true}};
const std::vector<OptionRule> kTwoWayRules{
    {"missing", 1}, {"nofreq", 6},        {"nolabel", 3},      {"row", 1},
    {"column", 3},  {"cell", 2},          {"chi2", 2},         {"key", 3},
    {"nokey", 5},   {"matcell", 7, true}, {"matrow", 6, true}, {"matcol", 6, true}};

std::vector<std::string> picked(const std::vector<std::string>& labels,
                                const std::vector<std::size_t>& order) {
  std::vector<std::string> out;
  for (const std::size_t code : order) out.push_back(labels[code]);
  return out;
}

Matrix matrix_of(int rows, int cols, const std::vector<double>& cells) {
  Matrix matrix{rows, cols, cells, {}, {}};
  for (int r = 1; r <= rows; ++r) matrix.row_names.push_back("r" + std::to_string(r));
  for (int c = 1; c <= cols; ++c) matrix.col_names.push_back("c" + std::to_string(c));
  return matrix;
}

/// Stores values in the matrix that `option` names, as a column or as a row.
void save_values(Session& session, const Options& options, std::string_view option,
                 const std::vector<double>& values, bool as_row) {
  const auto name = options.argument(option);
  if (!name) return;
  const int n = static_cast<int>(values.size());
  session.matrices[*name] = as_row ? matrix_of(1, n, values) : matrix_of(n, 1, values);
}

void check_matrix_names(const Options& options) {
  for (const std::string_view option : {"matcell", "matrow", "matcol"}) {
    const auto name = options.argument(option);
    if (name && (!is_name(*name) || is_reserved(*name))) {
      throw StataError(198, *name + " invalid name");
    }
  }
}

std::vector<double> sorted_values(const Session& session, const Levels& levels,
                                  const std::vector<std::size_t>& order) {
  if (session.data.variable(levels.variable()).type.is_string()) return {};
  const std::vector<double> values = levels.values();
  std::vector<double> out;
  for (const std::size_t code : order) out.push_back(values[code]);
  return out;
}

class OneWay {
 public:
  OneWay(Session& session, const CommandLine& line, int variable, const Options& options)
      : session_(session),
        options_(options),
        levels_(session.data, variable, kOneWayMost),
        weights_(parse_weights(session, line, WeightKind::frequency)),
        sample_(session, line.if_or_empty(), line.in_or_empty()) {
    count();
    order_ = levels_.ascending();
    if (options_.has("sort")) {
      std::stable_sort(
          order_.begin(), order_.end(),
          [this](std::size_t a, std::size_t b) { return counts_[a] > counts_[b]; });
    }
  }

  void run() {
    const auto stub = options_.argument("generate");
    if (stub) check_indicators(*stub);
    if (order_.empty()) {
      if (!options_.has("nofreq")) session_.out.line("no observations");
    } else if (!options_.has("nofreq")) {
      session_.out.print("\n" + one_way_text(table()));
    }
    store();
    if (stub) add_indicators(*stub);
  }

 private:
  void count() {
    const bool missing = options_.has("missing");
    for_each_block(session_, sample_, weights_, [&](const RowBlock& block) {
      for (std::size_t i = 0; i < block.rows.size(); ++i) {
        if (!missing && levels_.is_missing(block.rows[i])) continue;
        const double w = block.weights.empty() ? 1 : block.weights[i];
        const std::size_t code = levels_.code(block.rows[i]);
        if (code == counts_.size()) counts_.push_back(0);
        counts_[code] += w;
        total_ += w;
        ++rows_;
      }
    });
    if (weights_.kind != WeightKind::analytic) return;
    for (double& n : counts_) n *= rows_ / total_;
    total_ = rows_;
  }

  OneWayTable table() const {
    const bool labelled = !options_.has("nolabel");
    OneWayTable table;
    table.heading = levels_.heading();
    table.labels = picked(levels_.labels(labelled), order_);
    table.label_width = levels_.label_width(labelled);
    for (const std::size_t code : order_) table.counts.push_back(counts_[code]);
    return table;
  }

  void store() {
    session_.r.clear();
    session_.r.set_scalar("N", total_);
    session_.r.set_scalar("r", static_cast<double>(order_.size()));
    std::vector<double> counts;
    for (const std::size_t code : order_) counts.push_back(counts_[code]);
    if (order_.empty()) return;
    save_values(session_, options_, "matcell", counts, false);
    const auto values = sorted_values(session_, levels_, order_);
    if (!values.empty()) save_values(session_, options_, "matrow", values, false);
  }

  void check_indicators(const std::string& stub) const {
    if (session_.by) {
      throw StataError(190, "generate() may not be combined with by");
    }
    for (std::size_t i = 1; i <= order_.size(); ++i) {
      const std::string name = stub + std::to_string(i);
      if (!is_name(name)) throw StataError(198, name + " invalid name");
      if (session_.data.find(name) >= 0) {
        throw StataError(110, "variable " + name + " already defined");
      }
    }
  }

  std::string indicator_label(std::size_t code) const {
    const Variable& variable = session_.data.variable(levels_.variable());
    std::string value = levels_.labels(!options_.has("nolabel"))[code];
    if (variable.type.is_numeric()) {
      const double x = levels_.values()[code];
      const bool plain = value == number_text(x, variable.format);
      if (plain && !adohost::is_missing(x)) value = format_number(x, "%11.4f");
    }
    return std::string(utf8_prefix(variable.name + "==" + value, 80));
  }

  /// One byte variable per value: 1 where it holds, 0 where another one does.
  void add_indicators(const std::string& stub) {
    Dataset& data = session_.data;
    for (std::size_t i = 0; i < order_.size(); ++i) {
      const std::string label = indicator_label(order_[i]);
      const int v =
          data.add_variable(stub + std::to_string(i + 1), VarType{Storage::byte_, 0});
      data.variable(v).label = label;
      for_each_block(session_, sample_, weights_, [&](const RowBlock& block) {
        for (const std::int64_t obs : block.rows) {
          if (!options_.has("missing") && levels_.is_missing(obs)) continue;
          data.set_number(v, obs, levels_.code(obs) == order_[i] ? 1 : 0);
        }
      });
    }
    if (!order_.empty()) data.changed = true;
  }

  Session& session_;
  const Options& options_;
  Levels levels_;
  Weights weights_;
  Sample sample_;
  std::vector<double> counts_;
  std::vector<std::size_t> order_;
  double total_ = 0, rows_ = 0;
};

class TwoWay {
 public:
  TwoWay(Session& session, const CommandLine& line, const std::vector<int>& variables,
         const Options& options)
      : session_(session),
        options_(options),
        rows_(session.data, variables[0], kRowsMost),
        columns_(session.data, variables[1], kColumnsMost) {
    const Weights weights = parse_weights(session, line, WeightKind::frequency);
    const Sample sample(session, line.if_or_empty(), line.in_or_empty());
    count(sample, weights);
    fill_table();
    whole_counts_ =
        weights.kind == WeightKind::none || weights.kind == WeightKind::frequency;
  }

  void run() {
    if (table_.counts.empty()) {
      session_.out.line("no observations");
    } else if (table_.contents() > 0) {
      if ((table_.contents() > 1 || options_.has("key")) && !options_.has("nokey")) {
        session_.out.print("\n" + two_way_key(table_));
      }
      session_.out.print("\n" + two_way_text(table_));
    }
    session_.r.clear();
    session_.r.set_scalar("N", total_);
    session_.r.set_scalar("r", static_cast<double>(table_.row_labels.size()));
    session_.r.set_scalar("c", static_cast<double>(table_.column_labels.size()));
    if (table_.counts.empty()) return;
    save_matrices();
    if (options_.has("chi2")) test_independence();
  }

 private:
  void count(const Sample& sample, const Weights& weights) {
    const bool missing = options_.has("missing");
    double observations = 0;
    for_each_block(session_, sample, weights, [&](const RowBlock& block) {
      for (std::size_t i = 0; i < block.rows.size(); ++i) {
        const std::int64_t obs = block.rows[i];
        if (!missing && (rows_.is_missing(obs) || columns_.is_missing(obs))) continue;
        const double w = block.weights.empty() ? 1 : block.weights[i];
        cells_[rows_.code(obs) * kColumnsMost + columns_.code(obs)] += w;
        total_ += w;
        ++observations;
      }
    });
    if (weights.kind != WeightKind::analytic || total_ == 0) return;
    for (auto& [place, n] : cells_) n *= observations / total_;
    total_ = observations;
  }

  void fill_table() {
    const bool labelled = !options_.has("nolabel");
    row_order_ = rows_.ascending();
    column_order_ = columns_.ascending();
    table_.row_heading = rows_.heading();
    table_.column_heading = columns_.heading();
    table_.row_labels = picked(rows_.labels(labelled), row_order_);
    table_.column_labels = picked(columns_.labels(labelled), column_order_);
    table_.row_label_width = rows_.label_width(labelled);
    table_.frequencies = !options_.has("nofreq");
    table_.rows = options_.has("row");
    table_.columns = options_.has("column");
    table_.cells = options_.has("cell");
    table_.linesize = static_cast<std::size_t>(session_.out.linesize());
    for (const std::size_t r : row_order_) {
      for (const std::size_t c : column_order_) {
        const auto it = cells_.find(r * kColumnsMost + c);
        table_.counts.push_back(it == cells_.end() ? 0 : it->second);
      }
    }
  }

  void save_matrices() {
    if (const auto name = options_.argument("matcell")) {
      session_.matrices[*name] =
          matrix_of(static_cast<int>(table_.row_labels.size()),
                    static_cast<int>(table_.column_labels.size()), table_.counts);
    }
    const auto row_values = sorted_values(session_, rows_, row_order_);
    if (!row_values.empty()) {
      save_values(session_, options_, "matrow", row_values, false);
    }
    const auto column_values = sorted_values(session_, columns_, column_order_);
    if (!column_values.empty()) {
      save_values(session_, options_, "matcol", column_values, true);
    }
  }

  double chi_squared() const {
    const std::size_t nr = table_.row_labels.size(), nc = table_.column_labels.size();
    std::vector<double> row(nr, 0), column(nc, 0);
    for (std::size_t r = 0; r < nr; ++r) {
      for (std::size_t c = 0; c < nc; ++c) {
        row[r] += table_.count(r, c);
        column[c] += table_.count(r, c);
      }
    }
    double sum = 0;
    for (std::size_t r = 0; r < nr; ++r) {
      for (std::size_t c = 0; c < nc; ++c) {
        const double expected = row[r] * column[c] / total_;
        const double gap = table_.count(r, c) - expected;
        sum += gap * gap / expected;
      }
    }
    return sum;
  }

  void test_independence() {
    if (!whole_counts_) {
      throw StataError(101, "chi2 may be used with frequency weights only");
    }
    const double df = static_cast<double>((row_order_.size() - 1)) *
                      static_cast<double>(column_order_.size() - 1);
    const double chi2 = df > 0 ? chi_squared() : missing_value();
    const double p = df > 0 ? chi2_upper_tail(df, chi2) : missing_value();
    session_.out.print("\n" + pearson_text(df, chi2, p) + "\n");
    session_.r.set_scalar("chi2", chi2);
    session_.r.set_scalar("p", p);
  }

  Session& session_;
  const Options& options_;
  Levels rows_, columns_;
  std::unordered_map<std::size_t, double> cells_;  // by row code * kColumnsMost + column
  std::vector<std::size_t> row_order_, column_order_;
  TwoWayTable table_;
  double total_ = 0;
  bool whole_counts_ = true;
};

std::vector<int> tabulated_variables(const Session& session, const CommandLine& line,
                                     std::size_t most) {
  VarlistRules rules;
  rules.abbreviate = session.settings.varabbrev;
  rules.minimum = 1;
  rules.maximum = most;
  return parse_varlist(session.data, line.anything, rules);
}

}  // namespace

void report_tabulate(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowSample | kAllowWeight | kAllowOptions);
  const std::vector<int> variables = tabulated_variables(session, line, 2);
  const bool two = variables.size() == 2;
  const Options options = parse_options(line.options, two ? kTwoWayRules : kOneWayRules);
  check_matrix_names(options);
  if (two) {
    TwoWay(session, line, variables, options).run();
  } else {
    OneWay(session, line, variables[0], options).run();
  }
}

void report_tab1(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowSample | kAllowWeight | kAllowOptions);
  const std::vector<int> variables = tabulated_variables(session, line, 120000);
  const Options options = parse_options(
      line.options, {{"missing", 1}, {"nofreq", 6}, {"nolabel", 3}, {"sort", 4}});
  for (const int v : variables) {
    session.out.print("\n-> tabulation of " + session.data.variable(v).name + "  \n");
    OneWay(session, line, v, options).run();
  }
}

}  // namespace adohost
