// What a ColumnBuilder makes sure of before an array is used.
#include <cmath>
#include <vector>

#include "arrow/array_makers.h"
#include "arrow/column_builder.h"
#include "dta/place.h"
#include "stata_pydata/error.h"
#include "stata_pydata/stata_types.h"

namespace stata_pydata::dta {
namespace {

using Kind = ArrowType::Kind;

bool too_large(const ArrayValues& values, std::int64_t index) {
  return !values.missing(index) &&
         std::abs(values.decimal(index)) > static_cast<double>(kExactInteger);
}

}  // namespace

void ColumnBuilder::fail(const std::string& why) const {
  throw Error(Fault::invalid,
              "column " + name_ + ": its Arrow array is malformed: " + why);
}

void ColumnBuilder::check_buffers(const ArrowArray& values) const {
  const bool three = type_.kind == Kind::text && type_.form != TextForm::fixed;
  if (values.n_buffers < (three ? 3 : 2) || !values.buffers)
    fail("it has " + std::to_string(values.n_buffers) + " buffers");
  if (values.length < 0 || values.offset < 0) fail("a length or offset is negative");
  if (values.length > 0 && !values.buffers[1]) fail("a buffer is absent");
}

void ColumnBuilder::check(const ArrowArray& array, std::int64_t first,
                          std::int64_t count) const {
  if (first < 0 || array.offset < 0) fail("its offset is negative");
  if (array.length < first + count)
    fail("it has " + std::to_string(array.length) + " elements of " +
         std::to_string(first + count));
  if (encoding_ == Encoding::dictionary) return check_codes(array, first, count);
  if (encoding_ == Encoding::runs) return check_runs(array, first, count);
  check_buffers(array);
  if (type_.kind == Kind::decimal) check_decimals(array, first, count);
}

void ColumnBuilder::check_codes(const ArrowArray& array, std::int64_t first,
                                std::int64_t count) const {
  if (!array.dictionary) fail("its dictionary is absent");
  if (array.n_buffers < 2 || !array.buffers || !array.buffers[1])
    fail("its codes are absent");
  check_buffers(*array.dictionary);
  if (type_.kind == Kind::text) return;  // TextSource looks at the codes of texts
  if (type_.kind == Kind::decimal)
    check_decimals(*array.dictionary, 0, array.dictionary->length);
  check_codes_inside(array, first, count);
}

void ColumnBuilder::check_codes_inside(const ArrowArray& array, std::int64_t first,
                                       std::int64_t count) const {
  const Mask mask = mask_of(array, first);
  for (std::int64_t i = 0; i < count; ++i) {
    if (mask.missing(i)) continue;
    const std::int64_t code =
        integer_at(values_of(array), array.offset + first + i, index_type_);
    if (code < 0 || code >= array.dictionary->length)
      fail("the code " + std::to_string(code) + " is outside its dictionary");
  }
}

void ColumnBuilder::check_runs(const ArrowArray& array, std::int64_t first,
                               std::int64_t count) const {
  if (array.n_children != 2 || !array.children) fail("its runs have no two children");
  const ArrowArray &ends = *array.children[0], &values = *array.children[1];
  if (ends.n_buffers < 2 || !ends.buffers || (ends.length > 0 && !ends.buffers[1]))
    fail("its run ends have no buffer");
  if (ends.offset < 0 || ends.length < 0) fail("a length or offset is negative");
  check_buffers(values);
  std::int64_t last = 0;
  for (std::int64_t run = 0; run < ends.length; ++run) {
    const std::int64_t end = integer_at(values_of(ends), ends.offset + run, index_type_);
    if (end <= last) fail("its run ends do not ascend");
    last = end;
  }
  const std::int64_t needed =
      find_run(array, index_type_, array.offset + first + count - 1);
  if (needed >= ends.length || needed >= values.length)
    fail("its runs end before its elements");
  if (type_.kind == Kind::decimal) check_decimals(values, 0, values.length);
}

void ColumnBuilder::check_decimals(const ArrowArray& values, std::int64_t first,
                                   std::int64_t count) const {
  const ArrayValues decimals(values, type_);
  for (std::int64_t i = first; i < first + count; ++i) {
    if (!too_large(decimals, i)) continue;
    const std::string where = encoding_ == Encoding::plain
                                  ? place(name_, rows_ + i - first)
                                  : "variable " + name_;
    throw Error(Fault::range, where + ": the decimal " +
                                  number_text(decimals.decimal(i)) +
                                  " is beyond 2^53: Stata has no type that holds it "
                                  "exactly; round it to a double or store it as text");
  }
}

}  // namespace stata_pydata::dta
