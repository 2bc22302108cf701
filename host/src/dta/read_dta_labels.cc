#include "dta/read_dta_labels.h"

#include <cstring>

#include "dta/dta_errors.h"

namespace adohost {
namespace {

constexpr std::size_t kLongestText = 32000;
constexpr std::uint64_t kTableHead = 8;  // the count and the length of the texts

/// The table of one set: how many, offsets of the texts, values, texts.
ValueLabel parse_table(const std::string& table, bool big_endian) {
  const auto* bytes = reinterpret_cast<const std::byte*>(table.data());
  const auto number = [bytes, big_endian](std::uint64_t at) {
    return read_unsigned(bytes + at, 4, big_endian);
  };
  if (table.size() < kTableHead) fail_file_corrupt("A value label is too short.");
  const std::uint64_t count = number(0), length = number(4);
  if (kTableHead + 8 * count + length != table.size()) {
    fail_file_corrupt("A value label is not as long as it says it is.");
  }
  const char* texts = table.data() + kTableHead + 8 * count;
  ValueLabel labels;
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t offset = number(kTableHead + 4 * i);
    if (offset >= length) fail_file_corrupt("The text of a value label is not there.");
    const auto value = static_cast<std::int32_t>(number(kTableHead + 4 * count + 4 * i));
    const std::size_t size = strnlen(texts + offset, length - offset);
    if (offset + size == length)
      fail_file_corrupt("The text of a value label has no end.");
    if (size > kLongestText || !label_allowed(value)) continue;
    labels.emplace(value, std::string(texts + offset, size));
  }
  return labels;
}

}  // namespace

std::map<std::string, ValueLabel> read_dta_value_labels(const DtaInput& input,
                                                        const DtaFile& file) {
  const bool tagged = file.release->tagged();
  std::map<std::string, ValueLabel> sets;
  DtaCursor cursor(input,
                   tagged ? file.value_labels_at : file.data_at + file.data_bytes());
  cursor.set_big_endian(file.big_endian);
  if (tagged) cursor.marker("<value_labels>");
  while (tagged ? cursor.at("<lbl>") : cursor.left() > 0) {
    if (tagged) cursor.marker("<lbl>");
    const std::uint64_t length = cursor.number(4);
    std::string name = cursor.field(file.release->name);
    cursor.skip(kDtaLabelPadding);
    sets.emplace(std::move(name), parse_table(cursor.bytes(length), file.big_endian));
    if (tagged) cursor.marker("</lbl>");
  }
  if (tagged) cursor.marker("</value_labels>");
  if (tagged && cursor.position() != file.end_at) fail_not_recorded("</stata_dta>");
  return sets;
}

}  // namespace adohost
