#include "commands/report_tabulate_layout.h"

#include <algorithm>
#include <numeric>

#include "base/text.h"
#include "commands/report_layout.h"
#include "format/format.h"

namespace adohost {

namespace {

constexpr std::size_t kOneWayStub = 11, kOneWayStubMost = 39;
constexpr std::size_t kTwoWayStub = 10, kTwoWayStubMost = 21;
constexpr std::size_t kCell = 10;             // and a blank after it
constexpr std::size_t kColumnLabelWidth = 9;  // longer labels are cut

std::string percent(double part, double whole, std::size_t width) {
  return pad_left(number_text(100 * part / whole, "%9.2f"), width);
}

std::string stub(std::string_view text, std::size_t width) {
  return pad_left(utf8_prefix(text, width), width) + " |";
}

double total_of(const std::vector<double>& counts) {
  return std::accumulate(counts.begin(), counts.end(), 0.0);
}

/// One panel of a two-way table: the columns [begin, end) and the total.
class Panel {
 public:
  Panel(const TwoWayTable& table, std::size_t begin, std::size_t end, std::size_t width)
      : table_(table), begin_(begin), end_(end), width_(width) {
    row_totals_.assign(table.row_labels.size(), 0);
    column_totals_.assign(table.column_labels.size(), 0);
    for (std::size_t r = 0; r < row_totals_.size(); ++r) {
      for (std::size_t c = 0; c < column_totals_.size(); ++c) {
        row_totals_[r] += table.count(r, c);
        column_totals_[c] += table.count(r, c);
      }
    }
    total_ = total_of(row_totals_);
  }

  std::string text() const {
    std::string text = heading() + rule();
    for (std::size_t r = 0; r < table_.row_labels.size(); ++r) {
      if (r > 0 && table_.contents() > 1) text += rule();
      std::vector<double> counts;
      for (std::size_t c = begin_; c < end_; ++c) counts.push_back(table_.count(r, c));
      text += group(table_.row_labels[r], counts, row_totals_[r]);
    }
    const std::vector<double> totals(
        column_totals_.begin() + static_cast<std::ptrdiff_t>(begin_),
        column_totals_.begin() + static_cast<std::ptrdiff_t>(end_));
    return text + rule() + group("Total", totals, total_);
  }

 private:
  std::size_t span() const { return (kCell + 1) * (end_ - begin_); }

  /// Heading of the rows on the left, of the columns above their labels; both end in the
  /// last line.
  std::string heading() const {
    const auto left = wrap_words(table_.row_heading, width_);
    const auto above = wrap_words(table_.column_heading, span());
    const std::size_t lines = std::max(left.size(), above.size() + 1);
    std::string text;
    for (std::size_t i = 0; i < lines; ++i) {
      const std::size_t below = lines - i;  // lines from here to the last
      text += stub(below <= left.size() ? left[left.size() - below] : "", width_);
      if (below == 1) {
        text += labels();
      } else if (below - 1 <= above.size()) {
        // Odd blanks: the greater part stands on the left.
        text += indent_to_center(above[above.size() + 1 - below], span() + 1);
      }
      text += "\n";
    }
    return text;
  }

  std::string labels() const {
    std::string text;
    for (std::size_t c = begin_; c < end_; ++c) {
      const std::string& label = table_.column_labels[c];
      text += pad_left(utf8_prefix(label, kColumnLabelWidth), kCell) + " ";
    }
    return text + "|     Total";
  }

  std::string rule() const {
    return dashes(width_ + 1) + "+" + dashes(span()) + "+" + dashes(kCell) + "\n";
  }

  /// The lines of one row: its counts, and their shares of row, column and table.
  std::string group(const std::string& label, const std::vector<double>& counts,
                    double row_total) const {
    std::string text;
    std::string name = label;
    const auto line = [&](auto&& cell) {
      text += stub(name, width_);
      for (std::size_t i = 0; i < counts.size(); ++i) {
        text += cell(counts[i], column_totals_[begin_ + i]) + " ";
      }
      text += "|" + cell(row_total, total_) + " \n";
      name.clear();
    };
    if (table_.frequencies) {
      line([](double n, double) { return count_text(n, kCell); });
    }
    if (table_.rows) {
      line([&](double n, double) { return percent(n, row_total, kCell); });
    }
    if (table_.columns) {
      line([](double n, double column) { return percent(n, column, kCell); });
    }
    if (table_.cells) line([&](double n, double) { return percent(n, total_, kCell); });
    return text;
  }

  const TwoWayTable& table_;
  std::size_t begin_, end_, width_;
  std::vector<double> row_totals_, column_totals_;
  double total_ = 0;
};

}  // namespace

std::string one_way_text(const OneWayTable& table) {
  const std::size_t width = std::clamp(table.label_width, kOneWayStub, kOneWayStubMost);
  const std::string rule = dashes(width + 1) + "+" + dashes(35) + "\n";
  std::string text;
  for (const std::string& line : wrap_words(table.heading, width)) {
    text += (text.empty() ? "" : "\n") + stub(line, width);
  }
  text += "      Freq.     Percent        Cum.\n" + rule;
  const double total = total_of(table.counts);
  double sum = 0;
  for (std::size_t i = 0; i < table.labels.size(); ++i) {
    sum += table.counts[i];
    text += stub(table.labels[i], width) + count_text(table.counts[i], 11) +
            percent(table.counts[i], total, 12) + percent(sum, total, 12) + "\n";
  }
  return text + rule + stub("Total", width) + count_text(total, 11) +
         percent(total, total, 12) + "\n";
}

std::string two_way_key(const TwoWayTable& table) {
  std::vector<std::string> names;
  if (table.frequencies) names.push_back("frequency");
  if (table.rows) names.push_back("row percentage");
  if (table.columns) names.push_back("column percentage");
  if (table.cells) names.push_back("cell percentage");
  std::size_t width = 0;
  for (const std::string& name : names) width = std::max(width, name.size());
  const std::string border = "+" + dashes(width + 2) + "+\n";
  std::string text = border + "| " + pad_right("Key", width) + " |\n";
  text += "|" + dashes(width + 2) + "|\n";
  for (const std::string& name : names) {
    text += "| " + pad_right(indent_to_center(name, width), width) + " |\n";
  }
  return text + border;
}

std::string two_way_text(const TwoWayTable& table) {
  const std::size_t width =
      std::clamp(table.row_label_width, kTwoWayStub, kTwoWayStubMost);
  const std::size_t taken = width + 2 + kCell + 2;
  const std::size_t room = table.linesize > taken ? table.linesize - taken : 0;
  const std::size_t most = std::max<std::size_t>(1, room / (kCell + 1));
  std::string text;
  for (std::size_t begin = 0; begin < table.column_labels.size(); begin += most) {
    const std::size_t end = std::min(begin + most, table.column_labels.size());
    if (begin > 0) text += "\n";
    text += Panel(table, begin, end, width).text();
  }
  return text;
}

std::string pearson_text(double df, double chi2, double p) {
  const std::string name = "Pearson chi2(" + number_text(df, "%9.0f") + ")";
  return pad_left(name, 25) + " = " + pad_left(number_text(chi2, "%8.4f"), 8) +
         "   Pr = " + pad_left(number_text(p, "%5.3f"), 5);
}

}  // namespace adohost
