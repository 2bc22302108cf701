// Arrow tables as columns that an image can be made of, through the C interfaces. An
// ArrowTable owns what it was given and releases it; its columns borrow from it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "stata_pydata/arrow_c.h"
#include "stata_pydata/dataset_schema.h"
#include "stata_pydata/input_column.h"

namespace stata_pydata::dta {

class ArrowTable {
 public:
  /// Takes a stream of record batches to its end. `source` is released, whatever happens.
  /// Throws type for a column of a type without a meaning in Stata, or with timestamps of
  /// a named time zone (Stata's are wall-clock times), invalid for arrays that contradict
  /// the schema and for the stream's own error, range for decimals beyond 2^53.
  static ArrowTable from_stream(ArrowArrayStream* source);
  /// Takes one record batch. Both are released, whatever happens.
  static ArrowTable from_array(ArrowSchema* schema, ArrowArray* array);

  ArrowTable(ArrowTable&&) noexcept;
  ArrowTable& operator=(ArrowTable&&) noexcept;
  ~ArrowTable();

  /// One variable per column: its name as it is, and the format that its type asks for
  /// (%td for dates, %tc for timestamps, %tcHH:MM:SS for times of day). Durations are
  /// milliseconds, decimals doubles; dictionaries and runs stand for their values; a
  /// column of nulls is missing numbers.
  const std::vector<Variable>& variables() const noexcept;
  const std::vector<InputColumn>& columns() const noexcept;

 private:
  struct Parts;
  explicit ArrowTable(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace stata_pydata::dta
