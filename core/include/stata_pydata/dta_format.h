// The constants of the .dta format, written once. docs/dta-format.md explains them: the
// page explains, this header names. Nothing here reads or writes.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace stata_pydata::dta {

enum class ByteOrder : std::uint8_t { little, big };

/// What differs between the releases that are read; sizes are bytes.
struct ReleaseWidths {
  int release;
  bool tagged;                // 117 and later: tags, map and strLs
  bool utf8;                  // 118 and later; before, one byte a character
  int variable_count;         // K in the header
  int observation_count;      // N in the header
  int data_label_prefix;      // tagged; the untagged field is data_label_field wide
  int data_label_field;       // untagged: fixed field with its NUL; tagged: 0
  int type_code;              // one variable's type
  int name;                   // fields of names: variables, label sets, characteristics
  int sort_entry;             // one entry of the sort list
  int format;                 // field of a display format
  int variable_label;         // field of a variable label
  int strl_variable;          // v in a strL cell; o takes the rest of its 8 bytes
  int strl_observation;       // o in the header of a strL
  std::int64_t variables;     // most that K can say
  std::int64_t observations;  // most that N can say, or Stata holds
};

/// The row of the table for 113, 114, 115, 117 ... 121; null for any other number.
const ReleaseWidths* find_release(int release) noexcept;

inline constexpr int kDefaultRelease = 118, kManyVariablesRelease = 119;
inline constexpr int kMostVariablesOf118 = 32767;

enum class Storage : std::uint8_t {
  byte_,
  int_,
  long_,
  float_,
  double_,
  str,
  strl,
  alias
};

/// A storage type. `width` is what a cell takes in a row: 1 to 2045 for str, 8 for strl
/// (a reference), 0 for an alias variable (120 and 121), which has no cells.
struct VariableType {
  Storage storage = Storage::double_;
  std::uint16_t width = 8;

  bool operator==(const VariableType&) const = default;
  bool is_numeric() const noexcept { return storage <= Storage::double_; }
  bool is_text() const noexcept {
    return storage == Storage::str || storage == Storage::strl;
  }
};

inline constexpr VariableType kByte{Storage::byte_, 1}, kInt{Storage::int_, 2},
    kLong{Storage::long_, 4}, kFloat{Storage::float_, 4}, kDouble{Storage::double_, 8},
    kStrl{Storage::strl, 8}, kAlias{Storage::alias, 0};
constexpr VariableType str_type(int bytes) noexcept {
  return {Storage::str, static_cast<std::uint16_t>(bytes)};
}

/// The code of a type in <variable_types> of a tagged release.
std::uint16_t type_code(VariableType type) noexcept;
/// The type that a code stands for in this release; nothing where it stands for none.
std::optional<VariableType> type_of_code(const ReleaseWidths& widths,
                                         std::uint16_t code) noexcept;
/// "byte", "str12", "strL", "alias".
std::string_view storage_name(Storage storage) noexcept;

// Limits (Stata's [R] limits), in bytes unless they say characters.
inline constexpr int kMostStrBytes = 2045;
inline constexpr std::int64_t kMostStrlBytes = 2'000'000'000;
inline constexpr int kMostLabelCharacters = 80;  // of the data and of a variable
inline constexpr int kMostLabelTextBytes = 32'000;
inline constexpr int kMostLabelEntries = 65'536;
inline constexpr int kMostCharacteristicBytes = 67'784;  // with the closing NUL
inline constexpr int kMostNotes = 9'999;

// The map: fourteen offsets from the start of the image, each of the `<` of a tag.
enum MapEntry {
  kMapStart,
  kMapMap,
  kMapTypes,
  kMapNames,
  kMapSortList,
  kMapFormats,
  kMapLabelNames,
  kMapVariableLabels,
  kMapCharacteristics,
  kMapData,
  kMapStrls,
  kMapValueLabels,
  kMapEndTag,
  kMapEnd,
  kMapEntries
};

/// A section's opening and closing tag.
struct Tags {
  std::string_view open, close;
};
inline constexpr Tags kFileTags{"<stata_dta>", "</stata_dta>"},
    kHeaderTags{"<header>", "</header>"}, kReleaseTags{"<release>", "</release>"},
    kByteOrderTags{"<byteorder>", "</byteorder>"}, kVariableCountTags{"<K>", "</K>"},
    kObservationCountTags{"<N>", "</N>"}, kDataLabelTags{"<label>", "</label>"},
    kTimestampTags{"<timestamp>", "</timestamp>"}, kMapTags{"<map>", "</map>"},
    kTypesTags{"<variable_types>", "</variable_types>"},
    kNamesTags{"<varnames>", "</varnames>"}, kSortListTags{"<sortlist>", "</sortlist>"},
    kFormatsTags{"<formats>", "</formats>"},
    kLabelNamesTags{"<value_label_names>", "</value_label_names>"},
    kVariableLabelsTags{"<variable_labels>", "</variable_labels>"},
    kCharacteristicsTags{"<characteristics>", "</characteristics>"},
    kCharacteristicTags{"<ch>", "</ch>"}, kDataTags{"<data>", "</data>"},
    kStrlsTags{"<strls>", "</strls>"},
    kValueLabelsTags{"<value_labels>", "</value_labels>"},
    kLabelSetTags{"<lbl>", "</lbl>"};
inline constexpr std::string_view kLittleEndian = "LSF", kBigEndian = "MSF";
inline constexpr int kTimestampBytes = 17;

// strLs: "GSO", v, o, kind, length, contents.
inline constexpr std::string_view kGso = "GSO";
inline constexpr std::uint8_t kGsoBinary = 129, kGsoText = 130;
constexpr int gso_header_bytes(const ReleaseWidths& widths) noexcept {
  return 3 + 4 + widths.strl_observation + 1 + 4;
}

// A value-label set: length, name, padding, then a table of n, text bytes, n offsets, n
// values and the texts. The length counts the table alone.
inline constexpr int kLabelSetPadding = 3;
inline constexpr int kLabelTableHeaderBytes = 8;

}  // namespace stata_pydata::dta
