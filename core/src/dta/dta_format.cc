#include "stata_pydata/dta_format.h"

namespace stata_pydata::dta {
namespace {

constexpr std::int64_t kMostObservationsOfInt = 2147483647;
constexpr std::int64_t kMostObservationsOfStata = 1'099'511'627'775;

constexpr ReleaseWidths untagged(int release, int format) {
  return {.release = release,
          .tagged = false,
          .utf8 = false,
          .variable_count = 2,
          .observation_count = 4,
          .data_label_prefix = 0,
          .data_label_field = 81,
          .type_code = 1,
          .name = 33,
          .sort_entry = 2,
          .format = format,
          .variable_label = 81,
          .strl_variable = 0,
          .strl_observation = 0,
          .variables = kMostVariablesOf118,
          .observations = kMostObservationsOfInt};
}

constexpr ReleaseWidths tagged(int release, bool utf8, bool many_variables) {
  return {.release = release,
          .tagged = true,
          .utf8 = utf8,
          .variable_count = many_variables ? 4 : 2,
          .observation_count = utf8 ? 8 : 4,
          .data_label_prefix = utf8 ? 2 : 1,
          .data_label_field = 0,
          .type_code = 2,
          .name = utf8 ? 129 : 33,
          .sort_entry = many_variables ? 4 : 2,
          .format = utf8 ? 57 : 49,
          .variable_label = utf8 ? 321 : 81,
          .strl_variable = many_variables ? 3
                           : utf8         ? 2
                                          : 4,
          .strl_observation = utf8 ? 8 : 4,
          .variables = many_variables ? 120'000 : kMostVariablesOf118,
          .observations = utf8 ? kMostObservationsOfStata : kMostObservationsOfInt};
}

constexpr ReleaseWidths kReleases[] = {
    untagged(113, 12),         untagged(114, 49),        untagged(115, 49),
    tagged(117, false, false), tagged(118, true, false), tagged(119, true, true),
    tagged(120, true, false),  tagged(121, true, true)};

constexpr std::uint16_t kStrlCode = 32768, kAliasCode = 65525, kDoubleCode = 65526,
                        kByteCode = 65530;

}  // namespace

const ReleaseWidths* find_release(int release) noexcept {
  for (const auto& widths : kReleases)
    if (widths.release == release) return &widths;
  return nullptr;
}

std::uint16_t type_code(VariableType type) noexcept {
  switch (type.storage) {
    case Storage::str:
      return type.width;
    case Storage::strl:
      return kStrlCode;
    case Storage::alias:
      return kAliasCode;
    default:
      return static_cast<std::uint16_t>(kByteCode - static_cast<int>(type.storage));
  }
}

std::optional<VariableType> type_of_code(const ReleaseWidths& widths,
                                         std::uint16_t code) noexcept {
  constexpr VariableType numeric[] = {kByte, kInt, kLong, kFloat, kDouble};
  if (!widths.tagged) {
    if (code >= 1 && code <= 244) return str_type(code);
    if (code >= 251 && code <= 255) return numeric[code - 251];
    return std::nullopt;
  }
  if (code >= 1 && code <= kMostStrBytes) return str_type(code);
  if (code == kStrlCode) return kStrl;
  if (code >= kDoubleCode && code <= kByteCode) return numeric[kByteCode - code];
  if (code == kAliasCode && widths.release >= 120) return kAlias;
  return std::nullopt;
}

std::string_view storage_name(Storage storage) noexcept {
  constexpr std::string_view names[] = {"byte",   "int", "long", "float",
                                        "double", "str", "strL", "alias"};
  return names[static_cast<int>(storage)];
}

}  // namespace stata_pydata::dta
