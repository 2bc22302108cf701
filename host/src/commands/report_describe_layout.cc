#include "commands/report_describe_layout.h"

#include <algorithm>

#include "base/text.h"
#include "commands/report_layout.h"

namespace adohost {

namespace {

constexpr std::size_t kNameWidth = 15;
constexpr std::size_t kFormatWidth = 9;
constexpr std::size_t kValueLabelWidth = 9;
constexpr std::size_t kLabelColumn = 46;  // blanks before a variable label
constexpr std::size_t kHangingIndent = 48;

std::string count_line(std::string_view heading, double n, const std::string& text) {
  return std::string(heading) + count_text(n, 14) + std::string(18, ' ') + text + "\n";
}

/// `line` and the words of `label`, broken before a word that would pass `linesize`.
std::string run_on(std::string line, const std::string& label, std::size_t linesize) {
  std::string text;
  bool fresh = true;  // nothing of the label stands on the line yet
  for (const std::string& word : split_blank(label)) {
    const std::size_t length = utf8_length(line) + utf8_length(word) + (fresh ? 0 : 1);
    if (length > linesize && !fresh) {
      text += line + "\n";
      line.assign(kHangingIndent, ' ');
      fresh = true;
    }
    line += (fresh ? "" : " ") + word;
    fresh = false;
  }
  return text + line + "\n";
}

}  // namespace

std::string describe_contents(const DescribedData& data, bool with_width) {
  std::string text =
      data.filename.empty() ? "Contains data" : "Contains data from " + data.filename;
  text += "\n";
  text += count_line(" Observations:", data.observations, data.label);
  text += count_line("    Variables:", data.variables, data.timestamp);
  if (with_width) text += count_line("        Width:", data.width, "");
  if (data.has_notes) text += std::string(kLabelColumn, ' ') + "(_dta has notes)\n";
  return text;
}

std::string describe_file_contents(const DescribedData& data) {
  std::string text = pad_right("Contains data", kLabelColumn) + data.label + "\n";
  text += count_line(" Observations:", data.observations, data.timestamp);
  text += count_line("    Variables:", data.variables, "");
  if (data.has_notes) text += std::string(kLabelColumn, ' ') + "(_dta has notes)\n";
  return text;
}

std::string describe_heading(std::size_t linesize) {
  return "Variable      Storage   Display    Value\n"
         "    name         type    format    label      Variable label\n" +
         dashes(linesize) + "\n";
}

std::string describe_variable(const DescribedVariable& variable, std::size_t linesize,
                              bool full_names) {
  std::string text, name = variable.name;
  if (full_names && utf8_length(name) > kNameWidth) {
    text = name + "\n";
    name.clear();
  }
  const std::string format = utf8_length(variable.format) > kFormatWidth
                                 ? variable.format.substr(0, 3) + ".."
                                 : variable.format;
  std::string line = pad_right(abbreviate(name, kNameWidth), kNameWidth) + " " +
                     pad_right(variable.type, 8) + pad_right(format, 10) + " ";
  if (utf8_length(variable.value_label) > kValueLabelWidth) {
    text += line + variable.value_label + "\n";
    if (variable.label.empty() && !variable.has_notes) return text;
    line = std::string(kLabelColumn - 2, ' ');
  } else {
    line += pad_right(variable.value_label, kValueLabelWidth);
  }
  line += variable.has_notes ? "* " : "  ";
  return text + run_on(line, variable.label, linesize);
}

std::string describe_sorted_by(const std::vector<std::string>& names, bool changed) {
  std::string text = "Sorted by: ";
  for (std::size_t i = 0; i < names.size(); ++i) text += (i > 0 ? "  " : "") + names[i];
  text += "\n";
  if (changed) text += "     Note: Dataset has changed since last saved.\n";
  return text;
}

std::string describe_names(const std::vector<std::string>& names, std::size_t linesize) {
  std::size_t widest = 1;
  for (const std::string& name : names) widest = std::max(widest, utf8_length(name));
  const std::size_t columns = std::max<std::size_t>(1, (linesize + 2) / (widest + 2));
  const std::size_t rows = (names.size() + columns - 1) / columns;
  std::string text;
  for (std::size_t r = 0; r < rows; ++r) {
    std::string line;
    for (std::size_t i = r; i < names.size(); i += rows) {
      line += pad_right(names[i], widest + 2);
    }
    text += std::string(trim_right(line)) + "\n";
  }
  return text;
}

}  // namespace adohost
