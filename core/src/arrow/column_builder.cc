#include "arrow/column_builder.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "arrow/decimal.h"
#include "dta/place.h"
#include "stata_pydata/error.h"
#include "stata_pydata/missing.h"
#include "stata_pydata/stata_types.h"

namespace stata_pydata::dta {
namespace {

using Kind = ArrowType::Kind;

constexpr std::byte kZero{0}, kOne{1};

bool is_integer(const ArrowType& type) {
  return type.kind == Kind::number && type.element >= ElementType::int8 &&
         type.element <= ElementType::uint64;
}

std::int64_t integer_at(const std::byte* values, std::int64_t index,
                        const ArrowType& type) {
  const std::byte* at = values + index * type.bytes;
  std::int64_t value = 0;
  std::memcpy(&value, at, static_cast<std::size_t>(type.bytes));
  const int spare = 64 - 8 * static_cast<int>(type.bytes);
  const bool is_signed = type.element <= ElementType::int64;
  return is_signed
             ? static_cast<std::int64_t>(static_cast<std::uint64_t>(value) << spare) >>
                   spare
             : value;
}

Mask mask_of(const ArrowArray& array, std::int64_t first) {
  const auto* bits = static_cast<const std::byte*>(array.buffers[0]);
  if (!bits || array.null_count == 0) return {};
  return {.kind = Mask::Kind::valid_bits, .data = bits, .offset = array.offset + first};
}

const std::byte* values_of(const ArrowArray& array) {
  return static_cast<const std::byte*>(array.buffers[1]);
}

/// All elements are the same byte, and missing.
Chunk missing_chunk(std::int64_t count) {
  return {.values = &kZero,
          .stride = 0,
          .count = count,
          .mask = {.kind = Mask::Kind::bytes, .data = &kOne, .stride = 0}};
}

}  // namespace

ColumnBuilder::ColumnBuilder(const ArrowSchema& schema)
    : name_(schema.name ? schema.name : "") {
  const ArrowSchema* values = &schema;
  if (schema.dictionary) {
    encoding_ = Encoding::dictionary;
    index_type_ = arrow_type(name_, schema.format);
    values = schema.dictionary;
  } else if (schema.format && std::strcmp(schema.format, "+r") == 0) {
    if (schema.n_children != 2) fail("its runs have no two children");
    encoding_ = Encoding::runs;
    index_type_ = arrow_type(name_, schema.children[0]->format);
    values = schema.children[1];
  }
  if (encoding_ != Encoding::plain && (!is_integer(index_type_) || values->dictionary))
    throw Error(Fault::type, "column " + name_ +
                                 " has an encoding within an encoding, or codes that "
                                 "are no integers");
  type_ = arrow_type(name_, values->format);
  settle_column();
}

void ColumnBuilder::settle_column() {
  if (type_.kind == Kind::text) {
    column_ = TextColumn{type_.binary, {}};
    return;
  }
  ElementType element = type_.element;
  if (type_.kind == Kind::decimal) element = ElementType::float64;
  if (element == ElementType::bitmap && encoding_ != Encoding::plain)
    element = ElementType::boolean;
  Column plain{name_, element, {}};
  if (type_.kind == Kind::time)
    column_ = TimeColumn{std::move(plain), type_.ticks};
  else
    column_ = std::move(plain);
}

Variable ColumnBuilder::variable() const {
  return {name_, {}, type_.stata_format, "", ""};
}

void ColumnBuilder::fail(const std::string& why) const {
  throw Error(Fault::invalid,
              "column " + name_ + ": its Arrow array is malformed: " + why);
}

std::vector<Chunk>& ColumnBuilder::number_chunks() {
  if (auto* time = std::get_if<TimeColumn>(&column_)) return time->column.chunks;
  return std::get<Column>(column_).chunks;
}

std::byte* ColumnBuilder::new_bytes(std::int64_t count) {
  return memory_.bytes
      .emplace_back(
          std::make_unique_for_overwrite<std::byte[]>(static_cast<std::size_t>(count)))
      .get();
}

const TextChunk* ColumnBuilder::keep(TextChunk chunk) {
  return memory_.dictionaries.emplace_back(std::make_unique<TextChunk>(chunk)).get();
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
  if (encoding_ == Encoding::plain) return check_buffers(array);
  if (encoding_ == Encoding::runs) {
    if (array.n_children != 2) fail("its runs have no two children");
    if (array.children[0]->n_buffers < 2) fail("its run ends have no buffer");
    return type_.kind == Kind::nothing ? void() : check_buffers(*array.children[1]);
  }
  if (!array.dictionary) fail("its dictionary is absent");
  if (array.n_buffers < 2 || !array.buffers[1]) fail("its codes are absent");
  check_buffers(*array.dictionary);
}

void ColumnBuilder::add(const ArrowArray& array, std::int64_t first, std::int64_t count) {
  if (count <= 0) return;
  if (type_.kind == Kind::nothing) return add_missing(count);
  check(array, first, count);
  if (encoding_ == Encoding::runs)
    return add_by_codes(*array.children[1], run_codes(array, first, count));
  if (encoding_ == Encoding::plain) return add_plain(array, first, count);
  if (type_.kind == Kind::text) return add_text_dictionary(array, first, count);
  add_by_codes(*array.dictionary, dictionary_codes(array, first, count));
}

void ColumnBuilder::add_missing(std::int64_t count) {
  number_chunks().push_back(missing_chunk(count));
}

void ColumnBuilder::add_plain(const ArrowArray& array, std::int64_t first,
                              std::int64_t count) {
  if (type_.kind == Kind::text) {
    std::get<TextColumn>(column_).chunks.push_back(text_chunk(array, first, count));
    return;
  }
  if (type_.kind == Kind::decimal) {
    Codes codes(static_cast<std::size_t>(count));
    for (std::int64_t i = 0; i < count; ++i)
      codes[static_cast<std::size_t>(i)] = first + i;
    return add_by_codes(array, codes);
  }
  const std::int64_t start = array.offset + first;
  Chunk chunk{.values = values_of(array),
              .stride = type_.bytes,
              .count = count,
              .mask = mask_of(array, first)};
  if (type_.element == ElementType::bitmap)
    chunk.offset = start;
  else
    chunk.values += start * type_.bytes;
  number_chunks().push_back(chunk);
}

TextChunk ColumnBuilder::text_chunk(const ArrowArray& array, std::int64_t first,
                                    std::int64_t count) const {
  TextChunk chunk;
  chunk.form = type_.form;
  chunk.count = count;
  chunk.mask = mask_of(array, first);
  const std::int64_t start = array.offset + first;
  switch (type_.form) {
    case TextForm::offsets32:
    case TextForm::offsets64:
      chunk.values =
          values_of(array) + start * (type_.form == TextForm::offsets32 ? 4 : 8);
      chunk.bytes = static_cast<const char*>(array.buffers[2]);
      break;
    case TextForm::views:
      chunk.values = values_of(array) + start * 16;
      chunk.view_buffers = reinterpret_cast<const char* const*>(array.buffers + 2);
      chunk.view_buffer_count = array.n_buffers - 3;  // the last holds their sizes
      break;
    default:
      chunk.values = values_of(array) + start * type_.bytes;
      chunk.width = chunk.stride = type_.bytes;
  }
  return chunk;
}

void ColumnBuilder::add_text_dictionary(const ArrowArray& array, std::int64_t first,
                                        std::int64_t count) {
  TextChunk chunk;
  chunk.count = count;
  chunk.mask = mask_of(array, first);
  chunk.dictionary = keep(text_chunk(*array.dictionary, 0, array.dictionary->length));
  chunk.code_type = index_type_.element;
  chunk.code_stride = index_type_.bytes;
  chunk.codes = values_of(array) + (array.offset + first) * index_type_.bytes;
  std::get<TextColumn>(column_).chunks.push_back(chunk);
}

ColumnBuilder::Codes ColumnBuilder::dictionary_codes(const ArrowArray& array,
                                                     std::int64_t first,
                                                     std::int64_t count) const {
  const Mask mask = mask_of(array, first);
  Codes codes(static_cast<std::size_t>(count), -1);
  for (std::int64_t i = 0; i < count; ++i) {
    if (mask.missing(i)) continue;
    const std::int64_t code =
        integer_at(values_of(array), array.offset + first + i, index_type_);
    if (code < 0 || code >= array.dictionary->length)
      fail("the code " + std::to_string(code) + " is outside its dictionary");
    codes[static_cast<std::size_t>(i)] = code;
  }
  return codes;
}

ColumnBuilder::Codes ColumnBuilder::run_codes(const ArrowArray& array, std::int64_t first,
                                              std::int64_t count) const {
  const ArrowArray& ends = *array.children[0];
  Codes codes(static_cast<std::size_t>(count));
  std::int64_t run = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t element = array.offset + first + i;
    while (run < ends.length &&
           integer_at(values_of(ends), ends.offset + run, index_type_) <= element)
      ++run;
    if (run >= ends.length || run >= array.children[1]->length)
      fail("its runs end before its elements");
    codes[static_cast<std::size_t>(i)] = run;
  }
  return codes;
}

void ColumnBuilder::add_by_codes(const ArrowArray& values, const Codes& codes) {
  const auto count = static_cast<std::int64_t>(codes.size());
  if (type_.kind == Kind::text) {
    std::byte* kept = new_bytes(count * 8);
    std::memcpy(kept, codes.data(), codes.size() * 8);
    TextChunk chunk;
    chunk.count = count;
    chunk.dictionary = keep(text_chunk(values, 0, values.length));
    chunk.code_type = ElementType::int64;
    chunk.code_stride = 8;
    chunk.codes = kept;
    std::get<TextColumn>(column_).chunks.push_back(chunk);
    return;
  }
  const std::int64_t width =
      type_.kind == Kind::decimal ? 8 : std::max<std::int64_t>(1, type_.bytes);
  std::byte* elements = new_bytes(count * width);
  std::byte* missing = new_bytes(count);
  const Mask mask = mask_of(values, 0);
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t code = codes[static_cast<std::size_t>(i)];
    missing[i] = code < 0 || mask.missing(code) ? kOne : kZero;
    if (missing[i] == kOne)
      std::memset(elements + i * width, 0, static_cast<std::size_t>(width));
    else
      copy_element(values, code, elements + i * width);
  }
  number_chunks().push_back({.values = elements,
                             .stride = width,
                             .count = count,
                             .mask = {.kind = Mask::Kind::bytes, .data = missing}});
}

void ColumnBuilder::copy_element(const ArrowArray& values, std::int64_t index,
                                 std::byte* to) const {
  const std::int64_t at = values.offset + index;
  if (type_.kind == Kind::decimal) {
    const double value = decimal_at(values, index);
    std::memcpy(to, &value, sizeof value);
  } else if (type_.element == ElementType::bitmap) {
    *to = values_of(values)[at >> 3] >> (at & 7) & kOne;
  } else {
    std::memcpy(to, values_of(values) + at * type_.bytes,
                static_cast<std::size_t>(type_.bytes));
  }
}

double ColumnBuilder::decimal_at(const ArrowArray& values, std::int64_t index) const {
  const double value =
      decimal_to_double(values_of(values) + (values.offset + index) * type_.bytes,
                        static_cast<int>(type_.bytes), type_.scale);
  if (std::abs(value) > static_cast<double>(kExactInteger))
    throw Error(Fault::range, "column " + name_ + ": the decimal " + number_text(value) +
                                  " is beyond 2^53: Stata has no type that holds it "
                                  "exactly; round it to a double or store it as text");
  return value;
}

}  // namespace stata_pydata::dta
