#include "commands/reshape_report.h"

#include "base/text.h"
#include "commands/report_layout.h"

namespace adohost {
namespace {

constexpr std::size_t kLeft = 39;   // characters in front of the arrow
constexpr std::size_t kCount = 12;  // of a number behind it

std::string row(const std::string& heading, const std::string& left,
                const std::string& right) {
  const std::size_t room = kLeft - std::min(kLeft, utf8_length(heading));
  return heading + pad_left(left, room) + "   ->   " + right + "\n";
}

std::string counted(const std::string& heading, std::int64_t before, std::int64_t after) {
  const auto text = [](std::int64_t n) {
    return std::string(trim(count_text(static_cast<double>(n), 12)));
  };
  return row(heading, text(before), pad_right(text(after), kCount));
}

/// All names, or the first two and the last where there are more than three.
std::string shortened(const std::vector<std::string>& names) {
  if (names.size() > 3) return names[0] + " " + names[1] + " ... " + names.back();
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : " ") + name;
  return text;
}

/// Lines that are too long go on behind `> `, as Stata breaks what it prints.
std::string broken(const std::string& line, int linesize) {
  std::string text, rest = line;
  auto width = static_cast<std::size_t>(linesize);
  while (utf8_length(rest) > width) {
    const std::string_view head = utf8_prefix(rest, width);
    text.append(head).append("\n");
    rest = "> " + rest.substr(head.size());
  }
  return text + rest + "\n";
}

}  // namespace

std::string reshape_text(const ReshapeReport& report, int linesize) {
  std::string values;
  for (const std::string& value : report.values) values += " " + value;
  const std::string rule = dashes(77) + "\n";
  std::string text = broken("(j =" + values + ")", linesize) + "\n";
  text += report.to_long ? row("Data", "Wide", "Long") : row("Data", "Long", "Wide");
  text += rule;
  text += counted("Number of observations", report.observations_before,
                  report.observations_after);
  text += counted("Number of variables", report.variables_before, report.variables_after);
  const std::string heading = "j variable (" + std::to_string(report.values.size()) +
                              (report.values.size() == 1 ? " value)" : " values)");
  text +=
      report.to_long ? row(heading, "", report.j) : row(heading, report.j, "(dropped)");
  text += "xij variables:\n";
  for (const auto& group : report.groups) {
    text += row("", shortened(group.before), shortened(group.after));
  }
  return text + rule;
}

}  // namespace adohost
