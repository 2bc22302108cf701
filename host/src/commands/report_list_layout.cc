#include "commands/report_list_layout.h"

#include <algorithm>

#include "base/text.h"
#include "commands/report_layout.h"

namespace adohost {

namespace {

constexpr std::size_t kGap = 3;  // between two columns: "   " or " | "

/// Columns that stay free at the end of a line.
constexpr std::size_t kFree = 2;

std::size_t room_for_box(const ListStyle& style) {
  const std::size_t taken = list_margin(style) + 2 + kFree;
  return style.linesize > taken ? style.linesize - taken : 0;
}

std::size_t inner_of_table(const std::vector<ListColumn>& columns) {
  std::size_t width = 2 + kGap * (columns.size() - 1);
  for (const ListColumn& column : columns) width += column.width;
  return width;
}

std::string padded(const ListColumn& column, std::string_view text) {
  return column.left ? pad_right(text, column.width) : pad_left(text, column.width);
}

std::vector<std::string> names_of(const std::vector<ListColumn>& columns) {
  std::vector<std::string> names;
  for (const ListColumn& column : columns) names.push_back(column.name);
  return names;
}

std::string number_margin(std::int64_t number, const ListStyle& style) {
  if (!style.numbers) return std::string(list_margin(style), ' ');
  return pad_left(std::to_string(number), style.number_width) + ". ";
}

}  // namespace

std::size_t list_margin(const ListStyle& style) {
  return style.numbers ? style.number_width + 2 : 2;
}

std::size_t list_widest(const ListStyle& style) {
  return std::max<std::size_t>(room_for_box(style), 4) - 2;
}

bool list_fits(const std::vector<ListColumn>& columns, const ListStyle& style) {
  return inner_of_table(columns) <= room_for_box(style);
}

ListTable::ListTable(std::vector<ListColumn> columns, ListStyle style)
    : columns_(std::move(columns)), style_(style) {}

std::string ListTable::line(const std::string& margin,
                            const std::vector<std::string>& cells) const {
  std::string text = margin + (style_.clean ? "  " : "| ");
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (i > 0) text += style_.divider && !style_.clean ? " | " : "   ";
    text += padded(columns_[i], cells[i]);
  }
  return text + (style_.clean ? "  \n" : " |\n");
}

std::string ListTable::border(char corner, bool crossings) const {
  if (style_.clean) return "";
  std::string text = std::string(list_margin(style_), ' ') + corner;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (i > 0) text += crossings && style_.divider ? '+' : '-';
    text += dashes(columns_[i].width + 2);
  }
  return text + corner + "\n";
}

std::string ListTable::top() const {
  return border('+', false);
}

std::string ListTable::header() const {
  return line(std::string(list_margin(style_), ' '), names_of(columns_));
}

std::string ListTable::rule() const {
  return border('|', true);
}

std::string ListTable::row(std::int64_t number,
                           const std::vector<std::string>& cells) const {
  return line(number_margin(number, style_), cells);
}

std::string ListTable::bottom() const {
  return border('+', false);
}

ListDisplay::ListDisplay(std::vector<ListColumn> columns, ListStyle style)
    : columns_(std::move(columns)), style_(style) {
  deal(room_for_box(style_));
  stretch();
}

/// Puts each column on the current line as long as the line stays within `room`.
void ListDisplay::deal(std::size_t room) {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (lines_.empty()) lines_.emplace_back();
    const std::size_t more = columns_[i].width + 2 + (lines_.back().empty() ? 0 : 1);
    if (!lines_.back().empty() && inner_width(lines_.back()) + more > room) {
      lines_.emplace_back();
    }
    lines_.back().push_back({i, 1, 1});
  }
  for (const Line& line : lines_) inner_ = std::max(inner_, inner_width(line));
}

/// Shares the blanks that a line lacks among its columns: what cannot be shared evenly
/// goes to the last ones, and of an odd number the greater part stands after the value.
void ListDisplay::stretch() {
  for (Line& line : lines_) {
    const std::size_t missing = inner_ - inner_width(line);
    const std::size_t each = missing / line.size();
    const std::size_t first_with_more = line.size() - missing % line.size();
    for (std::size_t i = 0; i < line.size(); ++i) {
      const std::size_t extra = each + (i >= first_with_more ? 1 : 0);
      line[i].before += extra / 2;
      line[i].after += extra - extra / 2;
    }
  }
}

std::size_t ListDisplay::inner_width(const Line& line) const {
  std::size_t width = line.empty() ? 0 : line.size() - 1;
  for (const Slot& slot : line) {
    width += slot.before + columns_[slot.column].width + slot.after;
  }
  return width;
}

std::vector<std::size_t> ListDisplay::dividers(const Line& line) const {
  std::vector<std::size_t> places;
  std::size_t at = 0;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    at += line[i].before + columns_[line[i].column].width + line[i].after;
    places.push_back(at++);
  }
  return places;
}

std::string ListDisplay::text_line(const Line& line,
                                   const std::vector<std::string>& cells) const {
  std::string text = "|";
  for (const Slot& slot : line) {
    text += std::string(slot.before, ' ') +
            padded(columns_[slot.column], cells[slot.column]) +
            std::string(slot.after, ' ') + "|";
  }
  return text + "\n";
}

std::string ListDisplay::rule_between(const Line& above, const Line& below) const {
  std::string rule = dashes(inner_);
  const auto lower = dividers(below);
  for (const std::size_t at : dividers(above)) {
    if (std::find(lower.begin(), lower.end(), at) != lower.end()) rule[at] = '+';
  }
  return "|" + rule + "|\n";
}

std::string ListDisplay::boxed(const std::string& number,
                               const std::vector<std::string>* names,
                               const std::vector<std::string>* cells) const {
  const std::string margin(list_margin(style_), ' ');
  const std::string border = margin + "+" + dashes(inner_) + "+\n";
  std::string text = border;
  bool first = true;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (i > 0) text += margin + rule_between(lines_[i - 1], lines_[i]);
    for (const auto* texts : {names, cells}) {
      if (texts == nullptr) continue;
      text += (first ? number : margin) + text_line(lines_[i], *texts);
      first = false;
    }
  }
  return text + border;
}

std::string ListDisplay::header_box() const {
  const std::vector<std::string> names = names_of(columns_);
  return boxed(std::string(list_margin(style_), ' '), &names, nullptr);
}

std::string ListDisplay::box(std::int64_t number, const std::vector<std::string>& cells,
                             bool names) const {
  const std::vector<std::string> all = names_of(columns_);
  return boxed(number_margin(number, style_), names ? &all : nullptr, &cells);
}

}  // namespace adohost
