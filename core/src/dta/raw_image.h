// Images for tests, built byte by byte in any release and byte order, without the code
// that they test: widths are spelled out here once more.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "stata_pydata/dta_format.h"

namespace stata_pydata::dta {

struct RawVariable {
  int code = 255;  // in <variable_types>, or in the types of an untagged release
  std::string name = "", format = "%9.0g", label_name = "", label = "";
};

struct RawStrl {
  std::uint64_t v, o;
  int kind;
  std::string bytes;
};

struct RawLabelSet {
  std::string name;
  std::vector<std::uint32_t> offsets;
  std::vector<std::int32_t> values;
  std::string texts;
};

struct RawImage {
  int release = 118;
  bool big = false;
  std::vector<RawVariable> variables;
  std::vector<int> sort_list;  // as stored, without the rest
  std::uint64_t observations = 0;
  std::string cells;
  std::vector<RawStrl> strls;
  std::vector<std::array<std::string, 3>> characteristics;
  std::vector<RawLabelSet> label_sets;
  std::string data_label = "a label", timestamp = " 4 Aug 2024 07:02";
  char slack = '\0';                    // behind NULs
  std::array<std::uint64_t, 14> map{};  // filled by bytes()
  std::int64_t fixed_map_entry = -1;    // bytes() leaves this one as it is
  std::uint64_t absent_cell_bytes = 0;  // counted in the map but not in bytes()

  bool tagged() const { return release >= 117; }
  bool utf8() const { return release >= 118; }
  bool many() const { return release == 119 || release == 121; }
  std::size_t name_width() const { return utf8() ? 129 : 33; }

  std::string number(std::uint64_t value, int bytes) const {
    std::string text;
    for (int i = 0; i < bytes; ++i) {
      const int place = big ? bytes - 1 - i : i;
      text += static_cast<char>(value >> (8 * place));
    }
    return text;
  }
  std::string real(float value) const {
    return number(std::bit_cast<std::uint32_t>(value), 4);
  }
  std::string real(double value) const {
    return number(std::bit_cast<std::uint64_t>(value), 8);
  }
  std::string field(std::string text, std::size_t width) const {
    if (text.size() < width) text += '\0';
    text.resize(width, slack);
    return text;
  }
  std::string strl_cell(std::uint64_t v, std::uint64_t o) const {
    const int width = !utf8() ? 4 : many() ? 3 : 2;
    return number(v, width) + number(o, 8 - width);
  }

  std::string bytes();

 private:
  std::string header() const;
  void section(std::string& out, int entry, const std::string& tag,
               const std::string& contents);
  std::string fields(std::string RawVariable::* text, std::size_t width) const;
  std::string all_characteristics() const;
  std::string all_strls() const;
  std::string all_labels() const;
};

inline std::string RawImage::header() const {
  const std::size_t count = variables.size();
  if (!tagged())
    return std::string{static_cast<char>(release), big ? '\1' : '\2', '\1', slack} +
           number(count, 2) + number(observations, 4) + field(data_label, 81) +
           field(timestamp, 18);
  return "<header><release>" + std::to_string(release) + "</release><byteorder>" +
         (big ? "MSF" : "LSF") + "</byteorder><K>" + number(count, many() ? 4 : 2) +
         "</K><N>" + number(observations, utf8() ? 8 : 4) + "</N><label>" +
         number(data_label.size(), utf8() ? 2 : 1) + data_label + "</label><timestamp>" +
         number(timestamp.size(), 1) + timestamp + "</timestamp></header>";
}

inline void RawImage::section(std::string& out, int entry, const std::string& tag,
                              const std::string& contents) {
  if (entry != fixed_map_entry)
    map[static_cast<std::size_t>(entry)] =
        out.size() + (entry > kMapData ? absent_cell_bytes : 0);
  if (tagged())
    out += "<" + tag + ">" + contents + "</" + tag + ">";
  else
    out += contents;
}

inline std::string RawImage::fields(std::string RawVariable::* text,
                                    std::size_t width) const {
  std::string out;
  for (const auto& variable : variables) out += field(variable.*text, width);
  return out;
}

inline std::string RawImage::all_characteristics() const {
  std::string out;
  for (const auto& [owner, name, contents] : characteristics) {
    const std::string item =
        field(owner, name_width()) + field(name, name_width()) + contents + '\0';
    const std::string size = number(item.size(), 4);
    out += tagged() ? "<ch>" + size + item + "</ch>" : '\1' + size + item;
  }
  return tagged() ? out : out + std::string(5, '\0');
}

inline std::string RawImage::all_strls() const {
  std::string out;
  for (const auto& strl : strls)
    out += "GSO" + number(strl.v, 4) + number(strl.o, utf8() ? 8 : 4) +
           static_cast<char>(strl.kind) + number(strl.bytes.size(), 4) + strl.bytes;
  return out;
}

inline std::string RawImage::all_labels() const {
  std::string out;
  for (const auto& set : label_sets) {
    std::string table = number(set.values.size(), 4) + number(set.texts.size(), 4);
    for (const auto offset : set.offsets) table += number(offset, 4);
    for (const auto value : set.values)
      table += number(static_cast<std::uint32_t>(value), 4);
    table += set.texts;
    const std::string item = number(table.size(), 4) + field(set.name, name_width()) +
                             std::string(3, slack) + table;
    out += tagged() ? "<lbl>" + item + "</lbl>" : item;
  }
  return out;
}

inline std::string RawImage::bytes() {
  std::string types, sorted;
  for (const auto& variable : variables)
    types += number(static_cast<std::uint64_t>(variable.code), tagged() ? 2 : 1);
  const int sort_width = many() ? 4 : 2;
  for (const int entry : sort_list)
    sorted += number(static_cast<std::uint64_t>(entry), sort_width);
  sorted += number(0, sort_width);
  sorted.resize((variables.size() + 1) * static_cast<std::size_t>(sort_width), slack);

  std::string out = tagged() ? "<stata_dta>" + header() : header();
  const std::size_t map_at = out.size();
  if (tagged()) section(out, 1, "map", std::string(14 * 8, '\0'));
  section(out, 2, "variable_types", types);
  section(out, 3, "varnames", fields(&RawVariable::name, name_width()));
  section(out, 4, "sortlist", sorted);
  section(out, 5, "formats",
          fields(&RawVariable::format, release == 113 ? 12
                                       : utf8()       ? 57
                                                      : 49));
  section(out, 6, "value_label_names", fields(&RawVariable::label_name, name_width()));
  section(out, 7, "variable_labels", fields(&RawVariable::label, utf8() ? 321 : 81));
  section(out, 8, "characteristics", all_characteristics());
  section(out, 9, "data", cells);
  if (tagged()) section(out, 10, "strls", all_strls());
  section(out, 11, "value_labels", all_labels());
  if (!tagged()) return out;
  map[12] = out.size() + absent_cell_bytes;
  out += "</stata_dta>";
  map[13] = out.size() + absent_cell_bytes;
  std::string entries;
  for (const auto entry : map) entries += number(entry, 8);
  out.replace(map_at + 5, entries.size(), entries);
  return out;
}

/// Three rows of every type that the release has: values, missing values, limits; strLs
/// of both kinds, one of them shared; a characteristic; a set of value labels.
inline RawImage every_type(int release, bool big) {
  RawImage image;
  image.release = release;
  image.big = big;
  image.observations = 3;
  const bool tagged = image.tagged();
  const auto code = [&](int old, int tagged_code) { return tagged ? tagged_code : old; };
  image.variables = {{code(251, 65530), "b", "%8.0g", "set", "a byte"},
                     {code(252, 65529), "i", "%8.0g", "", ""},
                     {code(253, 65528), "l", "%12.0g", "", "a long"},
                     {code(254, 65527), "f", "%9.0g", "", ""},
                     {code(255, 65526), "d", "%td", "", "a day"},
                     {4, "s", "%9s", "", "a text"}};
  if (tagged) image.variables.push_back({32768, "t", "%9s", "", "a strL"});
  if (release >= 120) image.variables.push_back({65525, "alias", "%9.0g", "", ""});
  const auto n = [&](std::int64_t value, int bytes) {
    return image.number(static_cast<std::uint64_t>(value), bytes);
  };
  const auto strl = [&](std::uint64_t v, std::uint64_t o) {
    return tagged ? image.strl_cell(v, o) : "";
  };
  image.cells = n(-127, 1) + n(-32767, 2) + n(-2147483647, 4) + image.real(-1.5f) +
                image.real(0.1) + std::string("ab\0\xEE", 4) + strl(7, 1) +  //
                n(101, 1) + n(32742, 2) + n(2147483647, 4) + n(0x7F001000, 4) +
                n(0x7FE0030000000000, 8) + std::string("\0\xEE\xEE\xEE", 4) +
                strl(7, 2) +  //
                n(100, 1) + n(32740, 2) + n(2147483620, 4) + n(0x7EFFFFFF, 4) +
                image.real(-1e300) + "abcd" + strl(7, 1);
  if (tagged)
    image.strls = {{7, 1, 130, std::string("text\0", 5)},
                   {7, 2, 129, std::string("x\0y", 3)}};
  image.characteristics = {{"_dta", "note1", "a note"}, {"b", "unit", "</ch>"}};
  image.label_sets = {{"set", {4, 0}, {-1, 2147483622}, std::string("two\0one\0", 8)}};
  image.sort_list = {2};
  return image;
}

inline std::span<const std::byte> bytes_of(const std::string& image) {
  return std::as_bytes(std::span(image.data(), image.size()));
}

}  // namespace stata_pydata::dta
