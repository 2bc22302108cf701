#include "commands/report_summarize_layout.h"

#include "base/text.h"
#include "commands/report_layout.h"
#include "format/format.h"

namespace adohost {

namespace {

constexpr std::size_t kNameWidth = 12;
constexpr std::size_t kBlockWidth = 61;
constexpr std::size_t kRightWidth = 23;  // "Std. dev.      2949.496"

std::string padded(double x, const std::string& format, std::size_t width) {
  return pad_left(number_text(x, format), width);
}

std::string right_pair(std::string_view label, const std::string& value) {
  return std::string(7, ' ') + std::string(label) +
         pad_left(value, kRightWidth - label.size());
}

/// "10%" with its percentile and, where there is one, a smallest or largest value.
std::string percent_line(int percent, double value, const double* extreme,
                         const std::string& format) {
  std::string line =
      pad_left(std::to_string(percent), 2) + "%" + padded(value, format, 13);
  if (extreme != nullptr) line += padded(*extreme, format, 15);
  return line;
}

}  // namespace

std::string summary_header(bool wide) {
  return wide ? "    Variable |     Obs      Weight        Mean   Std. dev.       Min"
                "        Max"
              : "    Variable |        Obs        Mean    Std. dev.       Min        Max";
}

std::string summary_rule(bool wide) {
  return dashes(kNameWidth + 1) + "+" + dashes(wide ? 65 : 57);
}

std::string summary_line(const SummaryLine& line, bool wide) {
  std::string text = pad_left(abbreviate(line.name, kNameWidth), kNameWidth) + " |";
  text += count_text(line.obs, wide ? 8 : 11);
  if (line.obs == 0) return text;
  if (wide) text += padded(line.weight, "%11.0g", 12);
  text += padded(line.mean, line.format, 12);
  text += padded(line.sd, line.format, wide ? 11 : 12);
  text += padded(line.minimum, line.format, 11);
  text += padded(line.maximum, line.format, 11);
  return text;
}

std::string detail_block(const DetailBlock& block) {
  std::string text =
      indent_to_center(block.title, kBlockWidth) + "\n" + dashes(kBlockWidth) + "\n";
  if (block.obs == 0) return text + "no observations\n";
  const Detail& d = block.detail;
  const std::string& f = block.format;
  const auto percent = [&](std::size_t k, const double* extreme) {
    return percent_line(kPercents[k], d.percentiles[k], extreme, f);
  };
  text += "      Percentiles      Smallest\n";
  text += percent(0, &d.smallest[0]) + "\n";
  text += percent(1, &d.smallest[1]) + "\n";
  text +=
      percent(2, &d.smallest[2]) + right_pair("Obs", count_text(block.obs, 12)) + "\n";
  text += percent(3, &d.smallest[3]) +
          right_pair("Sum of wgt.", count_text(block.weight, 12)) + "\n\n";
  text += percent(4, nullptr) + std::string(15, ' ') +
          right_pair("Mean", number_text(block.mean, f)) + "\n";
  text += std::string(24, ' ') + "Largest" +
          right_pair("Std. dev.", number_text(block.sd, f)) + "\n";
  text += percent(5, &d.largest[0]) + "\n";
  text += percent(6, &d.largest[1]) +
          right_pair("Variance", number_text(block.variance, f)) + "\n";
  text += percent(7, &d.largest[2]) + right_pair("Skewness", number_text(d.skewness, f)) +
          "\n";
  text += percent(8, &d.largest[3]) + right_pair("Kurtosis", number_text(d.kurtosis, f)) +
          "\n";
  return text;
}

}  // namespace adohost
