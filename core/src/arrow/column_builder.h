// One column of an Arrow table, array by array. What can be read where it lies is
// borrowed from the arrays; decimals, runs, and numbers in dictionaries are expanded into
// memory of the builder's own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "arrow/arrow_type.h"
#include "stata_pydata/dataset_schema.h"

namespace stata_pydata::dta {

/// Memory that a column borrows besides its arrays.
struct ColumnMemory {
  std::vector<std::unique_ptr<std::byte[]>> bytes;
  std::vector<std::unique_ptr<TextChunk>> dictionaries;
};

class ColumnBuilder {
 public:
  /// Throws type, as arrow_type.
  explicit ColumnBuilder(const ArrowSchema& schema);

  /// Adds elements [first, first + count) of the array, which must outlive the column.
  /// Throws invalid for an array that contradicts the schema, range for a decimal beyond
  /// 2^53.
  void add(const ArrowArray& array, std::int64_t first, std::int64_t count);

  /// Its name, and the format that its type asks for.
  Variable variable() const;
  const InputColumn& column() const { return column_; }
  ColumnMemory& memory() { return memory_; }

 private:
  enum class Encoding : std::uint8_t { plain, dictionary, runs };
  using Codes = std::vector<std::int64_t>;

  void settle_column();
  void check(const ArrowArray& array, std::int64_t first, std::int64_t count) const;
  void check_buffers(const ArrowArray& values) const;

  void add_missing(std::int64_t count);
  void add_plain(const ArrowArray& array, std::int64_t first, std::int64_t count);
  void add_text_dictionary(const ArrowArray& array, std::int64_t first,
                           std::int64_t count);
  /// Elements codes[i] of `values`; -1 is missing.
  void add_by_codes(const ArrowArray& values, const Codes& codes);
  Codes dictionary_codes(const ArrowArray& array, std::int64_t first,
                         std::int64_t count) const;
  Codes run_codes(const ArrowArray& array, std::int64_t first, std::int64_t count) const;

  TextChunk text_chunk(const ArrowArray& array, std::int64_t first,
                       std::int64_t count) const;
  const TextChunk* keep(TextChunk chunk);
  std::byte* new_bytes(std::int64_t count);
  /// Writes element `index` of `values` as a cell's number: its bytes, a byte for a bit,
  /// a double for a decimal.
  void copy_element(const ArrowArray& values, std::int64_t index, std::byte* to) const;
  double decimal_at(const ArrowArray& values, std::int64_t index) const;
  std::vector<Chunk>& number_chunks();
  [[noreturn]] void fail(const std::string& why) const;

  std::string name_;
  Encoding encoding_ = Encoding::plain;
  ArrowType type_;        // of the values
  ArrowType index_type_;  // of codes or run ends
  InputColumn column_;
  ColumnMemory memory_;
};

}  // namespace stata_pydata::dta
