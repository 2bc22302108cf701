// An image as an Arrow table, through the C interfaces, without any Arrow library. The
// stream owns its reader; every array owns its memory.
//
//   byte int long float double   int8 int16 int32 float32 float64, missing values null
//   %td                          date32, the day that a fraction belongs to
//   %tc                          timestamp without a zone, in microseconds
//   other %t formats             the numbers
//   str#, strL                   large_utf8 (text_encoding.h); "" is ""
//   strL with binary texts       large_binary
//   both as views, if asked for  utf8_view, binary_view
//   value labels, if asked for   dictionary of large_utf8, where that loses nothing
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "stata_pydata/arrow_c.h"
#include "stata_pydata/arrow_input.h"
#include "stata_pydata/image_reader.h"

namespace stata_pydata::dta {

struct ArrowOutputOptions {
  /// Every field's and the table's.
  std::vector<ArrowMetadata> field_metadata = {};  // empty, or one for each variable
  ArrowMetadata metadata = {};
  /// What the fields are called; empty: as the variables, else one for each.
  std::vector<std::string> names = {};
  /// Whether numbers become dates and times, if their format is of such: empty, all do,
  /// else one for each variable.
  std::vector<bool> dates = {};
  /// Dictionaries for variables whose every value has a label and whose labels are all
  /// different texts; others stay numbers. Labels of .a to .z don't count.
  bool value_labels = false;
  bool ordered = false;  // of dictionaries
  /// Floats and doubles hold their missing values as tagged NaNs (missing.h), not nulls.
  bool tagged_nans = false;
  /// Texts as utf8_view and binary_view, which polars takes over without copying them.
  bool text_views = false;
  std::int64_t batch_rows = 0;  // 0: all in one batch
  ReadOptions read = {};        // `utf8` doesn't count
};

/// Fills `out` with a stream of these variables and rows, indexes of a list included.
/// Variables that are aliases have no cells and can't be among them.
///
/// Throws range and invalid as ImageReader::read_numbers, damaged where the strLs are.
/// The stream's get_next fails with EINVAL for a time that Arrow's types don't hold
/// (naming variable and row), a strL that is not there, or when `stop` gives up, with
/// ENOMEM where memory ends; get_last_error says why.
void export_arrow(std::shared_ptr<const ImageReader> reader,
                  std::vector<std::int64_t> variables, const RowSelection& rows,
                  ArrowOutputOptions options, ArrowArrayStream* out);

}  // namespace stata_pydata::dta
