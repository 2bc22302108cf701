#include "dta/metadata_check.h"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "stata_pydata/error.h"
#include "stata_pydata/missing.h"
#include "stata_pydata/stata_types.h"
#include "stata_pydata/variable_names.h"

namespace stata_pydata::dta {
namespace {

constexpr std::size_t kMostShown = 40;  // bytes of a long text in an error

/// The text in quotes, cut where it is long, control characters as ?.
std::string quoted(std::string_view text) {
  std::string shown(text.substr(0, kMostShown));
  std::replace_if(
      shown.begin(), shown.end(),
      [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7F'; }, '?');
  return "'" + shown + (text.size() > kMostShown ? "...'" : "'");
}

[[noreturn]] void fail(Fault fault, const std::string& what, const std::string& why) {
  throw Error(fault, what + " " + why);
}

[[noreturn]] void fail_limit(const std::string& what, std::size_t found, const char* unit,
                             std::size_t most) {
  fail(Fault::range, what,
       "has " + std::to_string(found) + " " + unit + "; at most " + std::to_string(most) +
           " are possible");
}

/// Characters of UTF-8; a byte that is no part of one counts as a character.
std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0u) != 0x80;
  }));
}

class Checker {
 public:
  explicit Checker(const Schema& schema)
      : schema_(schema), widths_(*find_release(schema.release)) {}

  void check() {
    label(schema_.data_label, "the data label", kMostLabelCharacters * 4 + 1);
    timestamp();
    for (const auto& variable : schema_.variables) check(variable);
    sort_list();
    std::unordered_set<std::string_view> sets;
    for (const auto& set : schema_.value_labels) {
      if (!sets.insert(set.name).second)
        fail(Fault::invalid, "the value-label set " + quoted(set.name), "is there twice");
      check(set);
    }
    characteristics();
  }

 private:
  void no_nul(std::string_view text, const std::string& what) const {
    if (text.find('\0') != std::string_view::npos)
      fail(Fault::invalid, what, "contains a NUL byte");
  }

  /// A name of a variable, label set or characteristic.
  void name(std::string_view text, const std::string& what) const {
    const std::size_t most = kMaxNameCharacters;
    const std::size_t length = widths_.utf8 ? characters(text) : text.size();
    if (length > most)
      fail_limit(what, length, widths_.utf8 ? "characters" : "bytes", most);
    std::string letters(text);
    if (!widths_.utf8)  // a letter of whatever code page the file is in
      for (char& c : letters)
        if (static_cast<unsigned char>(c) >= 0x80) c = 'a';
    if (!is_legal_name(letters))
      fail(Fault::invalid, what,
           "is no name that Stata takes: letters, digits and _, not beginning with a "
           "digit, none of its reserved words");
  }

  void label(std::string_view text, const std::string& what, int field) const {
    no_nul(text, what);
    const std::size_t length = widths_.utf8 ? characters(text) : text.size();
    if (length > kMostLabelCharacters)
      fail_limit(what, length, widths_.utf8 ? "characters" : "bytes",
                 kMostLabelCharacters);
    if (text.size() >= static_cast<std::size_t>(field))
      fail_limit(what, text.size(), "bytes", static_cast<std::size_t>(field - 1));
  }

  void timestamp() const {
    const std::string& text = schema_.timestamp;
    if (text.empty()) return;
    constexpr std::string_view pattern = "00 aaa 0000 00:00";  // 0: digit or blank
    bool fits = text.size() == pattern.size();
    for (std::size_t i = 0; fits && i < pattern.size(); ++i) {
      const bool digit = (text[i] >= '0' && text[i] <= '9') || text[i] == ' ';
      fits = pattern[i] == '0' ? digit : pattern[i] == 'a' || text[i] == pattern[i];
    }
    if (!fits)
      fail(Fault::invalid, "the timestamp " + quoted(text),
           "is not of the form \"dd Mon yyyy hh:mm\"");
  }

  void check(const Variable& variable) {
    const std::string what = "variable " + variable.name;
    name(variable.name, "the variable name " + quoted(variable.name));
    if (!names_.insert(variable.name).second)
      fail(Fault::invalid, "the variable name " + quoted(variable.name),
           "is there twice");
    label(variable.label, what + ": its label", widths_.variable_label);
    no_nul(variable.format, what + ": its format");
    if (variable.format.size() >= static_cast<std::size_t>(widths_.format))
      fail_limit(what + ": its format", variable.format.size(), "bytes",
                 static_cast<std::size_t>(widths_.format - 1));
    if (!variable.value_label.empty())
      name(variable.value_label,
           what + ": the value-label name " + quoted(variable.value_label));
  }

  void sort_list() const {
    std::unordered_set<std::int32_t> keys;
    for (const std::int32_t key : schema_.sorted_by) {
      if (key < 0 || static_cast<std::size_t>(key) >= schema_.variables.size())
        fail(Fault::invalid, "the sort list",
             "names variable number " + std::to_string(key) + ", which is not there");
      if (!keys.insert(key).second)
        fail(Fault::invalid, "the sort list",
             "names variable " + schema_.variables[static_cast<std::size_t>(key)].name +
                 " twice");
    }
  }

  void check(const ValueLabelSet& set) const {
    const std::string what = "the value-label set " + quoted(set.name);
    name(set.name, what);
    if (set.entries.size() > kMostLabelEntries)
      fail_limit(what, set.entries.size(), "values", kMostLabelEntries);
    std::unordered_set<std::int32_t> values;
    for (const auto& [value, text] : set.entries) {
      const std::string entry = what + ": the value " + std::to_string(value);
      if (value == kLongDot || value < kLongMin)
        fail(Fault::range, entry,
             "can't have a label; -2147483647 to 2147483620 and .a to .z can");
      if (!values.insert(value).second) fail(Fault::invalid, entry, "is there twice");
      no_nul(text, entry + ": its text");
      if (text.size() > kMostLabelTextBytes)
        fail_limit(entry + ": its text", text.size(), "bytes", kMostLabelTextBytes);
    }
  }

  void characteristics() const {
    std::unordered_set<std::string> seen;
    for (const auto& item : schema_.characteristics) {
      const std::string what = "the characteristic " + item.owner + "[" + item.name + "]";
      if (item.owner != kDatasetOwner && !names_.contains(item.owner))
        fail(Fault::invalid, what, "belongs to no variable of the data");
      name(item.name, what);
      if (!seen.insert(item.owner + '\0' + item.name).second)
        fail(Fault::invalid, what, "is there twice");
      no_nul(item.contents, what);
      if (item.contents.size() >= kMostCharacteristicBytes)
        fail_limit(what, item.contents.size(), "bytes", kMostCharacteristicBytes - 1);
      if (item.name == "note0") note_count(item);
    }
  }

  void note_count(const Characteristic& item) const {
    const bool number =
        item.contents.find_first_not_of("0123456789") == std::string::npos;
    if (number && item.contents.size() > 4)  // 9,999 has four digits
      fail(Fault::range, item.owner,
           "has " + item.contents + " notes; at most " + std::to_string(kMostNotes) +
               " are possible");
  }

  const Schema& schema_;
  const ReleaseWidths& widths_;
  std::unordered_set<std::string_view> names_;
};

void check_release(const Schema& schema) {
  const auto* widths = find_release(schema.release);
  if (!widths || !widths->tagged || schema.release > kManyVariablesRelease)
    throw Error(Fault::invalid, "release " + std::to_string(schema.release) +
                                    " can't be written; 117, 118 and 119 can");
  if (schema.release == kManyVariablesRelease &&
      schema.variables.size() <= kMostVariablesOf118)
    throw Error(Fault::invalid,
                "release 119 is for more than 32767 variables: Stata BE and SE refuse "
                "it; 118 serves here");
  if (static_cast<std::int64_t>(schema.variables.size()) > widths->variables)
    throw Error(Fault::range, std::to_string(schema.variables.size()) +
                                  " variables; release " +
                                  std::to_string(schema.release) + " holds at most " +
                                  std::to_string(widths->variables));
}

std::string_view without_digits(std::string_view text) {
  const auto stop = text.find_first_not_of("0123456789");
  return stop == std::string_view::npos ? "" : text.substr(stop);
}

bool strip(std::string_view& text, std::string_view any_of) {
  const bool found = !text.empty() && any_of.find(text[0]) != std::string_view::npos;
  if (found) text.remove_prefix(1);
  return found;
}

}  // namespace

bool is_text_format(std::string_view format) noexcept {
  if (!strip(format, "%")) return false;
  strip(format, "-~");
  return without_digits(format) == "s";
}

bool is_number_format(std::string_view format) noexcept {
  if (!strip(format, "%")) return false;
  strip(format, "-");
  if (strip(format, "td")) return true;  // a date: what follows is its mask
  const std::string_view rest = without_digits(format);
  if (rest.size() == format.size()) return false;
  if (rest == "x" || rest == "H" || rest == "L") return true;
  std::string_view decimals = rest;
  if (!strip(decimals, ".,")) return false;
  const std::string_view kind = without_digits(decimals);
  return kind == "g" || kind == "f" || kind == "e" || kind == "gc" || kind == "fc";
}

void check_metadata(const Schema& schema) {
  check_release(schema);
  Checker(schema).check();
}

void check_types(const Schema& schema) {
  for (const auto& variable : schema.variables) {
    const std::string what = "variable " + variable.name;
    const std::string type = type_name(variable.type);
    if (variable.type.storage == Storage::alias)
      fail(Fault::invalid, what, "is an alias, which can't be written");
    const bool text = variable.type.is_text();
    if (!(text ? is_text_format(variable.format) : is_number_format(variable.format)))
      fail(Fault::invalid, what + ": the format " + quoted(variable.format),
           std::string("is none for ") + (text ? "texts" : "numbers") + " (it is " +
               type + ")");
    if (text && !variable.value_label.empty())
      fail(Fault::invalid, what, "is " + type + " and can't have value labels");
  }
}

}  // namespace stata_pydata::dta
