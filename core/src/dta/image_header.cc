#include <limits>

#include "dta/parsed_image.h"
#include "stata_pydata/error.h"

namespace stata_pydata::dta {
namespace {

constexpr int kOldestRelease = 102, kLastUntaggedRelease = 115;

[[noreturn]] void refuse(const std::string& found) {
  throw Error(Fault::invalid, found + "; 113 to 115 and 117 to 121 are read");
}

const ReleaseWidths& read_release(const std::string& release, bool tagged) {
  const bool digits = release.find_first_not_of("0123456789") == std::string::npos;
  const auto* widths = digits ? find_release(std::stoi(release)) : nullptr;
  if (!widths || widths->tagged != tagged)
    refuse("the image says that it is of .dta release '" + (digits ? release : "???") +
           "'");
  return *widths;
}

std::string_view content(ImageBytes& in, const Tags& tags, std::uint64_t bytes) {
  in.expect(tags.open);
  const std::string_view found = in.take(bytes);
  in.expect(tags.close);
  return found;
}

std::uint64_t number(ImageBytes& in, const Tags& tags, int bytes) {
  in.expect(tags.open);
  const std::uint64_t found = in.number(bytes);
  in.expect(tags.close);
  return found;
}

/// A text behind its length.
std::string counted(ImageBytes& in, const Tags& tags, int length_bytes) {
  in.expect(tags.open);
  const std::string text(in.take(in.number(length_bytes)));
  in.expect(tags.close);
  return text;
}

void set_observations(ImageBytes& in, ParsedImage& parsed, std::uint64_t count) {
  const auto most = static_cast<std::uint64_t>(parsed.layout.widths.observations);
  if (count > most)
    in.fail("found " + std::to_string(count) + " observations, expected at most " +
            std::to_string(most));
  parsed.layout.observations = static_cast<std::int64_t>(count);
}

std::uint64_t tagged_header(ImageBytes& in, ParsedImage& parsed) {
  in.expect(kFileTags.open);
  in.expect(kHeaderTags.open);
  parsed.layout.widths = read_release(std::string(content(in, kReleaseTags, 3)), true);
  const ReleaseWidths& widths = parsed.layout.widths;
  const std::string_view order = content(in, kByteOrderTags, kLittleEndian.size());
  if (order != kLittleEndian && order != kBigEndian)
    in.fail("the byte order is neither LSF nor MSF");
  in.set_order(order == kBigEndian ? ByteOrder::big : ByteOrder::little);
  const std::uint64_t variables = number(in, kVariableCountTags, widths.variable_count);
  set_observations(in, parsed,
                   number(in, kObservationCountTags, widths.observation_count));
  parsed.schema.data_label = counted(in, kDataLabelTags, widths.data_label_prefix);
  parsed.schema.timestamp = counted(in, kTimestampTags, 1);
  in.expect(kHeaderTags.close);
  return variables;
}

std::uint64_t untagged_header(ImageBytes& in, ParsedImage& parsed) {
  constexpr std::uint64_t big = 1, little = 2, type_and_unused = 2;
  parsed.layout.widths = read_release(std::to_string(in.number(1)), false);
  const ReleaseWidths& widths = parsed.layout.widths;
  const std::uint64_t order = in.number(1);
  if (order != big && order != little)
    in.fail("the byte order is " + std::to_string(order) +
            ", expected 1 (HILO) or 2 (LOHI)");
  in.set_order(order == big ? ByteOrder::big : ByteOrder::little);
  in.skip(type_and_unused);
  const std::uint64_t variables = in.number(widths.variable_count);
  set_observations(in, parsed, in.number(widths.observation_count));
  parsed.schema.data_label =
      in.field(static_cast<std::uint64_t>(widths.data_label_field));
  parsed.schema.timestamp = in.field(kTimestampBytes + 1);
  return variables;
}

bool looks_untagged(std::span<const std::byte> image) {
  if (image.size() < 2) return false;
  const int release = std::to_integer<int>(image[0]);
  const int order = std::to_integer<int>(image[1]);
  return release >= kOldestRelease && release <= kLastUntaggedRelease && order <= 2;
}

}  // namespace

std::uint64_t parse_header(ImageBytes& in, ParsedImage& parsed) {
  std::uint64_t variables = 0;
  if (in.at(kFileTags.open))
    variables = tagged_header(in, parsed);
  else if (looks_untagged(parsed.image))
    variables = untagged_header(in, parsed);
  else
    throw Error(Fault::invalid, "the bytes are no .dta image");
  constexpr std::uint64_t most = std::numeric_limits<std::int32_t>::max();
  if (variables > most)
    in.fail("found " + std::to_string(variables) + " variables, expected at most " +
            std::to_string(most));
  parsed.schema.release = parsed.layout.widths.release;
  parsed.schema.byte_order = in.order();
  return variables;
}

}  // namespace stata_pydata::dta
