// Arrow tables as columns that an image can be made of, through the C interfaces. An
// ArrowTable owns what it was given and releases it; its columns borrow from it.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "stata_pydata/arrow_c.h"
#include "stata_pydata/dataset_schema.h"
#include "stata_pydata/input_column.h"

namespace stata_pydata::dta {

using ArrowMetadata = std::vector<std::pair<std::string, std::string>>;

struct ArrowInputOptions {
  /// Dictionaries of texts become numbers with value labels, their codes kept, where they
  /// have at most 65,536 texts of at most 32,000 bytes; else texts. The dictionaries of
  /// all batches become one, in the order of their coming.
  bool value_labels = false;
  /// By column: values that texts have already. Others get the least that are free.
  std::map<std::string, std::vector<ValueLabel>> known_labels = {};
};

/// What a column is called, and what it was in Arrow.
struct ArrowField {
  /// The name as it is, and the format that the type asks for (%td for dates, %tc for
  /// timestamps, %tcHH:MM:SS for times of day). No type.
  Variable variable;
  ValueLabelSet labels;  // of a dictionary that became numbers; no entries: none
  bool ordered = false;  // that dictionary
  std::string format;    // the Arrow type's format string, of a dictionary its values'
  ArrowMetadata metadata;
};

class ArrowTable {
 public:
  /// Takes a stream of record batches to its end. `source` is released, whatever happens.
  /// Throws type for a column of a type without a meaning in Stata, or with timestamps of
  /// a named time zone (Stata's are wall-clock times), invalid for arrays that contradict
  /// the schema and for the stream's own error, range for decimals beyond 2^53.
  static ArrowTable from_stream(ArrowArrayStream* source,
                                const ArrowInputOptions& options = {});
  /// Takes one record batch. Both are released, whatever happens.
  static ArrowTable from_array(ArrowSchema* schema, ArrowArray* array,
                               const ArrowInputOptions& options = {});

  ArrowTable(ArrowTable&&) noexcept;
  ArrowTable& operator=(ArrowTable&&) noexcept;
  ~ArrowTable();

  /// Durations are milliseconds, decimals doubles; dictionaries and runs stand for their
  /// values unless they became labels; a column of nulls is missing numbers.
  const std::vector<ArrowField>& fields() const noexcept;
  const std::vector<InputColumn>& columns() const noexcept;
  const ArrowMetadata& metadata() const noexcept;
  std::int64_t rows() const noexcept;

 private:
  struct Parts;
  explicit ArrowTable(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace stata_pydata::dta
