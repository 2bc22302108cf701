// Where every section of an image lies: pure arithmetic from metadata, the number of
// observations and the sizes of strLs, without the data. Every sum is checked for
// overflow. Values; const use is thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "stata_pydata/dataset_schema.h"

namespace stata_pydata::dta {

struct ImageLayout {
  ReleaseWidths widths{};
  std::int64_t observations = 0;
  std::int64_t row_bytes = 0;                   // W
  std::vector<std::int64_t> cell_offsets;       // within a row, and at the end W
  std::array<std::int64_t, kMapEntries> map{};  // all 0 in an untagged release
  /// First byte of the cells, and of the strLs (behind the opening tags of a tagged
  /// release).
  std::int64_t first_cell = 0, first_strl = 0;

  std::int64_t image_bytes() const noexcept { return map[kMapEnd]; }
};

/// The layout of an image in `schema.release` (a tagged one) with `observations` rows and
/// `strl_bytes` bytes of strLs, headers included. Throws invalid for another release,
/// range where the release cannot count the observations or the size passes 2^63.
ImageLayout layout_image(const Schema& schema, std::int64_t observations,
                         std::int64_t strl_bytes);

/// Offset of each variable within a row; the last element is the row's width.
std::vector<std::int64_t> cell_offsets(const Schema& schema);

// Bytes of one item with its tags.
std::int64_t characteristic_bytes(const ReleaseWidths& widths,
                                  const Characteristic& item);
std::int64_t label_set_bytes(const ReleaseWidths& widths, const ValueLabelSet& set);
/// The table alone: what the set's length field says.
std::int64_t label_table_bytes(const ValueLabelSet& set);

}  // namespace stata_pydata::dta
