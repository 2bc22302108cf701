#include "dta/read_dta_strls.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "dta/dta_errors.h"

namespace adohost {
namespace {

struct TextKey {
  std::uint64_t obs = 0;       // from 1
  std::uint32_t variable = 0;  // number in the file, from 1

  auto operator<=>(const TextKey&) const = default;
};

/// One text of the list, read when a cell asks for it.
struct ListedText {
  TextKey key;
  bool binary = false;
  std::uint32_t length = 0;
  std::uint64_t at = 0;  // in the file
  std::optional<StrlHeap::Handle> handle;
};

class TextList {
 public:
  TextList(const DtaInput& input, const DtaFile& file)
      : cursor_(input, file.strls_at), file_(file) {
    cursor_.set_big_endian(file.big_endian);
    cursor_.marker("<strls>");
    while (cursor_.at("GSO")) read_entry();
    cursor_.marker("</strls>");
    if (cursor_.position() != file.value_labels_at) fail_not_recorded("<value_labels>");
    const auto by_key = [](const ListedText& a, const ListedText& b) {
      return a.key < b.key;
    };
    if (!std::is_sorted(texts_.begin(), texts_.end(), by_key)) {
      std::sort(texts_.begin(), texts_.end(), by_key);
    }
    for (std::size_t i = 1; i < texts_.size(); ++i) {
      if (texts_[i - 1].key == texts_[i].key) {
        fail_file_corrupt("A strL is recorded twice.");
      }
    }
  }

  /// The text that the 8 bytes of a cell point at.
  StrlHeap::Handle find(const std::byte* cell, const TextKey& own, StrlHeap& heap) {
    const std::size_t n = file_.release->strl_v;
    const TextKey key{
        read_unsigned(cell + n, 8 - n, file_.big_endian),
        static_cast<std::uint32_t>(read_unsigned(cell, n, file_.big_endian))};
    if (key.obs == 0 && key.variable == 0) return 0;
    if (key > own) fail_file_corrupt("A strL refers to one that follows it.");
    ListedText& text = find(key);
    if (!text.handle) text.handle = load(text, heap);
    return *text.handle;
  }

 private:
  void read_entry() {
    cursor_.marker("GSO");
    ListedText text;
    const std::uint64_t variable = cursor_.number(4);
    text.key = {cursor_.number(file_.release->gso_o),
                static_cast<std::uint32_t>(variable)};
    const std::uint64_t kind = cursor_.number(1);
    if (kind != kDtaBinaryText && kind != kDtaPlainText) {
      fail_file_corrupt("A strL is neither text nor binary.");
    }
    text.binary = kind == kDtaBinaryText;
    text.length = static_cast<std::uint32_t>(cursor_.number(4));
    text.at = cursor_.position();
    cursor_.skip(text.length);
    check(text.key);
    texts_.push_back(text);
  }

  void check(const TextKey& key) const {
    const auto column = std::lower_bound(
        file_.columns.begin(), file_.columns.end(), key.variable,
        [](const DtaColumn& c, std::uint32_t number) { return c.number < number; });
    const bool known = column != file_.columns.end() && column->number == key.variable &&
                       column->type.storage == Storage::strl;
    const bool in_range =
        key.obs >= 1 && key.obs <= static_cast<std::uint64_t>(file_.nobs);
    if (!known || !in_range) {
      fail_file_corrupt("A strL is recorded for a cell that cannot have one.");
    }
  }

  /// Cells mostly come in the order of the list: the next one is looked at first.
  ListedText& find(const TextKey& key) {
    if (next_ < texts_.size() && texts_[next_].key == key) return texts_[next_++];
    const auto found = std::lower_bound(
        texts_.begin(), texts_.end(), key,
        [](const ListedText& text, const TextKey& k) { return text.key < k; });
    if (found == texts_.end() || found->key != key) {
      fail_file_corrupt("A strL is not recorded.");
    }
    next_ = static_cast<std::size_t>(found - texts_.begin()) + 1;
    return *found;
  }

  StrlHeap::Handle load(const ListedText& text, StrlHeap& heap) {
    cursor_.seek(text.at);
    std::string bytes = cursor_.bytes(text.length);
    if (!text.binary) {
      if (bytes.find('\0') + 1 != bytes.size()) {
        fail_file_corrupt("A strL does not end where it says it does.");
      }
      bytes.pop_back();
    }
    return heap.add(bytes, text.binary);
  }

  DtaCursor cursor_;
  const DtaFile& file_;
  std::vector<ListedText> texts_;
  std::size_t next_ = 0;
};

}  // namespace

void read_dta_strls(const DtaInput& input, const DtaFile& file, Dataset& data,
                    const std::vector<int>& variables, std::int64_t first) {
  TextList texts(input, file);
  std::vector<std::pair<int, std::uint32_t>> wanted;  // in data, in the file
  for (int v = 0; v < data.nvar(); ++v) {
    if (data.variable(v).type.storage != Storage::strl) continue;
    wanted.emplace_back(v, file.columns[variables[v]].number);
  }
  if (wanted.empty()) return;
  for (std::int64_t i = 0; i < data.nobs(); ++i) {
    for (const auto& [v, number] : wanted) {
      const TextKey own{static_cast<std::uint64_t>(first + i + 1), number};
      const std::byte* cell = data.row(i) + data.variable(v).offset;
      data.set_strl_handle(v, i, texts.find(cell, own, data.strl_texts()));
    }
  }
}

}  // namespace adohost
