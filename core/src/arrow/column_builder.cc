#include "arrow/column_builder.h"

#include <cstring>

#include "arrow/array_makers.h"
#include "arrow/metadata_codec.h"
#include "stata_pydata/error.h"

namespace stata_pydata::dta {
namespace {

using Kind = ArrowType::Kind;

constexpr std::byte kZero{0}, kOne{1};

bool is_integer(const ArrowType& type) {
  return type.kind == Kind::number && type.element >= ElementType::int8 &&
         type.element <= ElementType::uint64;
}

/// All elements are the same byte, and missing.
Chunk missing_chunk(std::int64_t count) {
  return {.values = &kZero,
          .stride = 0,
          .count = count,
          .mask = {.kind = Mask::Kind::bytes, .data = &kOne, .stride = 0}};
}

}  // namespace

ColumnBuilder::ColumnBuilder(const ArrowSchema& schema, const ArrowInputOptions& options)
    : name_(schema.name ? schema.name : ""),
      metadata_(decoded_metadata(schema.metadata)),
      ordered_((schema.flags & ARROW_FLAG_DICTIONARY_ORDERED) != 0) {
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
  format_ = values->format;
  labelled_ = options.value_labels && encoding_ == Encoding::dictionary &&
              type_.kind == Kind::text && !type_.binary;
  if (const auto known = options.known_labels.find(name_);
      labelled_ && known != options.known_labels.end())
    labels_ = LabelUnion(known->second);
  settle_column();
}

/// Whether elements don't lie in memory as they are.
bool ColumnBuilder::is_made() const noexcept {
  if (type_.kind == Kind::text || type_.kind == Kind::nothing) return false;
  return encoding_ != Encoding::plain || type_.kind == Kind::decimal;
}

void ColumnBuilder::settle_column() {
  if (type_.kind == Kind::text) {
    column_ = TextColumn{type_.binary, {}};
  } else if (is_made()) {
    MadeColumn made{ArrayValues::element_type(type_), {}, {}};
    if (type_.kind == Kind::time) made.ticks = type_.ticks;
    column_ = std::move(made);
  } else if (type_.kind == Kind::time) {
    column_ = TimeColumn{{name_, type_.element, {}}, type_.ticks};
  } else {
    column_ = Column{name_, type_.element, {}};
  }
}

ArrowField ColumnBuilder::field() const {
  ArrowField field;
  field.variable = {name_, {}, type_.stata_format, "", ""};
  if (has_labels()) field.labels = labels_.labels();
  field.ordered = ordered_;
  field.format = format_;
  field.metadata = metadata_;
  return field;
}

InputColumn ColumnBuilder::column() const {
  if (has_labels()) return codes_;
  return column_;
}

const TextChunk* ColumnBuilder::keep(TextChunk chunk) {
  return &dictionaries_.emplace_back(chunk);
}

void ColumnBuilder::add(const ArrowArray& array, std::int64_t first, std::int64_t count) {
  if (count <= 0) return;
  if (type_.kind == Kind::nothing) {
    add_missing(count);
  } else {
    check(array, first, count);
    if (type_.kind == Kind::text)
      add_texts(array, first, count);
    else if (is_made())
      add_made(array, first, count);
    else
      add_numbers(array, first, count);
  }
  rows_ += count;
}

void ColumnBuilder::add_missing(std::int64_t count) {
  std::get<Column>(column_).chunks.push_back(missing_chunk(count));
}

void ColumnBuilder::add_numbers(const ArrowArray& array, std::int64_t first,
                                std::int64_t count) {
  const std::int64_t start = array.offset + first;
  Chunk chunk{.values = values_of(array),
              .stride = type_.bytes,
              .count = count,
              .mask = mask_of(array, first)};
  if (type_.element == ElementType::bitmap)
    chunk.offset = start;
  else
    chunk.values += start * type_.bytes;
  auto* time = std::get_if<TimeColumn>(&column_);
  (time ? time->column : std::get<Column>(column_)).chunks.push_back(chunk);
}

void ColumnBuilder::add_made(const ArrowArray& array, std::int64_t first,
                             std::int64_t count) {
  auto& chunks = std::get<MadeColumn>(column_).chunks;
  switch (encoding_) {
    case Encoding::plain:
      return chunks.push_back({plain_maker(array, type_), first, count});
    case Encoding::dictionary:
      return chunks.push_back(
          {dictionary_maker(array, type_, index_type_), first, count});
    case Encoding::runs:
      return chunks.push_back({run_maker(array, type_, index_type_), first, count});
  }
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

void ColumnBuilder::add_texts(const ArrowArray& array, std::int64_t first,
                              std::int64_t count) {
  auto& chunks = std::get<TextColumn>(column_).chunks;
  if (encoding_ == Encoding::plain)
    return chunks.push_back(text_chunk(array, first, count));
  TextChunk chunk;
  chunk.count = count;
  if (encoding_ == Encoding::dictionary) {
    chunk.dictionary = keep(text_chunk(*array.dictionary, 0, array.dictionary->length));
    chunk.mask = mask_of(array, first);
    chunk.code_type = index_type_.element;
    chunk.code_stride = index_type_.bytes;
    chunk.codes = values_of(array) + (array.offset + first) * index_type_.bytes;
    if (labelled_)
      if (auto codes = labels_.add(*chunk.dictionary)) {
        check_codes_inside(array, first, count);
        codes_.chunks.push_back({code_maker(array, index_type_, codes), first, count});
      }
  } else {
    const ArrowArray& ends = *array.children[0];
    chunk.dictionary = keep(text_chunk(*array.children[1], 0, array.children[1]->length));
    chunk.run_ends = values_of(ends) + ends.offset * index_type_.bytes;
    chunk.run_type = index_type_.element;
    chunk.run_count = ends.length;
    chunk.run_offset = array.offset + first;
  }
  chunks.push_back(chunk);
}

}  // namespace stata_pydata::dta
