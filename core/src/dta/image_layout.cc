#include "stata_pydata/image_layout.h"

#include <algorithm>

#include "dta/checked_size.h"
#include "stata_pydata/error.h"

namespace stata_pydata::dta {
namespace {

constexpr std::int64_t size_of(std::string_view text) {
  return static_cast<std::int64_t>(text.size());
}
constexpr std::int64_t size_of(const Tags& tags) {
  return size_of(tags.open) + size_of(tags.close);
}

std::int64_t header_bytes(const ReleaseWidths& widths, const Schema& schema) {
  constexpr std::int64_t release_digits = 3;
  return size_of(kHeaderTags) + size_of(kReleaseTags) + release_digits +
         size_of(kByteOrderTags) + size_of(kLittleEndian) + size_of(kVariableCountTags) +
         widths.variable_count + size_of(kObservationCountTags) +
         widths.observation_count + size_of(kDataLabelTags) + widths.data_label_prefix +
         size_of(schema.data_label) + size_of(kTimestampTags) + 1 +
         size_of(schema.timestamp);
}

/// Walks the sections in their order and notes where each begins.
class SectionWalk {
 public:
  explicit SectionWalk(ImageLayout& layout) : layout_(layout) {}

  void section(MapEntry entry, const Tags& tags, CheckedSize contents) {
    layout_.map[entry] = at_.value();
    at_ += contents.value();
    at_ += size_of(tags);
  }
  void skip(std::int64_t bytes) { at_ += bytes; }
  void end() {
    layout_.map[kMapEndTag] = at_.value();
    at_ += size_of(kFileTags.close);
    layout_.map[kMapEnd] = at_.value();
  }

 private:
  ImageLayout& layout_;
  CheckedSize at_ = 0;
};

const ReleaseWidths& tagged_release(int release) {
  const auto* widths = find_release(release);
  if (!widths || !widths->tagged)
    throw Error(Fault::invalid,
                "there is no tagged .dta release " + std::to_string(release));
  return *widths;
}

void check_counts(const ReleaseWidths& widths, std::int64_t variables,
                  std::int64_t observations) {
  const auto fail = [&](std::int64_t count, const char* of, std::int64_t most) {
    throw Error(Fault::range, std::to_string(count) + of + "; release " +
                                  std::to_string(widths.release) + " holds at most " +
                                  std::to_string(most));
  };
  if (variables > widths.variables) fail(variables, " variables", widths.variables);
  if (observations < 0 || observations > widths.observations)
    fail(observations, " observations", widths.observations);
}

}  // namespace

std::int64_t characteristic_bytes(const ReleaseWidths& widths,
                                  const Characteristic& item) {
  constexpr std::int64_t length_field = 4, closing_nul = 1;
  return size_of(kCharacteristicTags) + length_field + 2 * widths.name +
         size_of(item.contents) + closing_nul;
}

std::int64_t label_table_bytes(const ValueLabelSet& set) {
  std::int64_t bytes = kLabelTableHeaderBytes;
  for (const auto& entry : set.entries) bytes += 4 + 4 + size_of(entry.text) + 1;
  return bytes;
}

std::int64_t label_set_bytes(const ReleaseWidths& widths, const ValueLabelSet& set) {
  constexpr std::int64_t length_field = 4;
  return size_of(kLabelSetTags) + length_field + widths.name + kLabelSetPadding +
         label_table_bytes(set);
}

std::vector<std::int64_t> cell_offsets(const Schema& schema) {
  std::vector<std::int64_t> offsets{0};
  offsets.reserve(schema.variables.size() + 1);
  for (const auto& variable : schema.variables)
    offsets.push_back(offsets.back() + variable.type.width);
  return offsets;
}

ImageLayout layout_image(const Schema& schema, std::int64_t observations,
                         std::int64_t strl_bytes) {
  ImageLayout layout;
  layout.widths = tagged_release(schema.release);
  const auto& widths = layout.widths;
  const auto variables = static_cast<std::int64_t>(schema.variables.size());
  check_counts(widths, variables, observations);
  layout.observations = observations;
  layout.cell_offsets = cell_offsets(schema);
  layout.row_bytes = layout.cell_offsets.back();

  CheckedSize characteristics = 0, label_sets = 0;
  for (const auto& item : schema.characteristics)
    characteristics += characteristic_bytes(widths, item);
  for (const auto& set : schema.value_labels) label_sets += label_set_bytes(widths, set);

  SectionWalk walk(layout);
  walk.skip(size_of(kFileTags.open) + header_bytes(widths, schema));
  walk.section(kMapMap, kMapTags, kMapEntries * 8);
  walk.section(kMapTypes, kTypesTags, variables * widths.type_code);
  walk.section(kMapNames, kNamesTags, variables * widths.name);
  walk.section(kMapSortList, kSortListTags, (variables + 1) * widths.sort_entry);
  walk.section(kMapFormats, kFormatsTags, variables * widths.format);
  walk.section(kMapLabelNames, kLabelNamesTags, variables * widths.name);
  walk.section(kMapVariableLabels, kVariableLabelsTags,
               variables * widths.variable_label);
  walk.section(kMapCharacteristics, kCharacteristicsTags, characteristics);
  walk.section(kMapData, kDataTags, CheckedSize(observations) * layout.row_bytes);
  walk.section(kMapStrls, kStrlsTags, strl_bytes);
  walk.section(kMapValueLabels, kValueLabelsTags, label_sets);
  walk.end();
  layout.first_cell = layout.map[kMapData] + size_of(kDataTags.open);
  layout.first_strl = layout.map[kMapStrls] + size_of(kStrlsTags.open);
  return layout;
}

}  // namespace stata_pydata::dta
