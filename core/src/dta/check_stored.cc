#include <algorithm>

#include "dta/checks.h"
#include "stata_pydata/missing.h"
#include "stata_pydata/stata_types.h"

namespace stata_pydata::dta {
namespace {

bool all_zero(std::string_view bytes) noexcept {
  return bytes.find_first_not_of('\0') == std::string_view::npos;
}

class StoredCheck {
 public:
  StoredCheck(const ParsedImage& parsed, Findings& findings)
      : parsed_(parsed),
        layout_(parsed.layout),
        widths_(parsed.layout.widths),
        findings_(findings),
        in_(parsed.image) {
    in_.set_order(parsed.schema.byte_order);
  }

  void check() {
    map();
    go_to(kMapNames, kNamesTags);
    fields("variable names", widths_.name);
    sort_list();
    go_to(kMapFormats, kFormatsTags);
    fields("formats", widths_.format);
    go_to(kMapLabelNames, kLabelNamesTags);
    fields("value-label names", widths_.name);
    go_to(kMapVariableLabels, kVariableLabelsTags);
    fields("variable labels", widths_.variable_label);
    go_to(kMapCharacteristics, kCharacteristicsTags);
    while (in_.at(kCharacteristicTags.open)) characteristic();
    go_to(kMapValueLabels, kValueLabelsTags);
    while (in_.at(kLabelSetTags.open)) label_set();
    if (layout_.image_bytes() < static_cast<std::int64_t>(parsed_.image.size()))
      findings_.warning(layout_.image_bytes(), "there are bytes behind the image");
  }

 private:
  void go_to(MapEntry entry, const Tags& tags) {
    in_.advance_to(
        static_cast<std::uint64_t>(layout_.map[static_cast<std::size_t>(entry)]),
        "a section");
    in_.expect(tags.open);
  }

  void map() {
    go_to(kMapMap, kMapTags);
    for (std::size_t entry = 0; entry < kMapEntries; ++entry) {
      const std::int64_t at = in_.offset();
      const std::uint64_t found = in_.number(8);
      const std::string sentence = "map: entry " + std::to_string(entry) + " is " +
                                   std::to_string(found) + ", expected " +
                                   std::to_string(layout_.map[entry]);
      if (found == static_cast<std::uint64_t>(layout_.map[entry])) continue;
      if (entry == kMapVariableLabels && found == 0)
        findings_.warning(at, sentence);  // as early Stata 13 wrote it
      else
        findings_.error(at, sentence);
    }
  }

  /// A field of a text: whether what follows its NUL is zero.
  bool field(const std::string& section, int width) {
    const std::int64_t at = in_.offset();
    const auto stored = in_.take(static_cast<std::uint64_t>(width));
    const auto text = before_nul(stored);
    if (text.size() == stored.size())
      findings_.error(
          at, section + ": a field of " + std::to_string(width) + " bytes has no NUL");
    return all_zero(stored.substr(text.size()));
  }

  void slack(std::int64_t at, const std::string& section) {
    findings_.warning(at, section + ": the bytes behind a text or list are not zero");
  }

  void fields(const std::string& section, int width) {
    bool clean = true;
    const std::int64_t at = in_.offset();
    for (std::size_t i = 0; i < parsed_.schema.variables.size(); ++i)
      clean &= field(section, width);
    if (!clean) slack(at, section);
  }

  void sort_list() {
    go_to(kMapSortList, kSortListTags);
    const std::size_t keys = parsed_.schema.sorted_by.size();
    const std::size_t rest = parsed_.schema.variables.size() + 1 - keys;
    const auto entry = static_cast<std::size_t>(widths_.sort_entry);
    in_.skip(keys * entry);
    if (const std::int64_t at = in_.offset(); !all_zero(in_.take(rest * entry)))
      slack(at, "sort list");
  }

  void characteristic() {
    const std::string section = "characteristics";
    const std::int64_t at = in_.offset();
    in_.expect(kCharacteristicTags.open);
    const std::uint64_t bytes = in_.number(4);
    const bool clean_owner = field(section, widths_.name);
    const bool clean_name = field(section, widths_.name);
    if (!clean_owner || !clean_name) slack(at, section);
    const auto contents = in_.take(bytes - 2 * static_cast<std::uint64_t>(widths_.name));
    if (contents.size() > kMostCharacteristicBytes)
      findings_.error(at, section + ": one has " + std::to_string(contents.size()) +
                              " bytes, expected at most " +
                              std::to_string(kMostCharacteristicBytes));
    if (before_nul(contents).size() + 1 != contents.size())
      findings_.error(at, section + ": expected one NUL, at the end of the contents");
    in_.expect(kCharacteristicTags.close);
  }

  void label_set() {
    const std::string section = "value labels";
    const std::int64_t at = in_.offset();
    in_.expect(kLabelSetTags.open);
    const std::int64_t bytes = in_.integer();
    const bool clean = field(section, widths_.name);
    if (!all_zero(in_.take(kLabelSetPadding)) || !clean) slack(at, section);
    const std::int64_t count = in_.integer(), text_bytes = in_.integer();
    if (bytes != kLabelTableHeaderBytes + 8 * count + text_bytes)
      findings_.error(at, section + ": a table of " + std::to_string(count) +
                              " values and " + std::to_string(text_bytes) +
                              " bytes of texts says that it has " +
                              std::to_string(bytes) + " bytes");
    in_.skip(4 * static_cast<std::uint64_t>(count));
    label_values(section, count);
    const auto texts = in_.take(static_cast<std::uint64_t>(text_bytes));
    if (!texts.empty() && !texts.ends_with('\0'))
      findings_.error(at, section + ": the last text of a table has no NUL");
    in_.skip(static_cast<std::uint64_t>(bytes - kLabelTableHeaderBytes - 8 * count -
                                        text_bytes));
    in_.expect(kLabelSetTags.close);
  }

  void label_values(const std::string& section, std::int64_t count) {
    std::int64_t last = kLongMin - 1;
    for (std::int64_t i = 0; i < count; ++i) {
      const std::int64_t at = in_.offset(), value = in_.integer();
      const std::string shown = section + ": the value " + std::to_string(value);
      if (value <= last) findings_.error(at, shown + " is not above the one before it");
      if (value == kLongDot) findings_.error(at, shown + " stands for ., without label");
      last = value;
    }
  }

  const ParsedImage& parsed_;
  const ImageLayout& layout_;
  const ReleaseWidths& widths_;
  Findings& findings_;
  ImageBytes in_;
};

}  // namespace

void check_stored(const ParsedImage& parsed, Findings& findings) {
  if (parsed.layout.widths.tagged) StoredCheck(parsed, findings).check();
}

}  // namespace stata_pydata::dta
