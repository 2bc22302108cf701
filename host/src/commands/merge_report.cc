#include "commands/merge_report.h"

#include "base/paragraph.h"
#include "base/text.h"
#include "commands/report_layout.h"

namespace adohost {
namespace {

std::string row(std::size_t indent, const std::string& heading, std::int64_t n) {
  return std::string(indent, ' ') + pad_right(heading, 29 - indent) +
         count_text(static_cast<double>(n), 16);
}

/// Two blanks follow the number also where there is no variable to name.
std::string coded_row(std::size_t indent, const std::string& heading, std::int64_t n,
                      int code, const std::string& mark) {
  const std::string note =
      mark.empty() ? "" : "(" + mark + "==" + std::to_string(code) + ")";
  return row(indent, heading, n) + "  " + note + "\n";
}

}  // namespace

std::string merge_table(const MergeCounts& counts, bool update, const std::string& mark) {
  const std::string rule = "    " + dashes(41) + "\n";
  const std::int64_t unmatched = counts[0] + counts[1];
  std::string text = "\n    " + pad_right("Result", 28) + "Number of obs\n" + rule;
  text += row(4, "Not matched", unmatched) + "\n";
  if (unmatched > 0) {
    text += coded_row(8, "from master", counts[0], kMasterOnly, mark);
    text += coded_row(8, "from using", counts[1], kUsingOnly, mark);
  }
  if (unmatched > 0 || update) text += "\n";
  if (!update) {
    text += coded_row(4, "Matched", counts[2], kMatched, mark);
  } else {
    text += row(4, "Matched", counts[2] + counts[3] + counts[4]) + "\n";
    text += coded_row(8, "not updated", counts[2], kMatched, mark);
    text += coded_row(8, "missing updated", counts[3], kMissingUpdated, mark);
    text += coded_row(8, "nonmissing conflict", counts[4], kConflict, mark);
  }
  return text + rule;
}

std::string merge_assertion_text(const std::vector<int>& codes, std::size_t width) {
  static constexpr const char* kWords[] = {"from master", "from using", "matched",
                                           "matched and updated",
                                           "matched and conflicting"};
  std::string text = "after merge, not all observations";
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const bool last = i + 1 == codes.size();
    text += last && i > 0 ? " or " : " ";
    text += kWords[codes[i] - 1];
    if (!last && codes.size() > 2) text += ",";
  }
  return paragraph(text, 0, 4, width) + "\n(merged result left in memory)";
}

}  // namespace adohost
