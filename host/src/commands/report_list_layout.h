// The two formats of `list` ([D] list) from names, widths and texts alone. In the table
// format a line is an observation; in the display format, for data too wide for the line,
// each observation has a box of its own with the names above the values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace adohost {

struct ListColumn {
  std::string name;       // as shown, already abbreviated
  std::size_t width = 0;  // of the widest value, or of the name where that is wider
  bool left = false;      // values and name stand on the left
};

struct ListStyle {
  bool numbers = true;  // observation numbers in front
  bool clean = false;   // no lines at all
  bool divider = false;
  std::size_t number_width = 3;
  std::size_t linesize = 79;
};

/// Blanks before the box: "  1. " or two.
std::size_t list_margin(const ListStyle& style);
/// The widest value that a box within the line can hold.
std::size_t list_widest(const ListStyle& style);
/// Whether the table format keeps within the line.
bool list_fits(const std::vector<ListColumn>& columns, const ListStyle& style);

/// Table format; every function returns whole lines with their newlines.
class ListTable {
 public:
  ListTable(std::vector<ListColumn> columns, ListStyle style);

  std::string top() const;     // empty where the style is clean, as rule() and bottom()
  std::string header() const;  // the names, without the rule below
  std::string rule() const;
  std::string row(std::int64_t number, const std::vector<std::string>& cells) const;
  std::string bottom() const;

 private:
  std::string line(const std::string& margin,
                   const std::vector<std::string>& cells) const;
  std::string border(char corner, bool crossings) const;

  std::vector<ListColumn> columns_;
  ListStyle style_;
};

/// Display format. Columns are dealt out to as many lines as they need; shorter lines are
/// stretched to the longest.
class ListDisplay {
 public:
  ListDisplay(std::vector<ListColumn> columns, ListStyle style);

  /// The names alone, in a box.
  std::string header_box() const;
  std::string box(std::int64_t number, const std::vector<std::string>& cells,
                  bool names) const;

 private:
  struct Slot {
    std::size_t column, before, after;  // blanks around the value
  };
  using Line = std::vector<Slot>;

  void deal(std::size_t room);
  void stretch();
  std::size_t inner_width(const Line& line) const;
  std::vector<std::size_t> dividers(const Line& line) const;
  std::string text_line(const Line& line, const std::vector<std::string>& cells) const;
  std::string rule_between(const Line& above, const Line& below) const;
  std::string boxed(const std::string& number, const std::vector<std::string>* names,
                    const std::vector<std::string>* cells) const;

  std::vector<ListColumn> columns_;
  ListStyle style_;
  std::vector<Line> lines_;
  std::size_t inner_ = 0;
};

}  // namespace adohost
