#include "arrow/label_union.h"

#include <cstring>

#include "arrow/array_values.h"
#include "dta/text_access.h"
#include "stata_pydata/dta_format.h"
#include "stata_pydata/stata_types.h"

namespace stata_pydata::dta {
namespace {

class CodeMaker : public ElementMaker {
 public:
  CodeMaker(const ArrowArray& array, const ArrowType& code_type, LabelUnion::Codes codes)
      : values_(values_of(array) + array.offset * code_type.bytes),
        code_type_(code_type),
        mask_(mask_of(array, 0)),
        codes_(std::move(codes)) {}

  bool make(std::int64_t first, std::int64_t count, std::byte* elements,
            std::uint64_t* missing) const noexcept override {
    bool any = false;
    for (std::int64_t i = 0; i < count; ++i) {
      const std::int32_t code =
          mask_.missing(first + i)
              ? LabelUnion::kMissing
              : union_code(integer_at(values_, first + i, code_type_));
      std::memcpy(elements + i * std::int64_t{sizeof code}, &code, sizeof code);
      if (code != LabelUnion::kMissing) continue;
      missing[i / 64] |= std::uint64_t{1} << (i % 64);
      any = true;
    }
    return any;
  }

 private:
  std::int32_t union_code(std::int64_t index) const noexcept {
    return (*codes_)[static_cast<std::size_t>(index)];
  }

  const std::byte* values_;
  ArrowType code_type_;
  Mask mask_;
  LabelUnion::Codes codes_;
};

}  // namespace

LabelUnion::LabelUnion(const std::vector<ValueLabel>& known) {
  for (const auto& [value, text] : known) {
    // Missing values are no categories.
    if (value == kMissing || value > kLongMax) continue;
    known_.try_emplace(text, value);
    taken_.insert(value);
  }
}

std::int32_t LabelUnion::code_of(std::string_view text) {
  const auto [place, added] = codes_.try_emplace(std::string(text), next_);
  if (!added) return place->second;
  if (const auto known = known_.find(place->first); known != known_.end()) {
    place->second = known->second;
  } else {
    while (taken_.contains(next_)) ++next_;
    place->second = next_++;
  }
  labels_.push_back({place->second, place->first});
  return place->second;
}

LabelUnion::Codes LabelUnion::add(const TextChunk& dictionary) {
  if (!usable_) return nullptr;
  auto codes = std::make_shared<std::vector<std::int32_t>>();
  for_chunk_texts(
      dictionary, 0, dictionary.count, false, [&](std::int64_t, const FoundText& text) {
        if (!usable_) return;
        if (!text.data && text.size == 0) return codes->push_back(kMissing);
        usable_ = text.size >= 0 && text.size <= kMostLabelTextBytes;
        if (!usable_) return;
        codes->push_back(code_of({text.data, static_cast<std::size_t>(text.size)}));
        usable_ = labels_.size() <= kMostLabelEntries;
      });
  if (!usable_) return nullptr;
  return codes;
}

ValueLabelSet LabelUnion::labels() const {
  return {"", labels_};
}

std::shared_ptr<const ElementMaker> code_maker(const ArrowArray& array,
                                               const ArrowType& code_type,
                                               LabelUnion::Codes codes) {
  return std::make_shared<CodeMaker>(array, code_type, std::move(codes));
}

}  // namespace stata_pydata::dta
