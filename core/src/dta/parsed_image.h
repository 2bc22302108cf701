// What opening an image finds out: its metadata and where everything else lies. Costs the
// metadata alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "dta/image_bytes.h"
#include "stata_pydata/dataset_schema.h"
#include "stata_pydata/image_layout.h"

namespace stata_pydata::dta {

struct ParsedImage {
  std::span<const std::byte> image;
  Schema schema;
  ImageLayout layout;  // every cell it places is inside the image
  std::int64_t strls_end = 0;
};

/// Throws damaged; invalid where the bytes are no image of a release that is read.
ParsedImage parse_image(std::span<const std::byte> image);

// The parts, in the order of the image.

/// Header of an image with or without tags: release, counts, label and timestamp. Returns
/// the number of variables.
std::uint64_t parse_header(ImageBytes& in, ParsedImage& parsed);
/// Variable types to variable labels.
void parse_variables(ImageBytes& in, ParsedImage& parsed, std::uint64_t count);
void parse_characteristics(ImageBytes& in, ParsedImage& parsed);
/// From the first of the value-label sets to the last.
void parse_value_labels(ImageBytes& in, ParsedImage& parsed);

}  // namespace stata_pydata::dta
