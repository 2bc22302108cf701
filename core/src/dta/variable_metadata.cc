#include "dta/parsed_image.h"

namespace stata_pydata::dta {
namespace {

/// A section of an image with tags, or the same contents without.
template <typename Read>
void section(ImageBytes& in, ParsedImage& parsed, MapEntry entry, const Tags& tags,
             std::string_view name, const Read& read) {
  const bool tagged = parsed.layout.widths.tagged;
  in.enter(name);
  if (tagged) {
    parsed.layout.map[static_cast<std::size_t>(entry)] = in.offset();
    in.expect(tags.open);
  }
  read();
  if (tagged) in.expect(tags.close);
}

void parse_types(ImageBytes& in, ParsedImage& parsed, std::uint64_t count) {
  const ReleaseWidths& widths = parsed.layout.widths;
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::int64_t offset = in.offset();
    const auto code = static_cast<std::uint16_t>(in.number(widths.type_code));
    const auto type = type_of_code(widths, code);
    if (!type)
      in.fail(offset, "variable " + std::to_string(i + 1) + " is of type " +
                          std::to_string(code) + ", which release " +
                          std::to_string(widths.release) + " doesn't have");
    parsed.schema.variables.emplace_back().type = *type;
  }
}

void parse_fields(ImageBytes& in, Schema& schema, std::string Variable::* text,
                  int width) {
  for (auto& variable : schema.variables)
    variable.*text = in.field(static_cast<std::uint64_t>(width));
}

/// The list ends with a 0; what follows in its place is junk.
void parse_sort_list(ImageBytes& in, ParsedImage& parsed) {
  const int width = parsed.layout.widths.sort_entry;
  const std::size_t variables = parsed.schema.variables.size();
  bool ended = false;
  for (std::size_t i = 0; i <= variables; ++i) {
    const std::int64_t offset = in.offset();
    const std::uint64_t number = in.number(width);
    ended |= number == 0;
    if (ended) continue;
    if (number > variables || i == variables)
      in.fail(offset, "found variable number " + std::to_string(number) + " in place " +
                          std::to_string(i + 1) + ", expected 0 or one of " +
                          std::to_string(variables) + " variables");
    parsed.schema.sorted_by.push_back(static_cast<std::int32_t>(number) - 1);
  }
}

void parse_characteristic(ImageBytes& in, ParsedImage& parsed, std::uint64_t bytes) {
  const auto name = static_cast<std::uint64_t>(parsed.layout.widths.name);
  if (bytes < 2 * name)
    in.fail("found a characteristic of " + std::to_string(bytes) +
            " bytes, expected at least " + std::to_string(2 * name));
  Characteristic item;
  item.owner = in.field(name);
  item.name = in.field(name);
  item.contents = in.field(bytes - 2 * name);
  parsed.schema.characteristics.push_back(std::move(item));
}

void parse_expansion_fields(ImageBytes& in, ParsedImage& parsed) {
  constexpr std::uint64_t characteristic = 1;
  for (;;) {
    const std::uint64_t kind = in.number(1), bytes = in.number(4);
    if (kind == 0 && bytes == 0) return;
    if (kind == characteristic)
      parse_characteristic(in, parsed, bytes);
    else
      in.skip(bytes);
  }
}

}  // namespace

void parse_variables(ImageBytes& in, ParsedImage& parsed, std::uint64_t count) {
  Schema& schema = parsed.schema;
  const ReleaseWidths& widths = parsed.layout.widths;
  section(in, parsed, kMapTypes, kTypesTags, "variable types",
          [&] { parse_types(in, parsed, count); });
  section(in, parsed, kMapNames, kNamesTags, "variable names",
          [&] { parse_fields(in, schema, &Variable::name, widths.name); });
  section(in, parsed, kMapSortList, kSortListTags, "sort list",
          [&] { parse_sort_list(in, parsed); });
  section(in, parsed, kMapFormats, kFormatsTags, "formats",
          [&] { parse_fields(in, schema, &Variable::format, widths.format); });
  section(in, parsed, kMapLabelNames, kLabelNamesTags, "value-label names",
          [&] { parse_fields(in, schema, &Variable::value_label, widths.name); });
  section(in, parsed, kMapVariableLabels, kVariableLabelsTags, "variable labels",
          [&] { parse_fields(in, schema, &Variable::label, widths.variable_label); });
}

void parse_characteristics(ImageBytes& in, ParsedImage& parsed) {
  section(in, parsed, kMapCharacteristics, kCharacteristicsTags, "characteristics", [&] {
    if (!parsed.layout.widths.tagged) return parse_expansion_fields(in, parsed);
    while (in.at(kCharacteristicTags.open)) {
      in.expect(kCharacteristicTags.open);
      parse_characteristic(in, parsed, in.number(4));
      in.expect(kCharacteristicTags.close);
    }
  });
}

}  // namespace stata_pydata::dta
