#include "commands/report_levels.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "commands/report_layout.h"

namespace adohost {

Levels::Levels(const Dataset& data, int variable, std::size_t most)
    : data_(data),
      variable_(variable),
      most_(most),
      is_string_(data.variable(variable).type.is_string()) {}

std::size_t Levels::fresh_code() const {
  if (size() >= most_) throw StataError(134, "too many values");
  return size();
}

std::size_t Levels::code(std::int64_t obs) {
  if (is_string_) {
    const std::string_view text = data_.text(variable_, obs);
    const auto it = texts_.find(text);
    if (it != texts_.end()) return it->second;
    const std::size_t code = fresh_code();
    texts_.emplace(text, code);
    return code;
  }
  const double x = data_.number(variable_, obs);
  const auto it = numbers_.find(x);
  if (it != numbers_.end()) return it->second;
  const std::size_t code = fresh_code();
  numbers_.emplace(x, code);
  return code;
}

bool Levels::is_missing(std::int64_t obs) const {
  return is_string_ ? data_.text(variable_, obs).empty()
                    : adohost::is_missing(data_.number(variable_, obs));
}

std::vector<std::size_t> Levels::ascending() const {
  std::vector<std::size_t> codes;
  for (const auto& [value, code] : numbers_) codes.push_back(code);
  for (const auto& [text, code] : texts_) codes.push_back(code);
  return codes;
}

std::vector<std::string> Levels::labels(bool use_value_labels) const {
  std::vector<std::string> labels(size());
  for (const auto& [text, code] : texts_) labels[code] = text;
  const Variable& variable = data_.variable(variable_);
  const auto set = data_.value_labels.find(variable.value_label);
  const bool labelled = use_value_labels && !variable.value_label.empty() &&
                        set != data_.value_labels.end();
  for (const auto& [value, code] : numbers_) {
    const std::string* text = labelled ? label_text(set->second, value) : nullptr;
    labels[code] = text != nullptr ? *text : number_text(value, variable.format);
  }
  return labels;
}

std::vector<double> Levels::values() const {
  std::vector<double> values(numbers_.size());
  for (const auto& [value, code] : numbers_) values[code] = value;
  return values;
}

std::string Levels::heading() const {
  const Variable& variable = data_.variable(variable_);
  return variable.label.empty() ? variable.name : variable.label;
}

std::size_t Levels::label_width(bool use_value_labels) const {
  const VarType type = data_.variable(variable_).type;
  if (type.storage == Storage::str) return type.width;
  std::size_t widest = 0;
  for (const std::string& label : labels(use_value_labels)) {
    widest = std::max(widest, utf8_length(label));
  }
  // Labels of values that do not occur take their room too.
  const auto set = data_.value_labels.find(data_.variable(variable_).value_label);
  if (!use_value_labels || set == data_.value_labels.end()) return widest;
  for (const auto& [value, text] : set->second) {
    widest = std::max(widest, utf8_length(text));
  }
  return widest;
}

}  // namespace adohost
