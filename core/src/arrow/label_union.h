// The dictionaries of a column's batches as one set of value labels.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "arrow/arrow_type.h"
#include "stata_pydata/dataset_schema.h"

namespace stata_pydata::dta {

class LabelUnion {
 public:
  LabelUnion() = default;
  /// Texts that have a value already keep it; others get values that are free.
  explicit LabelUnion(const std::vector<ValueLabel>& known);

  /// Values of a dictionary's texts in the union; kMissing for a text that is missing.
  using Codes = std::shared_ptr<const std::vector<std::int32_t>>;
  static constexpr std::int32_t kMissing = std::numeric_limits<std::int32_t>::min();

  /// Adds a dictionary. Once there are too many texts, or one is too long or malformed,
  /// the union is of no use any more and the codes are null.
  Codes add(const TextChunk& dictionary);
  bool usable() const noexcept { return usable_; }
  /// Of the texts that came, in the order of their coming.
  ValueLabelSet labels() const;

 private:
  std::int32_t code_of(std::string_view text);

  bool usable_ = true;
  std::vector<ValueLabel> labels_;
  std::unordered_map<std::string, std::int32_t> codes_;  // of the texts that came
  std::unordered_map<std::string, std::int32_t> known_;
  std::unordered_set<std::int32_t> taken_;  // by texts that are known
  std::int32_t next_ = 0;
};

/// Codes of the array's elements in the union. The array is dictionary-encoded and
/// check_codes() has looked at it.
std::shared_ptr<const ElementMaker> code_maker(const ArrowArray& array,
                                               const ArrowType& code_type,
                                               LabelUnion::Codes codes);

}  // namespace stata_pydata::dta
