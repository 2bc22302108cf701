#include "dta/write_dta.h"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include "base/error.h"
#include "data/label_sets.h"
#include "dta/dta_builder.h"
#include "dta/release.h"
#include "dta/strl_plan.h"

namespace adohost {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 20;
constexpr int kMost118 = 32767;

unsigned type_code(VarType type) {
  switch (type.storage) {
    case Storage::str:
      return type.width;
    case Storage::strl:
      return kDtaStrl;
    default:
      return kDtaByte - static_cast<unsigned>(type.storage);
  }
}

class DtaWriter {
 public:
  DtaWriter(const Dataset& data, const DtaWriteOptions& options, const DtaSink& sink)
      : data_(data),
        options_(options),
        release_(*find_dta_release(options.release)),
        sink_(sink),
        strls_(data, release_) {}

  void write() {
    build_header();
    build_description();
    const std::string labels = value_labels();
    place_map(labels.size());
    put(head_.bytes());
    write_rows();
    put("</data><strls>");
    write_strls();
    put("</strls>");
    put(labels);
    put("</stata_dta>");
  }

 private:
  void put(std::string_view bytes) { sink_(bytes.data(), bytes.size()); }

  void build_header() {
    const std::size_t longest = release_.number == 117 ? 80 : 320;
    const std::string_view label = DtaBuilder::cut(data_.data_label, longest);
    head_.add("<stata_dta><header><release>");
    head_.add(std::to_string(release_.number));
    head_.add("</release><byteorder>LSF</byteorder><K>");
    head_.number(static_cast<std::uint64_t>(data_.nvar()), release_.count_k);
    head_.add("</K><N>");
    head_.number(static_cast<std::uint64_t>(data_.nobs()), release_.count_n);
    head_.add("</N><label>");
    head_.number(label.size(), release_.label_length);
    head_.add(label);
    head_.add("</label><timestamp>");
    head_.number(options_.timestamp.size(), 1);
    head_.add(options_.timestamp);
    head_.add("</timestamp></header>");
    map_[1] = head_.size();
    head_.open("map");
    for (std::size_t i = 0; i < kDtaMapEntries; ++i) head_.number(0, 8);
    head_.close("map");
  }

  /// Runs `fill` between the tags of a section and notes where it starts.
  template <typename Fill>
  void section(std::size_t number, Fill fill) {
    map_[number] = head_.size();
    head_.open(kDtaSections[number]);
    fill();
    head_.close(kDtaSections[number]);
  }

  void texts(std::size_t number, std::size_t width, std::string Variable::* text) {
    section(number, [&] {
      for (const Variable& variable : data_.variables()) {
        head_.field(variable.*text, width);
      }
    });
  }

  void build_description() {
    section(2, [&] {
      for (const Variable& variable : data_.variables()) {
        head_.number(type_code(variable.type), 2);
      }
    });
    texts(3, release_.name, &Variable::name);
    section(4, [&] {
      for (std::size_t i = 0; i <= data_.variables().size(); ++i) {
        const bool key = i < data_.sorted_by.size();
        const int number = key ? data_.sorted_by[i] + 1 : 0;
        head_.number(static_cast<std::uint64_t>(number), release_.sort_entry);
      }
    });
    texts(5, release_.format, &Variable::format);
    texts(6, release_.name, &Variable::value_label);
    texts(7, release_.label, &Variable::label);
    section(8, [&] {
      for (const auto& [key, text] : data_.characteristics) {
        characteristic(key.first, key.second, text);
      }
    });
    map_[9] = head_.size();
    head_.open("data");
  }

  void characteristic(const std::string& owner, const std::string& name,
                      const std::string& text) {
    head_.open("ch");
    head_.number(2 * release_.name + text.size() + 1, 4);
    head_.field(owner, release_.name);
    head_.field(name, release_.name);
    head_.field(text, text.size() + 1);
    head_.close("ch");
  }

  std::string value_labels() const {
    const std::set<std::string> attached = attached_label_sets(data_);
    DtaBuilder built;
    built.open("value_labels");
    for (const auto& [name, labels] : data_.value_labels) {
      const bool wanted = options_.orphans || attached.contains(name);
      if (wanted && !options_.no_labels) add_set(name, labels, built);
    }
    built.close("value_labels");
    return built.bytes();
  }

  void add_set(const std::string& name, const ValueLabel& labels,
               DtaBuilder& built) const {
    DtaBuilder offsets, values, all_texts;
    for (const auto& [value, text] : labels) {
      offsets.number(all_texts.size(), 4);
      values.number(static_cast<std::uint32_t>(value), 4);
      all_texts.field(text, text.size() + 1);
    }
    built.open("lbl");
    built.number(8 + 8 * labels.size() + all_texts.size(), 4);
    built.field(name, release_.name);
    built.number(0, kDtaLabelPadding);
    built.number(labels.size(), 4);
    built.number(all_texts.size(), 4);
    built.add(offsets.bytes());
    built.add(values.bytes());
    built.add(all_texts.bytes());
    built.close("lbl");
  }

  void place_map(std::uint64_t labels_bytes) {
    const std::uint64_t cells = static_cast<std::uint64_t>(data_.nobs()) * data_.width();
    map_[10] = head_.size() + cells + std::string_view("</data>").size();
    map_[11] =
        map_[10] + std::string_view("<strls></strls>").size() + strls_.list_bytes();
    map_[12] = map_[11] + labels_bytes;
    map_[13] = map_[12] + std::string_view("</stata_dta>").size();
    for (std::size_t i = 0; i < kDtaMapEntries; ++i) {
      head_.place(map_[1] + std::string_view("<map>").size() + 8 * i, map_[i], 8);
    }
  }

  void write_rows() {
    const std::size_t width = data_.width();
    if (width == 0 || data_.nobs() == 0) return;
    if (strls_.empty()) {
      return sink_(data_.row(0), static_cast<std::size_t>(data_.nobs()) * width);
    }
    const auto at_once =
        static_cast<std::int64_t>(std::max<std::size_t>(1, kBlockBytes / width));
    std::vector<std::byte> block;
    for (std::int64_t row = 0; row < data_.nobs(); row += at_once) {
      const std::int64_t rows = std::min(at_once, data_.nobs() - row);
      block.assign(data_.row(row),
                   data_.row(row) + static_cast<std::size_t>(rows) * width);
      for (std::int64_t i = 0; i < rows; ++i) {
        strls_.rewrite_row(block.data() + static_cast<std::size_t>(i) * width);
      }
      sink_(block.data(), block.size());
    }
  }

  void write_strls() {
    const StrlHeap& heap = data_.strl_texts();
    for (const StrlPlan::Owned& text : strls_.texts()) {
      const bool binary = heap.is_binary(text.handle);
      DtaBuilder head;
      head.add("GSO");
      head.number(text.variable, 4);
      head.number(text.obs, release_.gso_o);
      head.number(binary ? kDtaBinaryText : kDtaPlainText, 1);
      head.number(stored_length(heap, text.handle), 4);
      put(head.bytes());
      put(heap.bytes(text.handle));
      if (!binary) sink_("", 1);
    }
  }

  const Dataset& data_;
  const DtaWriteOptions& options_;
  const DtaRelease& release_;
  const DtaSink& sink_;
  StrlPlan strls_;
  DtaBuilder head_;
  std::array<std::uint64_t, kDtaMapEntries> map_{};
};

}  // namespace

int usual_dta_release(const Dataset& data) {
  return data.nvar() > kMost118 ? 119 : 118;
}

void write_dta(const Dataset& data, const DtaWriteOptions& options, const DtaSink& sink) {
  if (options.release != 119 && data.nvar() > kMost118) {
    throw StataError(103, "too many variables specified");
  }
  DtaWriter(data, options, sink).write();
}

}  // namespace adohost
