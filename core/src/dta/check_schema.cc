#include <algorithm>
#include <set>
#include <unordered_set>

#include "dta/checks.h"
#include "dta/metadata_check.h"
#include "stata_pydata/stata_types.h"
#include "stata_pydata/variable_names.h"

namespace stata_pydata::dta {
namespace {

std::size_t characters(std::string_view text, bool utf8) {
  if (!utf8) return text.size();
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0u) != 0x80;
  }));
}

class SchemaCheck {
 public:
  SchemaCheck(const ParsedImage& parsed, Findings& findings)
      : schema_(parsed.schema), widths_(parsed.layout.widths), findings_(findings) {}

  void check() {
    header();
    for (const auto& variable : schema_.variables) check(variable);
    std::unordered_set<std::int32_t> keys;
    for (const std::int32_t key : schema_.sorted_by)
      if (!keys.insert(key).second)
        error("sort list: variable number " + std::to_string(key + 1) +
              " is there twice");
    characteristics();
    label_sets();
  }

 private:
  void error(const std::string& sentence) { findings_.error(-1, sentence); }
  void warning(const std::string& sentence) { findings_.warning(-1, sentence); }

  void header() {
    const auto count = static_cast<std::int64_t>(schema_.variables.size());
    if (count > widths_.variables)
      error("header: " + std::to_string(count) + " variables, expected at most " +
            std::to_string(widths_.variables));
    if (widths_.variable_count == 4 && count <= kMostVariablesOf118)
      warning("header: release " + std::to_string(widths_.release) + " for " +
              std::to_string(count) + " variables, which Stata BE and SE refuse");
    label("header: the data label", schema_.data_label);
    const std::size_t stamp = schema_.timestamp.size();
    if (widths_.tagged && stamp != 0 && stamp != kTimestampBytes)
      error("header: the timestamp has " + std::to_string(stamp) +
            " bytes, expected 0 or 17");
  }

  void label(const std::string& what, std::string_view text) {
    const std::size_t length = characters(text, widths_.utf8);
    if (length > kMostLabelCharacters)
      error(what + " has " + std::to_string(length) + " characters, expected at most 80");
  }

  /// Stata loads a name that it wouldn't take, but nobody can use it.
  void name(const std::string& what, std::string_view text) {
    std::string letters(text);
    if (!widths_.utf8)  // a letter of whatever code page the file is in
      for (char& c : letters)
        if (static_cast<unsigned char>(c) >= 0x80) c = 'a';
    if (text.empty())
      error(what + " is empty");
    else if (!is_legal_name(letters))
      warning(what + " is none that Stata takes");
  }

  void check(const Variable& variable) {
    const std::string what = "variable " + variable.name;
    name(what + ": the name", variable.name);
    if (!names_.insert(variable.name).second) error(what + ": the name is there twice");
    label(what + ": the label", variable.label);
    if (variable.type.storage == Storage::alias) return;
    const bool text = variable.type.is_text();
    if (!(text ? is_text_format(variable.format) : is_number_format(variable.format)))
      error(what + ": the format '" + variable.format + "' is none for " +
            type_name(variable.type));
    if (text && !variable.value_label.empty())
      error(what + ": is " + type_name(variable.type) + " and has value labels");
  }

  void characteristics() {
    std::set<std::pair<std::string_view, std::string_view>> seen;
    for (const auto& item : schema_.characteristics) {
      const std::string what = "characteristic " + item.owner + "[" + item.name + "]";
      if (item.name.empty()) error(what + ": the name is empty");
      if (!seen.insert({item.owner, item.name}).second) error(what + " is there twice");
      if (item.owner != kDatasetOwner && !names_.contains(item.owner))
        warning(what + " belongs to no variable of the data");
    }
  }

  void label_sets() {
    std::unordered_set<std::string_view> seen;
    for (const auto& set : schema_.value_labels) {
      const std::string what = "value-label set " + set.name;
      name(what + ": the name", set.name);
      if (!seen.insert(set.name).second) error(what + " is there twice");
      if (set.entries.size() > kMostLabelEntries)
        error(what + " has " + std::to_string(set.entries.size()) +
              " values, expected at most 65536");
      for (const auto& entry : set.entries)
        if (entry.text.size() > kMostLabelTextBytes)
          warning(what + ": the text of " + std::to_string(entry.value) + " has " +
                  std::to_string(entry.text.size()) + " bytes; Stata ignores it");
    }
  }

  const Schema& schema_;
  const ReleaseWidths& widths_;
  Findings& findings_;
  std::unordered_set<std::string_view> names_;
};

}  // namespace

void check_schema(const ParsedImage& parsed, Findings& findings) {
  SchemaCheck(parsed, findings).check();
}

}  // namespace stata_pydata::dta
