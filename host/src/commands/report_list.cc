// list ([D] list).
#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "commands/report_columns.h"
#include "commands/report_commands.h"
#include "commands/report_layout.h"
#include "commands/report_list_layout.h"
#include "data/varlist.h"
#include "format/format.h"
#include "lang/runner.h"

namespace adohost {

namespace {

constexpr std::size_t kNameWidth = 8;            // names are abbreviated to no less
constexpr std::size_t kCompressedNameWidth = 5;  // with `compress`
constexpr long long kMaxSepby = 10;

const std::vector<OptionRule> kRules{
    {"compress", 1},        {"nocompress", 3},       {"fast", 4},
    {"noobs", 3},           {"abbreviate", 2, true}, {"table", 1},
    {"display", 1},         {"string", 3, true},     {"header", 1},
    {"noheader", 3},        {"divider", 3},          {"nodivider", 5},
    {"clean", 5},           {"notrim", 5},           {"nolabel", 3},
    {"separator", 3, true}, {"sepby", 5, true},      {"absolute", 3},
    {"linesize", 4, true}};

std::optional<std::size_t> count_option(const Options& options, std::string_view name,
                                        long long least) {
  const auto text = options.argument(name);
  if (!text) return std::nullopt;
  const auto number = to_integer(*text);
  if (!number || *number < least) {
    throw StataError(198, "option " + std::string(name) + "() incorrectly specified");
  }
  return static_cast<std::size_t>(*number);
}

class Listing {
 public:
  Listing(Session& session, const CommandLine& line)
      : session_(session),
        options_(parse_options(line.options, kRules)),
        variables_(varlist_or_all(session, line.anything)),
        sample_(session, line.if_or_empty(), line.in_or_empty()) {
    read_options();
    measure();
  }

  void print() {
    if (!any_) return;
    session_.out.print("\n");
    const bool table = options_.has("table") || style_.clean;
    if (!options_.has("display") && (table || list_fits(columns_, style_))) {
      print_table();
    } else {
      print_boxes();
    }
  }

 private:
  void read_options() {
    style_.numbers = !options_.has("noobs");
    style_.clean = options_.has("clean") || options_.has("notrim");
    style_.divider = options_.has("divider") && !options_.has("nodivider");
    style_.linesize = static_cast<std::size_t>(session_.out.linesize());
    if (auto n = count_option(options_, "linesize", 1)) style_.linesize = *n;
    const bool compressed = options_.has("compress");
    name_width_ = compressed ? kCompressedNameWidth : kNameWidth;
    if (auto n = count_option(options_, "abbreviate", 5)) name_width_ = *n;
    if (auto n = count_option(options_, "separator", 0)) separator_ = *n;
    string_ = count_option(options_, "string", 1);
    if (const auto text = options_.argument("sepby")) {
      if (options_.has("separator")) {
        throw StataError(198, "options separator() and sepby() may not be combined");
      }
      VarlistRules rules;
      rules.abbreviate = session_.settings.varabbrev;
      rules.minimum = 1;
      rules.maximum = kMaxSepby;
      sepby_ = parse_varlist(session_.data, *text, rules);
      separator_ = 0;
    }
    const bool grouped = session_.by && session_.by->current;
    first_ = grouped && !options_.has("absolute") ? session_.by->current->first : 0;
    const std::int64_t last = sample_.end() - first_;
    style_.number_width = std::max<std::size_t>(3, std::to_string(last).size());
  }

  /// Finds the width of every column, by a pass over the listed values unless
  /// `nocompress`.
  void measure() {
    const bool examine = !options_.has("nocompress") && !options_.has("fast");
    std::vector<std::size_t> widths(variables_.size(), 0);
    for (std::int64_t obs = sample_.begin(); obs < sample_.end(); ++obs) {
      check_break(session_);
      if (!sample_.has(obs)) continue;
      any_ = true;
      if (!examine) break;
      for (std::size_t i = 0; i < variables_.size(); ++i) {
        widths[i] = std::max(widths[i], utf8_length(cell(variables_[i], obs)));
      }
    }
    for (std::size_t i = 0; i < variables_.size(); ++i) {
      const Variable& variable = session_.data.variable(variables_[i]);
      if (!examine) widths[i] = formatted_width(variable);
      ListColumn column;
      column.name = abbreviate(variable.name, std::max(widths[i], name_width_));
      column.width = std::max(widths[i], utf8_length(column.name));
      column.left = is_left_aligned(variable.format);
      columns_.push_back(column);
    }
  }

  std::size_t formatted_width(const Variable& variable) const {
    std::size_t width = static_cast<std::size_t>(format_width(variable.format));
    if (const ValueLabel* labels = labels_of(variable)) {
      for (const auto& [value, text] : *labels)
        width = std::max(width, utf8_length(text));
    }
    return style_.clean ? width : std::min(width, list_widest(style_));
  }

  const ValueLabel* labels_of(const Variable& variable) const {
    if (variable.value_label.empty() || options_.has("nolabel")) return nullptr;
    const auto it = session_.data.value_labels.find(variable.value_label);
    return it == session_.data.value_labels.end() ? nullptr : &it->second;
  }

  std::string cell(int v, std::int64_t obs) const {
    const Variable& variable = session_.data.variable(v);
    if (variable.type.is_string()) {
      const std::string_view text = session_.data.text(v, obs);
      if (string_ && utf8_length(text) > *string_) {
        return std::string(utf8_prefix(text, *string_)) + "..";
      }
      return within_line(text);
    }
    const double x = session_.data.number(v, obs);
    if (const ValueLabel* labels = labels_of(variable)) {
      if (const std::string* text = label_text(*labels, x)) return within_line(*text);
    }
    return number_text(x, variable.format);
  }

  std::string within_line(std::string_view text) const {
    const std::size_t widest = list_widest(style_);
    if (style_.clean || utf8_length(text) <= widest) return std::string(text);
    return std::string(utf8_prefix(text, widest - 2)) + "..";
  }

  std::vector<std::string> cells(std::int64_t obs) const {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < variables_.size(); ++i) {
      const std::string text = cell(variables_[i], obs);
      const std::string_view shown = utf8_prefix(text, columns_[i].width);
      texts.emplace_back(shown);
    }
    return texts;
  }

  bool same_group(std::int64_t a, std::int64_t b) const {
    return std::all_of(sepby_.begin(), sepby_.end(), [&](int v) {
      const Dataset& data = session_.data;
      return data.variable(v).type.is_string() ? data.text(v, a) == data.text(v, b)
                                               : data.number(v, a) == data.number(v, b);
    });
  }

  void print_table() {
    const ListTable table(columns_, style_);
    session_.out.print(table.top());
    if (!options_.has("noheader")) {
      session_.out.print(table.header());
      session_.out.print(table.rule());
    }
    std::size_t listed = 0;
    std::int64_t before = 0;
    for (std::int64_t obs = sample_.begin(); obs < sample_.end(); ++obs) {
      check_break(session_);
      if (!sample_.has(obs)) continue;
      const bool block_ends = separator_ > 0 && listed % separator_ == 0;
      if (listed > 0 && (block_ends || !same_group(before, obs))) {
        session_.out.print(table.rule());
      }
      session_.out.print(table.row(obs - first_ + 1, cells(obs)));
      before = obs;
      ++listed;
    }
    session_.out.print(table.bottom());
  }

  void print_boxes() {
    const ListDisplay display(columns_, style_);
    const bool apart = options_.has("header");
    const bool names = !apart && !options_.has("noheader");
    bool first = true;
    if (apart) {
      session_.out.print(display.header_box());
      first = false;
    }
    for (std::int64_t obs = sample_.begin(); obs < sample_.end(); ++obs) {
      check_break(session_);
      if (!sample_.has(obs)) continue;
      if (!first) session_.out.print("\n");
      session_.out.print(display.box(obs - first_ + 1, cells(obs), names));
      first = false;
    }
  }

  Session& session_;
  Options options_;
  std::vector<int> variables_;
  Sample sample_;
  ListStyle style_;
  std::vector<ListColumn> columns_;
  std::vector<int> sepby_;
  std::size_t name_width_ = kNameWidth;
  std::size_t separator_ = 5;
  std::optional<std::size_t> string_;
  std::int64_t first_ = 0;  // what observation numbers count from
  bool any_ = false;
};

}  // namespace

void report_list(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowSample | kAllowOptions);
  Listing(session, line).print();
}

}  // namespace adohost
