// The text of info files: parsing and formatting. Files themselves are in info_file.cc.
#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "stata_pydata/error.h"
#include "stata_pydata/info_file.h"

namespace stata_pydata {
namespace {

constexpr std::size_t kFields = 5;
constexpr std::int64_t kInt32Min = std::numeric_limits<std::int32_t>::min();
constexpr std::int64_t kInt32Max = std::numeric_limits<std::int32_t>::max();
constexpr std::int64_t kMostElements = std::numeric_limits<std::int64_t>::max() / 8;

/// Bytes of the file for a message: short, and printable whatever they are.
std::string quoted(std::string_view bytes) {
  std::string text = "'";
  for (const char c : bytes.substr(0, 40))
    text += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
  text += bytes.size() > 40 ? "...'" : "'";
  return text;
}

/// One line being read: knows where it is for the messages.
struct Line {
  std::string_view text;
  std::size_t number;
  const std::string& path;

  [[noreturn]] void fail(const std::string& what) const {
    throw Error(Fault::invalid, path + ", line " + std::to_string(number) + ": " + what);
  }

  std::int64_t integer(std::string_view field, const char* what, std::int64_t low,
                       std::int64_t high) const {
    std::int64_t value = 0;
    const char* end = field.data() + field.size();
    const auto [stop, code] = std::from_chars(field.data(), end, value);
    if (code != std::errc() || stop != end || value < low || value > high)
      fail(std::string("expected ") + what + ", found " + quoted(field));
    return value;
  }
};

std::array<std::string_view, kFields> split(const Line& line) {
  std::array<std::string_view, kFields> fields;
  std::string_view rest = line.text;
  for (std::size_t i = 0; i < kFields; ++i) {
    const std::size_t tab = rest.find('\t');
    const bool last = i + 1 == kFields;
    if ((tab == std::string_view::npos) != last) {
      const auto count = std::count(line.text.begin(), line.text.end(), '\t') + 1;
      line.fail(
          "expected 5 fields separated by tabs (key, segment id, type code, "
          "number of elements, name), found " +
          std::to_string(count) + ": " + quoted(line.text));
    }
    fields[i] = rest.substr(0, tab);
    if (!last) rest.remove_prefix(tab + 1);
  }
  return fields;
}

SegmentRecord parse_line(const Line& line) {
  const auto fields = split(line);
  SegmentRecord record;
  record.key =
      line.integer(fields[0], "a key (a whole number of 32 bits)", kInt32Min, kInt32Max);
  record.id = line.integer(fields[1], "a segment id", 0, kInt32Max);
  record.type = static_cast<SegmentType>(
      line.integer(fields[2], "a type code (0 int, 1 float, 2 long)", 0, 2));
  record.elements = line.integer(fields[3], "a number of elements", 0, kMostElements);
  if (fields[4].find('\0') != std::string_view::npos)
    line.fail("the name has a NUL byte in it");
  record.name = fields[4];
  return record;
}

}  // namespace

std::vector<SegmentRecord> parse_info(std::string_view text, const std::string& path) {
  if (text.empty()) throw Error(Fault::invalid, path + " is empty: it names no segments");
  std::vector<SegmentRecord> records;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.empty()) Line{line, number, path}.fail("the line is empty; remove it");
    records.push_back(parse_line({line, number, path}));
  }
  return records;
}

std::string format_record(const SegmentRecord& record) {
  if (record.name.find_first_of(std::string_view("\t\n\r\0", 4)) != std::string::npos)
    throw Error(Fault::invalid, "the name " + quoted(record.name) +
                                    " has a tab, a line end or a NUL in it, which an "
                                    "info file can't hold; rename it");
  return std::to_string(record.key) + '\t' + std::to_string(record.id) + '\t' +
         std::to_string(static_cast<int>(record.type)) + '\t' +
         std::to_string(record.elements) + '\t' + record.name + '\n';
}

}  // namespace stata_pydata
