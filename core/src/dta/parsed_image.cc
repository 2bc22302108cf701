#include "dta/parsed_image.h"

#include <algorithm>

namespace stata_pydata::dta {
namespace {

constexpr std::string_view kStrlsName = "strLs", kValueLabelsName = "value labels";

/// Where the map says that the value labels are. Everything before them is found by its
/// own length: some genuine maps are wrong elsewhere.
std::uint64_t value_labels_in_map(ImageBytes& in) {
  in.enter("map");
  in.expect(kMapTags.open);
  in.skip(kMapValueLabels * 8);
  const std::uint64_t offset = in.number(8);
  in.skip((kMapEntries - kMapValueLabels - 1) * 8);
  in.expect(kMapTags.close);
  return offset;
}

/// Goes behind the cells.
void place_cells(ImageBytes& in, ImageLayout& layout) {
  layout.first_cell = in.offset();
  if (layout.row_bytes > 0 && layout.observations > in.left() / layout.row_bytes)
    in.fail("expected " + std::to_string(layout.observations) + " rows of " +
            std::to_string(layout.row_bytes) + " bytes, the image ends after " +
            std::to_string(in.left()) + " bytes");
  in.skip(static_cast<std::uint64_t>(layout.observations * layout.row_bytes));
}

/// Goes to the value labels without a look at the strLs.
void place_strls(ImageBytes& in, ParsedImage& parsed, std::uint64_t value_labels) {
  in.enter(kStrlsName);
  parsed.layout.map[kMapStrls] = in.offset();
  in.expect(kStrlsTags.open);
  parsed.layout.first_strl = in.offset();
  const std::uint64_t tag = kStrlsTags.close.size();
  if (!in.at(kStrlsTags.close))
    in.advance_to(value_labels - std::min(value_labels, tag), "the map to end them");
  parsed.strls_end = in.offset();
  in.expect(kStrlsTags.close);
}

void parse_tagged_rest(ImageBytes& in, ParsedImage& parsed, std::uint64_t value_labels) {
  auto& map = parsed.layout.map;
  in.enter("data");
  map[kMapData] = in.offset();
  in.expect(kDataTags.open);
  place_cells(in, parsed.layout);
  in.expect(kDataTags.close);
  place_strls(in, parsed, value_labels);
  in.enter(kValueLabelsName);
  map[kMapValueLabels] = in.offset();
  in.expect(kValueLabelsTags.open);
  parse_value_labels(in, parsed);
  in.expect(kValueLabelsTags.close);
  in.enter("end");
  map[kMapEndTag] = in.offset();
  in.expect(kFileTags.close);
  map[kMapEnd] = in.offset();
}

}  // namespace

ParsedImage parse_image(std::span<const std::byte> image) {
  ParsedImage parsed;
  parsed.image = image;
  ImageBytes in(image);
  const std::uint64_t variables = parse_header(in, parsed);
  const bool tagged = parsed.layout.widths.tagged;
  std::uint64_t value_labels = 0;
  if (tagged) {
    parsed.layout.map[kMapMap] = in.offset();
    value_labels = value_labels_in_map(in);
  }
  parse_variables(in, parsed, variables);
  parse_characteristics(in, parsed);
  parsed.layout.cell_offsets = cell_offsets(parsed.schema);
  parsed.layout.row_bytes = parsed.layout.cell_offsets.back();
  if (tagged) {
    parse_tagged_rest(in, parsed, value_labels);
  } else {
    in.enter("data");
    place_cells(in, parsed.layout);
    in.enter(kValueLabelsName);
    parse_value_labels(in, parsed);
  }
  return parsed;
}

}  // namespace stata_pydata::dta
