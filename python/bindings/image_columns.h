// Columns of Python objects for an image, read in place where they can be.
#pragma once

#include <nanobind/nanobind.h>

#include <list>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "held_memory.h"
#include "stata_pydata/arrow_input.h"
#include "stata_pydata/image_reader.h"
#include "stata_pydata/image_writer.h"

namespace stata_pydata::python {

/// A column and its name, which errors give.
struct NamedColumn {
  std::string name;
  dta::InputColumn column;
};

class ImageColumns {
 public:
  // Each adds one column.

  /// Parts are (values, mask) as add_buffer() takes them.
  void add_numbers(nanobind::str name, nanobind::list parts);
  /// Integers of 32 or 64 bits that count time, as dta::Ticks says.
  void add_times(nanobind::str name, nanobind::list parts, std::int64_t per_tick,
                 std::int64_t per_unit, std::int64_t add, bool whole);
  /// An array of Python objects of one kind, None and `missing` aside: str or bytes
  /// (object_texts.h), or numbers, dates and times (object_numbers.h). Returns the kind.
  std::string add_objects(nanobind::str name, nanobind::object values,
                          nanobind::tuple missing, bool as_texts);
  /// A buffer of texts in fields of the same width: NumPy's S and U.
  void add_fields(nanobind::str name, nanobind::object values);

  /// By column: (value, text) of texts that have a value already.
  using KnownLabels =
      std::map<std::string, std::vector<std::pair<std::int32_t, std::string>>>;

  /// All columns of a table: a capsule of an ArrowArrayStream, which is consumed. Returns
  /// its fields and metadata. Dictionaries become value labels, if asked.
  nanobind::dict add_arrow(nanobind::object capsule, bool value_labels,
                           const KnownLabels& known);

  /// Variables of an image, which `owner` keeps.
  void add_image(const dta::ImageReader& reader, nanobind::object owner,
                 const std::vector<std::int64_t>& variables);

  /// Puts column order[i] in place i; those that aren't named go.
  void reorder(const std::vector<std::size_t>& order);

  const std::vector<NamedColumn>& columns() const { return columns_; }
  /// Rows of the last column; 0 where there is none.
  std::int64_t rows() const;

 private:
  void add(nanobind::str name, dta::InputColumn column);
  Column numbers(nanobind::str name, nanobind::list parts);

  std::vector<NamedColumn> columns_;
  HeldMemory memory_;
  std::list<dta::ArrowTable> tables_;
  std::vector<std::shared_ptr<void>> made_;  // memory that columns borrow
};

void bind_image_columns(nanobind::module_& module);

}  // namespace stata_pydata::python
