// Everything a .dta image says of its data besides the cells. Plain values, owned by
// whoever holds the struct; const use is thread-safe. Texts are bytes in the release's
// own encoding (UTF-8 from 118 on, by convention Windows-1252 before): the codec carries
// them through unchanged.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "stata_pydata/dta_format.h"

namespace stata_pydata::dta {

struct Variable {
  std::string name;
  VariableType type;
  std::string format;       // "" on writing: Stata's default for the type
  std::string label;        // "": none
  std::string value_label;  // name of a set, which need not exist; "": none
};

/// A labelled value: a plain one, or .a to .z as a long codes them (2147483622 ...).
struct ValueLabel {
  std::int32_t value = 0;
  std::string text;
};

/// A named set. The image keeps its values sorted and its texts in the order of
/// `entries`.
struct ValueLabelSet {
  std::string name;
  std::vector<ValueLabel> entries;

  /// The text of `value`; null where it has none. The last entry wins.
  const std::string* find(std::int32_t value) const noexcept;
};

/// A named text that belongs to the data set ("_dta") or to a variable.
struct Characteristic {
  std::string owner, name, contents;
};
inline constexpr std::string_view kDatasetOwner = "_dta";

struct Schema {
  int release = 0;  // 0 on writing: 118, or 119 above 32,767 variables
  ByteOrder byte_order = ByteOrder::little;
  std::string data_label;
  std::string timestamp;  // "dd Mon yyyy hh:mm", or "": none
  std::vector<Variable> variables;
  std::vector<std::int32_t> sorted_by;  // indexes of variables, the primary key first
  std::vector<ValueLabelSet> value_labels;
  std::vector<Characteristic> characteristics;

  /// The index of the variable; -1 where there is none.
  std::int64_t find_variable(std::string_view name) const noexcept;
  const ValueLabelSet* find_value_labels(std::string_view name) const noexcept;
};

/// The notes of an owner in order: its characteristics note1, note2, ...
std::vector<std::string> notes_of(const Schema& schema, std::string_view owner);
/// Replaces the notes of an owner, note0 (their number) included. Throws range beyond
/// 9,999.
void set_notes(Schema& schema, std::string_view owner,
               std::span<const std::string> notes);
/// Sets note0 of every owner to the highest number among its notes: Stata lists no notes
/// without it.
void complete_notes(Schema& schema);

/// Stata's default display format for a type.
std::string default_format(VariableType type);
/// "byte", "str12", "strL".
std::string type_name(VariableType type);
/// A time as Stata stamps it (" 4 Aug 2024 07:02"), in local time.
std::string format_timestamp(std::int64_t seconds_since_1970);

}  // namespace stata_pydata::dta
