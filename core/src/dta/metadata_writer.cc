#include "dta/metadata_writer.h"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <string>
#include <vector>

#include "dta/image_stream.h"

namespace stata_pydata::dta {
namespace {

std::uint64_t bits_of(std::int64_t value) {
  return static_cast<std::uint64_t>(value);
}

class MetadataWriter {
 public:
  MetadataWriter(const Schema& schema, const ImageLayout& layout, ImageStream& out)
      : schema_(schema), layout_(layout), widths_(layout.widths), out_(out) {}

  void before_cells() {
    header();
    begin(kMapMap, kMapTags);
    for (const std::int64_t offset : layout_.map) number(offset, 8);
    out_.put(kMapTags.close);
    begin(kMapTypes, kTypesTags);
    for (const auto& variable : schema_.variables) number(type_code(variable.type), 2);
    out_.put(kTypesTags.close);
    fields(kMapNames, kNamesTags, &Variable::name, widths_.name);
    sort_list();
    fields(kMapFormats, kFormatsTags, &Variable::format, widths_.format);
    fields(kMapLabelNames, kLabelNamesTags, &Variable::value_label, widths_.name);
    fields(kMapVariableLabels, kVariableLabelsTags, &Variable::label,
           widths_.variable_label);
    characteristics();
    begin(kMapData, kDataTags);
  }

  void behind_strls() {
    out_.put(kStrlsTags.close);
    begin(kMapValueLabels, kValueLabelsTags);
    for (const auto& set : schema_.value_labels) label_set(set);
    out_.put(kValueLabelsTags.close);
    begin(kMapEndTag, {kFileTags.close, {}});
    assert(out_.offset() == layout_.map[kMapEnd]);
  }

 private:
  void number(std::int64_t value, int bytes) { out_.put_number(bits_of(value), bytes); }

  void begin(MapEntry entry, const Tags& tags) {
    assert(out_.offset() == layout_.map[static_cast<std::size_t>(entry)]);
    static_cast<void>(entry);
    out_.put(tags.open);
  }

  void tagged(const Tags& tags, std::string_view contents) {
    out_.put(tags.open);
    out_.put(contents);
    out_.put(tags.close);
  }

  void header() {
    out_.put(kHeaderTags.open);
    tagged(kReleaseTags, std::to_string(widths_.release));
    tagged(kByteOrderTags, kLittleEndian);
    out_.put(kVariableCountTags.open);
    out_.put_number(schema_.variables.size(), widths_.variable_count);
    out_.put(kVariableCountTags.close);
    out_.put(kObservationCountTags.open);
    number(layout_.observations, widths_.observation_count);
    out_.put(kObservationCountTags.close);
    out_.put(kDataLabelTags.open);
    out_.put_number(schema_.data_label.size(), widths_.data_label_prefix);
    out_.put(schema_.data_label);
    out_.put(kDataLabelTags.close);
    out_.put(kTimestampTags.open);
    out_.put_number(schema_.timestamp.size(), 1);
    out_.put(schema_.timestamp);
    out_.put(kTimestampTags.close);
    out_.put(kHeaderTags.close);
  }

  void fields(MapEntry entry, const Tags& tags, std::string Variable::* text, int width) {
    begin(entry, tags);
    for (const auto& variable : schema_.variables) out_.put_field(variable.*text, width);
    out_.put(tags.close);
  }

  void sort_list() {
    begin(kMapSortList, kSortListTags);
    for (const auto index : schema_.sorted_by)
      number(std::int64_t{index} + 1, widths_.sort_entry);
    const auto rest = schema_.variables.size() + 1 - schema_.sorted_by.size();
    out_.put_zeros(static_cast<std::int64_t>(rest) * widths_.sort_entry);
    out_.put(kSortListTags.close);
  }

  void characteristics() {
    begin(kMapCharacteristics, kCharacteristicsTags);
    for (const auto& item : schema_.characteristics) {
      out_.put(kCharacteristicTags.open);
      out_.put_number(
          static_cast<std::size_t>(2 * widths_.name) + item.contents.size() + 1, 4);
      out_.put_field(item.owner, widths_.name);
      out_.put_field(item.name, widths_.name);
      out_.put(item.contents);
      out_.put_zeros(1);
      out_.put(kCharacteristicTags.close);
    }
    out_.put(kCharacteristicsTags.close);
  }

  void label_set(const ValueLabelSet& set) {
    out_.put(kLabelSetTags.open);
    number(label_table_bytes(set), 4);
    out_.put_field(set.name, widths_.name);
    out_.put_zeros(kLabelSetPadding);
    label_table(set.entries);
    out_.put(kLabelSetTags.close);
  }

  /// Values and the offsets of their texts are sorted, the texts stay in order.
  void label_table(const std::vector<ValueLabel>& entries) {
    std::vector<std::uint32_t> offsets;
    std::uint32_t text_bytes = 0;
    for (const auto& entry : entries) {
      offsets.push_back(text_bytes);
      text_bytes += static_cast<std::uint32_t>(entry.text.size()) + 1;
    }
    std::vector<std::size_t> order(entries.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return entries[a].value < entries[b].value;
    });
    out_.put_number(entries.size(), 4);
    out_.put_number(text_bytes, 4);
    for (const auto i : order) out_.put_number(offsets[i], 4);
    for (const auto i : order) number(entries[i].value, 4);
    for (const auto& entry : entries) {
      out_.put(entry.text);
      out_.put_zeros(1);
    }
  }

  const Schema& schema_;
  const ImageLayout& layout_;
  const ReleaseWidths& widths_;
  ImageStream& out_;
};

}  // namespace

void write_metadata(const Schema& schema, const ImageLayout& layout,
                    const ImageTarget& target) {
  ImageStream front(target, static_cast<std::int64_t>(kFileTags.open.size()));
  MetadataWriter(schema, layout, front).before_cells();
  front.finish();

  const auto cells_end = layout.first_cell + layout.observations * layout.row_bytes;
  ImageStream middle(target, cells_end);
  middle.put(kDataTags.close);
  middle.put(kStrlsTags.open);
  assert(middle.offset() == layout.first_strl);
  middle.finish();

  const auto strls_end =
      layout.map[kMapValueLabels] - static_cast<std::int64_t>(kStrlsTags.close.size());
  ImageStream tail(target, strls_end);
  MetadataWriter(schema, layout, tail).behind_strls();
  tail.finish();
}

void clear_first_tag(const ImageTarget& target) {
  ImageStream front(target, 0);
  front.put_zeros(static_cast<std::int64_t>(kFileTags.open.size()));
  front.finish();
}

void write_first_tag(const ImageTarget& target) {
  target.write(0, kFileTags.open.data(),
               static_cast<std::int64_t>(kFileTags.open.size()));
}

}  // namespace stata_pydata::dta
