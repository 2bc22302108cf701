// The dictionaries of a column's batches as one set of value labels.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "arrow/arrow_type.h"
#include "stata_pydata/dataset_schema.h"

namespace stata_pydata::dta {

class LabelUnion {
 public:
  /// Codes of a dictionary's texts in the union; -1 for a text that is missing.
  using Codes = std::shared_ptr<const std::vector<std::int32_t>>;

  /// Adds a dictionary. Once there are too many texts, or one is too long or malformed,
  /// the union is of no use any more and the codes are null.
  Codes add(const TextChunk& dictionary);
  bool usable() const noexcept { return usable_; }
  ValueLabelSet labels() const;

 private:
  std::int32_t code_of(std::string_view text);

  bool usable_ = true;
  std::vector<const std::string*> texts_;  // by code
  std::unordered_map<std::string, std::int32_t> codes_;
};

/// Codes of the array's elements in the union. The array is dictionary-encoded and
/// check_codes() has looked at it.
std::shared_ptr<const ElementMaker> code_maker(const ArrowArray& array,
                                               const ArrowType& code_type,
                                               LabelUnion::Codes codes);

}  // namespace stata_pydata::dta
