#include <algorithm>

#include "dta/parsed_image.h"

namespace stata_pydata::dta {
namespace {

/// Entries may share a text, so that few bytes can stand for many: beyond this many bytes
/// of texts for one byte of the section (and a constant) the image is not taken.
constexpr std::int64_t kMostTextPerByte = 16, kTextAllowance = 1 << 24;

struct Entry {
  std::int64_t text;  // its offset among the texts
  std::int32_t value;
};

class LabelTables {
 public:
  LabelTables(ImageBytes& in, ParsedImage& parsed)
      : in_(in),
        widths_(parsed.layout.widths),
        sets_(parsed.schema.value_labels),
        text_bytes_left_(kTextAllowance + in.left() * kMostTextPerByte) {}

  void read_tagged() {
    while (in_.at(kLabelSetTags.open)) {
      in_.expect(kLabelSetTags.open);
      read_set();
      in_.expect(kLabelSetTags.close);
    }
  }

  void read_untagged() {
    while (in_.left() > 0) read_set();
  }

 private:
  void read_set() {
    const std::int64_t bytes = in_.integer();
    ValueLabelSet set;
    set.name = in_.field(static_cast<std::uint64_t>(widths_.name));
    in_.skip(kLabelSetPadding);
    const std::int64_t begin = in_.offset();
    if (bytes < kLabelTableHeaderBytes || bytes > in_.left())
      in_.fail("the table of a set has " + std::to_string(bytes) +
               " bytes, expected 8 to " + std::to_string(in_.left()));
    read_table(set, bytes);
    in_.skip(static_cast<std::uint64_t>(begin + bytes - in_.offset()));
    sets_.push_back(std::move(set));
  }

  void read_table(ValueLabelSet& set, std::int64_t bytes) {
    const std::int64_t count = in_.integer(), text_bytes = in_.integer();
    if (count < 0 || text_bytes < 0 ||
        kLabelTableHeaderBytes + 8 * count + text_bytes > bytes)
      in_.fail("found " + std::to_string(count) + " values and " +
               std::to_string(text_bytes) + " bytes of texts in a table of " +
               std::to_string(bytes) + " bytes");
    std::vector<Entry> entries(static_cast<std::size_t>(count));
    for (auto& entry : entries) {
      entry.text = in_.integer();
      if (entry.text < 0 || entry.text >= text_bytes)
        in_.fail(in_.offset() - 4, "the text of a value is at " +
                                       std::to_string(entry.text) + " of " +
                                       std::to_string(text_bytes) + " bytes of texts");
    }
    for (auto& entry : entries) entry.value = in_.integer();
    read_texts(set, entries, in_.take(static_cast<std::uint64_t>(text_bytes)));
  }

  /// The set's entries are in the order of their texts, as its writer had them.
  void read_texts(ValueLabelSet& set, std::vector<Entry>& entries,
                  std::string_view texts) {
    std::stable_sort(entries.begin(), entries.end(),
                     [](const Entry& a, const Entry& b) { return a.text < b.text; });
    set.entries.reserve(entries.size());
    for (const auto& entry : entries) {
      const auto text = before_nul(texts.substr(static_cast<std::size_t>(entry.text)));
      text_bytes_left_ -= static_cast<std::int64_t>(text.size());
      if (text_bytes_left_ < 0)
        in_.fail("the texts of the values overlap more than any that Stata writes");
      set.entries.push_back({entry.value, std::string(text)});
    }
  }

  ImageBytes& in_;
  const ReleaseWidths& widths_;
  std::vector<ValueLabelSet>& sets_;
  std::int64_t text_bytes_left_;
};

}  // namespace

void parse_value_labels(ImageBytes& in, ParsedImage& parsed) {
  LabelTables tables(in, parsed);
  if (parsed.layout.widths.tagged)
    tables.read_tagged();
  else
    tables.read_untagged();
}

}  // namespace stata_pydata::dta
