// One column of an Arrow table, array by array. Everything is borrowed from the arrays:
// what is encoded or has no counterpart in C++ is made when it is read.
#pragma once

#include <cstdint>
#include <deque>
#include <string>

#include "arrow/arrow_type.h"
#include "arrow/label_union.h"
#include "stata_pydata/arrow_input.h"
#include "stata_pydata/dataset_schema.h"

namespace stata_pydata::dta {

class ColumnBuilder {
 public:
  /// Throws type, as arrow_type.
  ColumnBuilder(const ArrowSchema& schema, const ArrowInputOptions& options);

  /// Adds elements [first, first + count) of the array, which must outlive the column.
  /// Throws invalid for an array that contradicts the schema, range for a decimal beyond
  /// 2^53.
  void add(const ArrowArray& array, std::int64_t first, std::int64_t count);

  /// The finished column and its field.
  InputColumn column() const;
  ArrowField field() const;
  /// What the column borrows besides its arrays.
  std::deque<TextChunk>& dictionaries() { return dictionaries_; }

 private:
  enum class Encoding : std::uint8_t { plain, dictionary, runs };

  void settle_column();
  bool has_labels() const noexcept { return labelled_ && labels_.usable(); }
  bool is_made() const noexcept;
  void check(const ArrowArray& array, std::int64_t first, std::int64_t count) const;
  void check_buffers(const ArrowArray& values) const;
  void check_codes(const ArrowArray& array, std::int64_t first, std::int64_t count) const;
  void check_codes_inside(const ArrowArray& array, std::int64_t first,
                          std::int64_t count) const;
  void check_runs(const ArrowArray& array, std::int64_t first, std::int64_t count) const;
  void check_decimals(const ArrowArray& values, std::int64_t first,
                      std::int64_t count) const;

  void add_missing(std::int64_t count);
  void add_numbers(const ArrowArray& array, std::int64_t first, std::int64_t count);
  void add_made(const ArrowArray& array, std::int64_t first, std::int64_t count);
  void add_texts(const ArrowArray& array, std::int64_t first, std::int64_t count);

  TextChunk text_chunk(const ArrowArray& array, std::int64_t first,
                       std::int64_t count) const;
  const TextChunk* keep(TextChunk chunk);
  [[noreturn]] void fail(const std::string& why) const;

  std::string name_, format_;
  ArrowMetadata metadata_;
  bool ordered_ = false;
  Encoding encoding_ = Encoding::plain;
  ArrowType type_;        // of the values
  ArrowType index_type_;  // of codes or run ends
  std::int64_t rows_ = 0;
  InputColumn column_;
  std::deque<TextChunk> dictionaries_;
  bool labelled_ = false;  // a dictionary of texts that shall become labels
  LabelUnion labels_;
  MadeColumn codes_{ElementType::int32, {}, {}};
};

}  // namespace stata_pydata::dta
