// For tests: .dta files put together by hand from the format's description, so that the
// reader is tested against something else than the writer.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "dta/release.h"

namespace adohost {

/// `value` in `width` bytes.
inline std::string dta_number(std::uint64_t value, std::size_t width, bool big) {
  std::string bytes(width, '\0');
  for (std::size_t i = 0; i < width; ++i) {
    bytes[big ? width - 1 - i : i] = static_cast<char>(value >> (8 * i));
  }
  return bytes;
}

template <typename T>
std::string dta_float(T value, bool big) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof value);
  return dta_number(bits, sizeof value, big);
}

/// `text`, a NUL and junk, as Stata leaves it there.
inline std::string dta_field(std::string_view text, std::size_t width) {
  std::string bytes(text);
  bytes += '\0';
  bytes.resize(width, '?');
  return bytes;
}

struct DtaSample {
  struct Var {
    unsigned type;
    std::string name, format, value_label, label;
  };
  struct Char {
    std::string owner, name, text;
  };
  struct Labels {
    std::string name;
    std::vector<std::int32_t> values;
    std::vector<std::uint32_t> offsets;
    std::string texts;
  };

  int release = 118;
  bool big = false;
  std::vector<Var> vars;
  std::vector<unsigned> sort;
  std::string label, timestamp;
  std::vector<Char> chars;
  std::uint64_t n = 0;
  std::string rows, strls;
  std::vector<Labels> labels;

  std::string number(std::uint64_t value, std::size_t width) const {
    return dta_number(value, width, big);
  }

  /// The 8 bytes of a strL cell that points at (v, o).
  std::string strl_cell(std::uint64_t v, std::uint64_t o) const {
    const std::size_t width = find_dta_release(release)->strl_v;
    return number(v, width) + number(o, 8 - width);
  }
  std::string strl(std::uint64_t v, std::uint64_t o, unsigned kind,
                   std::string_view bytes) const {
    std::string text = "GSO" + number(v, 4);
    text += number(o, find_dta_release(release)->gso_o) + number(kind, 1);
    return text + number(bytes.size(), 4) + std::string(bytes);
  }

  std::string image() const { return release >= 117 ? tagged() : untagged(); }

 private:
  std::string all(std::string Var::* member, std::size_t width) const {
    std::string bytes;
    for (const Var& var : vars) bytes += dta_field(var.*member, width);
    return bytes;
  }

  std::string sort_list(std::size_t width) const {
    std::string bytes;
    for (const unsigned key : sort) bytes += number(key, width);
    if (sort.size() <= vars.size()) bytes += number(0, width);
    while (bytes.size() < width * (vars.size() + 1)) bytes += number(0x1111, width);
    return bytes;
  }

  std::string table(const Labels& set, std::size_t name_width) const {
    std::string bytes;
    for (const std::uint32_t offset : set.offsets) bytes += number(offset, 4);
    for (const std::int32_t value : set.values) {
      bytes += number(static_cast<std::uint32_t>(value), 4);
    }
    bytes =
        number(set.values.size(), 4) + number(set.texts.size(), 4) + bytes + set.texts;
    return number(bytes.size(), 4) + dta_field(set.name, name_width) + "???" + bytes;
  }

  std::string tagged() const {
    const DtaRelease& r = *find_dta_release(release);
    std::array<std::uint64_t, kDtaMapEntries> map{};
    std::string bytes = "<stata_dta><header><release>" + std::to_string(release);
    bytes += std::string("</release><byteorder>") + (big ? "MSF" : "LSF");
    bytes += "</byteorder><K>" + number(vars.size(), r.count_k) + "</K><N>";
    bytes += number(n, r.count_n) + "</N><label>" + number(label.size(), r.label_length);
    bytes += label + "</label><timestamp>" + number(timestamp.size(), 1) + timestamp;
    bytes += "</timestamp></header>";
    map[1] = bytes.size();
    bytes += "<map>" + std::string(8 * kDtaMapEntries, '\0') + "</map>";
    const auto section = [&](std::size_t i, const std::string& inside) {
      const std::string tag(kDtaSections[i]);
      map[i] = bytes.size();
      bytes += "<" + tag + ">" + inside + "</" + tag + ">";
    };
    std::string types;
    for (const Var& var : vars) types += number(var.type, 2);
    section(2, types);
    section(3, all(&Var::name, r.name));
    section(4, sort_list(r.sort_entry));
    section(5, all(&Var::format, r.format));
    section(6, all(&Var::value_label, r.name));
    section(7, all(&Var::label, r.label));
    std::string inside;
    for (const Char& c : chars) {
      inside += "<ch>" + number(2 * r.name + c.text.size() + 1, 4);
      inside += dta_field(c.owner, r.name) + dta_field(c.name, r.name) + c.text;
      inside += std::string(1, '\0') + "</ch>";
    }
    section(8, inside);
    section(9, rows);
    section(10, strls);
    inside.clear();
    for (const Labels& set : labels) inside += "<lbl>" + table(set, r.name) + "</lbl>";
    section(11, inside);
    map[12] = bytes.size();
    bytes += "</stata_dta>";
    map[13] = bytes.size();
    for (std::size_t i = 0; i < kDtaMapEntries; ++i) {
      bytes.replace(map[1] + 5 + 8 * i, 8, number(map[i], 8));
    }
    return bytes;
  }

  std::string untagged() const {
    const DtaRelease& r = *find_dta_release(release);
    std::string bytes =
        number(static_cast<unsigned>(release), 1) + number(big ? 1 : 2, 1);
    bytes += std::string("\1\7", 2) + number(vars.size(), 2) + number(n, 4);
    bytes += dta_field(label, 81) + dta_field(timestamp, 18);
    for (const Var& var : vars) bytes += number(var.type, 1);
    bytes += all(&Var::name, r.name) + sort_list(2) + all(&Var::format, r.format);
    bytes += all(&Var::value_label, r.name) + all(&Var::label, r.label);
    for (const Char& c : chars) {
      bytes += number(1, 1) + number(66 + c.text.size() + 1, r.expansion);
      bytes += dta_field(c.owner, 33) + dta_field(c.name, 33) + c.text + '\0';
    }
    bytes += number(9, 1) + number(4, r.expansion) + "skip";
    bytes += number(0, 1) + number(0, r.expansion) + rows;
    for (const Labels& set : labels) bytes += table(set, r.name);
    return bytes;
  }
};

}  // namespace adohost
