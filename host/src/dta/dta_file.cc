#include "dta/dta_file.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.h"
#include "dta/dta_errors.h"

namespace adohost {
namespace {

/// Positions of the tags in kDtaSections, and of two more.
enum Section : std::size_t {
  kMap = 1,
  kTypes,
  kNames,
  kSortList,
  kFormats,
  kLabelNames,
  kLabels,
  kCharacteristics,
  kData,
  kStrls,
  kValueLabels,
  kEndTag,
  kFileEnd,
};

std::string opening(std::size_t section) {
  return "<" + std::string(kDtaSections[section]) + ">";
}
std::string closing(std::size_t section) {
  return "</" + std::string(kDtaSections[section]) + ">";
}

/// Reads a file's description from front to back.
class DescriptionReader {
 public:
  explicit DescriptionReader(const DtaInput& input) : input_(input), cursor_(input, 0) {}

  DtaFile read() {
    if (cursor_.at("<stata_dta><header><release>")) {
      read_tagged_header();
      read_map();
    } else {
      read_old_header();
    }
    read_types();
    read_names();
    read_sort_list();
    read_texts(kFormats, release().format, &Variable::format);
    read_texts(kLabelNames, release().name, &Variable::value_label);
    read_texts(kLabels, release().label, &Variable::label);
    build();
    read_characteristics();
    locate_rest();
    return std::move(file_);
  }

 private:
  const DtaRelease& release() const { return *file_.release; }

  void set_release(int number) {
    file_.release = find_dta_release(number);
    if (file_.release != nullptr) return;
    if (number > 121) fail_newer_release(input_.name(), number);
    fail_not_stata_format(input_.name());
  }

  void set_byte_order(bool big) {
    file_.big_endian = big;
    cursor_.set_big_endian(big);
  }

  void set_size(std::uint64_t variables, std::uint64_t observations) {
    const std::size_t each = (release().tagged() ? 2 : 1) + 2 * release().name +
                             release().sort_entry + release().format + release().label;
    if (variables > input_.size() / each) fail_file_ended();
    file_.file_variables = variables;
    if (observations > std::uint64_t{1} << 62U) fail_file_ended();
    file_.nobs = static_cast<std::int64_t>(observations);
  }

  void read_tagged_header() {
    cursor_.marker("<stata_dta>");
    cursor_.marker("<header>");
    cursor_.marker("<release>");
    const std::string digits = cursor_.bytes(3);
    int number = 0;
    for (const char c : digits) {
      if (c < '0' || c > '9') fail_not_stata_format(input_.name());
      number = 10 * number + (c - '0');
    }
    set_release(number);
    if (!release().tagged()) fail_not_stata_format(input_.name());
    cursor_.marker("</release>");
    cursor_.marker("<byteorder>");
    const std::string order = cursor_.bytes(3);
    if (order != "LSF" && order != "MSF") {
      fail_file_corrupt("The byte order is neither LSF nor MSF.");
    }
    set_byte_order(order == "MSF");
    cursor_.marker("</byteorder>");
    cursor_.marker("<K>");
    const std::uint64_t variables = cursor_.number(release().count_k);
    cursor_.marker("</K>");
    cursor_.marker("<N>");
    set_size(variables, cursor_.number(release().count_n));
    cursor_.marker("</N>");
    cursor_.marker("<label>");
    const std::string label = cursor_.bytes(cursor_.number(release().label_length));
    label_ = label.substr(0, label.find('\0'));
    cursor_.marker("</label>");
    cursor_.marker("<timestamp>");
    const std::uint64_t length = cursor_.number(1);
    if (length != 0 && length != kDtaTimestamp) {
      fail_file_corrupt("The time stamp has " + std::to_string(length) +
                        " bytes instead of 17.");
    }
    timestamp_ = cursor_.bytes(length);
    cursor_.marker("</timestamp>");
    cursor_.marker("</header>");
  }

  void read_map() {
    const std::uint64_t at = cursor_.position();
    cursor_.marker("<map>");
    for (std::uint64_t& entry : map_) entry = cursor_.number(8);
    cursor_.marker("</map>");
    if (map_[0] != 0) fail_not_recorded("<stata_dta>");
    if (map_[kMap] != at) fail_not_recorded("<map>");
  }

  void read_old_header() {
    if (cursor_.left() == 0) fail_not_stata_format(input_.name());
    const auto number = static_cast<int>(cursor_.number(1));
    file_.release = find_dta_release(number);
    if (file_.release == nullptr || release().tagged() || cursor_.left() == 0) {
      fail_not_stata_format(input_.name());
    }
    const std::uint64_t order = cursor_.number(1);
    if (order != 1 && order != 2) fail_not_stata_format(input_.name());
    set_byte_order(order == 1);
    cursor_.skip(2);  // the type of the file and a byte that means nothing
    const std::uint64_t variables = cursor_.number(release().count_k);
    set_size(variables, cursor_.number(release().count_n));
    if (variables > 32767) fail_file_corrupt("The number of variables is out of range.");
    label_ = cursor_.field(81);
    timestamp_ = cursor_.field(kDtaTimestamp + 1);
  }

  void open(Section section) {
    if (!release().tagged()) return;
    // Stata 13 wrote files whose map has 0 for the variable labels.
    const bool left_out = section == kLabels && map_[kLabels] == 0;
    if (!left_out && map_[section] != cursor_.position()) {
      fail_not_recorded(opening(section));
    }
    cursor_.marker(opening(section));
  }
  void close(Section section) {
    if (release().tagged()) cursor_.marker(closing(section));
  }

  VarType tagged_type(std::uint64_t code) const {
    switch (code) {
      case kDtaByte:
        return {Storage::byte_, 0};
      case kDtaInt:
        return {Storage::int_, 0};
      case kDtaLong:
        return {Storage::long_, 0};
      case kDtaFloat:
        return {Storage::float_, 0};
      case kDtaDouble:
        return {Storage::double_, 0};
      case kDtaStrl:
        return {Storage::strl, 0};
      default:
        if (code < 1 || code > kMaxStrWidth) {
          fail_file_corrupt("The type of a variable is not known.");
        }
        return {Storage::str, static_cast<std::uint16_t>(code)};
    }
  }

  VarType old_type(std::uint64_t code) const {
    const bool letters = release().number < 111;
    static constexpr std::array<unsigned char, 5> kLetters{'b', 'i', 'l', 'f', 'd'};
    for (unsigned i = 0; i < kLetters.size(); ++i) {
      if (code == (letters ? kLetters[i] : 251U + i)) {
        return {static_cast<Storage>(i), 0};
      }
    }
    const std::uint64_t width = letters ? code - 127 : code;
    if (width < 1 || width > 244)
      fail_file_corrupt("The type of a variable is not known.");
    return {Storage::str, static_cast<std::uint16_t>(width)};
  }

  void read_types() {
    open(kTypes);
    const std::size_t width = release().tagged() ? 2 : 1;
    for (std::size_t k = 0; k < file_.file_variables; ++k) {
      const std::uint64_t code = cursor_.number(width);
      const bool alias = code == kDtaAlias && release().has_aliases();
      is_alias_.push_back(alias);
      Variable variable;
      if (!alias) {
        variable.type = release().tagged() ? tagged_type(code) : old_type(code);
      }
      variables_.push_back(std::move(variable));
    }
    close(kTypes);
  }

  void read_names() { read_texts(kNames, release().name, &Variable::name); }

  void read_texts(Section section, std::size_t width, std::string Variable::* text) {
    open(section);
    for (Variable& variable : variables_) variable.*text = cursor_.field(width);
    close(section);
  }

  void read_sort_list() {
    open(kSortList);
    bool ended = false;
    for (std::size_t i = 0; i <= file_.file_variables; ++i) {
      const std::uint64_t number = cursor_.number(release().sort_entry);
      ended = ended || number == 0;
      if (ended) continue;  // what follows the zero means nothing
      if (number > file_.file_variables) {
        fail_file_corrupt("The sort order names a variable that does not exist.");
      }
      sorted_by_.push_back(number - 1);
    }
    close(kSortList);
  }

  /// Lays out the rows and makes the data set from what has been read.
  void build() {
    std::vector<int> position(variables_.size(), -1);
    std::vector<Variable> kept;
    for (std::size_t k = 0; k < variables_.size(); ++k) {
      Variable& variable = variables_[k];
      if (variable.name.empty()) fail_file_corrupt("A variable has no name.");
      if (is_alias_[k]) {
        file_.aliases.push_back(variable.name);
        continue;
      }
      position[k] = static_cast<int>(kept.size());
      file_.columns.push_back(
          {file_.row_width, variable.type, static_cast<std::uint32_t>(k + 1)});
      file_.row_width += variable.type.bytes();
      if (variable.format.empty()) variable.format = variable.type.default_format();
      kept.push_back(std::move(variable));
    }
    try {
      file_.data = Dataset(std::move(kept));
    } catch (const StataError&) {
      fail_file_corrupt("Two variables have the same name.");
    }
    file_.data.data_label = label_;
    file_.data.timestamp = timestamp_;
    set_sort_order(position);
  }

  void set_sort_order(const std::vector<int>& position) {
    auto& sorted_by = file_.data.sorted_by;
    for (const std::uint64_t k : sorted_by_) {
      if (position[k] < 0) break;
      if (std::find(sorted_by.begin(), sorted_by.end(), position[k]) != sorted_by.end()) {
        fail_file_corrupt("The sort order names a variable twice.");
      }
      sorted_by.push_back(position[k]);
    }
  }

  void add_characteristic(std::uint64_t length) {
    const std::uint64_t end = cursor_.position() + length;
    const std::size_t name_width = std::max<std::size_t>(release().name, 33);
    if (length > cursor_.left()) fail_file_ended();
    if (length < 2 * name_width) {
      fail_file_corrupt("A characteristic is shorter than its names.");
    }
    std::string owner = cursor_.field(name_width);
    std::string name = cursor_.field(name_width);
    std::string text = cursor_.bytes(end - cursor_.position());
    text.resize(std::min(text.find('\0'), text.size()));
    const bool known = owner == "_dta" || file_.data.find(owner) >= 0;
    if (!known || name.empty() || text.empty()) return;
    file_.data.characteristics[{std::move(owner), std::move(name)}] = std::move(text);
  }

  void read_characteristics() {
    open(kCharacteristics);
    if (!release().tagged()) return read_expansion_fields();
    while (cursor_.at("<ch>")) {
      cursor_.marker("<ch>");
      add_characteristic(cursor_.number(4));
      cursor_.marker("</ch>");
    }
    close(kCharacteristics);
  }

  void read_expansion_fields() {
    for (;;) {
      const std::uint64_t type = cursor_.number(1);
      const std::uint64_t length = cursor_.number(release().expansion);
      if (type == 0 && length == 0) return;
      // Only 110 and later have names of 33 bytes here; the older ones keep no notes.
      if (type == 1 && release().number >= 110) {
        add_characteristic(length);
      } else {
        cursor_.skip(length);
      }
    }
  }

  /// Whether the rest is where it should be is for those to see who read it.
  void locate_rest() {
    open(kData);
    file_.data_at = cursor_.position();
    if (file_.row_width == 0) file_.nobs = 0;
    if (!release().tagged()) return;
    file_.strls_at = map_[kStrls];
    file_.value_labels_at = map_[kValueLabels];
    file_.end_at = map_[kEndTag];
    file_.file_end = map_[kFileEnd];
  }

  const DtaInput& input_;
  DtaCursor cursor_;
  DtaFile file_;
  std::string label_, timestamp_;
  std::array<std::uint64_t, kDtaMapEntries> map_{};
  std::vector<Variable> variables_;  // all of the file, aliases too
  std::vector<bool> is_alias_;
  std::vector<std::uint64_t> sorted_by_;  // from 0
};

}  // namespace

DtaFile read_dta_file(const DtaInput& input) {
  return DescriptionReader(input).read();
}

}  // namespace adohost
