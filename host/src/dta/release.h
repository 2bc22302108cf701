// The releases of the .dta format and what is different between them: the widths of
// fields ([P] file formats .dta). 117 and later are cut up by tags; the older ones are
// not.
#pragma once

#include <cstddef>
#include <string_view>

namespace adohost {

struct DtaRelease {
  int number;
  std::size_t count_k, count_n;  // bytes of K and N in the header
  std::size_t label_length;      // bytes of the length before the data label
  std::size_t name;              // a field with the name of a variable or label set
  std::size_t format;            // a field with a display format
  std::size_t label;             // a field with a variable label
  std::size_t sort_entry;        // an entry of the sort list
  std::size_t strl_v;            // bytes of v in a strL cell; the rest of the 8 are o
  std::size_t gso_o;             // bytes of o in front of a strL text
  std::size_t expansion;         // bytes of the length of an expansion field

  bool tagged() const { return number >= 117; }
  bool has_aliases() const { return number >= 120; }
  /// Before 113 a type had one missing value, its largest number.
  bool one_missing() const { return number < 113; }
};

/// The release of that number, or nullptr where the host does not read it.
const DtaRelease* find_dta_release(int number);

/// Between the tags of release 117 and later, in the order of the file's map.
inline constexpr std::string_view kDtaSections[] = {
    "stata_dta",
    "map",
    "variable_types",
    "varnames",
    "sortlist",
    "formats",
    "value_label_names",
    "variable_labels",
    "characteristics",
    "data",
    "strls",
    "value_labels",
};
inline constexpr std::size_t kDtaMapEntries = 14;
inline constexpr std::size_t kDtaTimestamp = 17;  // dd Mon yyyy hh:mm
inline constexpr std::size_t kDtaLabelPadding = 3;

/// Codes of the types in releases 117 and later; 1..2045 are str1..str2045.
enum DtaType : unsigned {
  kDtaStrl = 32768,
  kDtaAlias = 65525,
  kDtaDouble = 65526,
  kDtaFloat = 65527,
  kDtaLong = 65528,
  kDtaInt = 65529,
  kDtaByte = 65530,
};

/// Kinds of strL texts.
inline constexpr unsigned kDtaBinaryText = 129;
inline constexpr unsigned kDtaPlainText = 130;

}  // namespace adohost
