#include "stata_pydata/arrow_input.h"

#include <cstring>
#include <deque>
#include <utility>

#include "arrow/arrow_owned.h"
#include "arrow/column_builder.h"
#include "arrow/metadata_codec.h"
#include "stata_pydata/error.h"

namespace stata_pydata::dta {
namespace {

void check_struct(const ArrowSchema& schema) {
  if (!schema.format || std::strcmp(schema.format, "+s") != 0 || schema.n_children < 0)
    throw Error(Fault::type, "the Arrow data is no table: its type is '" +
                                 std::string(schema.format ? schema.format : "") +
                                 "', not that of record batches");
}

std::vector<ColumnBuilder> builders_of(const ArrowSchema& schema,
                                       const ArrowInputOptions& options) {
  check_struct(schema);
  std::vector<ColumnBuilder> builders;
  builders.reserve(static_cast<std::size_t>(schema.n_children));
  for (std::int64_t k = 0; k < schema.n_children; ++k)
    builders.emplace_back(*schema.children[k], options);
  return builders;
}

void add_batch(std::vector<ColumnBuilder>& builders, const ArrowArray& batch) {
  if (batch.n_children != static_cast<std::int64_t>(builders.size()))
    throw Error(Fault::invalid, "an Arrow batch has " + std::to_string(batch.n_children) +
                                    " columns; its schema has " +
                                    std::to_string(builders.size()));
  if (batch.null_count > 0)
    throw Error(Fault::invalid, "an Arrow batch has rows that are missing as a whole");
  for (std::size_t k = 0; k < builders.size(); ++k)
    builders[k].add(*batch.children[k], batch.offset, batch.length);
}

[[noreturn]] void throw_stream_error(ArrowArrayStream& stream, int code) {
  const char* words = stream.get_last_error(&stream);
  throw Error(
      Fault::invalid,
      "the Arrow stream failed: " + std::string(words ? words : "no reason given"), code);
}

}  // namespace

struct ArrowTable::Parts {
  UniqueArrow<ArrowSchema> schema;
  std::deque<UniqueArrow<ArrowArray>> batches;
  std::vector<std::deque<TextChunk>> dictionaries;  // that columns point into
  std::vector<ArrowField> fields;
  std::vector<InputColumn> columns;
  ArrowMetadata metadata;
  std::int64_t rows = 0;

  void take(std::vector<ColumnBuilder>& builders) {
    metadata = decoded_metadata(schema->metadata);
    for (const auto& batch : batches) rows += batch->length;
    for (auto& builder : builders) {
      fields.push_back(builder.field());
      columns.push_back(builder.column());
      dictionaries.push_back(std::move(builder.dictionaries()));
    }
  }
};

ArrowTable ArrowTable::from_stream(ArrowArrayStream* source,
                                   const ArrowInputOptions& options) {
  UniqueArrow<ArrowArrayStream> stream(source);
  if (stream.released()) throw Error(Fault::invalid, "the Arrow stream is released");
  auto parts = std::make_unique<Parts>();
  int code = stream->get_schema(stream.get(), parts->schema.get());
  if (code != 0) throw_stream_error(*stream.get(), code);
  auto builders = builders_of(*parts->schema, options);
  while (true) {
    UniqueArrow<ArrowArray> batch;
    code = stream->get_next(stream.get(), batch.get());
    if (code != 0) throw_stream_error(*stream.get(), code);
    if (batch.released()) break;
    parts->batches.push_back(std::move(batch));
    add_batch(builders, *parts->batches.back());
  }
  parts->take(builders);
  return ArrowTable(std::move(parts));
}

ArrowTable ArrowTable::from_array(ArrowSchema* schema, ArrowArray* array,
                                  const ArrowInputOptions& options) {
  auto parts = std::make_unique<Parts>();
  parts->schema = UniqueArrow<ArrowSchema>(schema);
  parts->batches.emplace_back(array);
  if (parts->schema.released() || parts->batches.back().released())
    throw Error(Fault::invalid, "the Arrow array is released");
  auto builders = builders_of(*parts->schema, options);
  add_batch(builders, *parts->batches.back());
  parts->take(builders);
  return ArrowTable(std::move(parts));
}

ArrowTable::ArrowTable(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
ArrowTable::ArrowTable(ArrowTable&&) noexcept = default;
ArrowTable& ArrowTable::operator=(ArrowTable&&) noexcept = default;
ArrowTable::~ArrowTable() = default;

const std::vector<ArrowField>& ArrowTable::fields() const noexcept {
  return parts_->fields;
}

const ArrowMetadata& ArrowTable::metadata() const noexcept {
  return parts_->metadata;
}

std::int64_t ArrowTable::rows() const noexcept {
  return parts_->rows;
}

const std::vector<InputColumn>& ArrowTable::columns() const noexcept {
  return parts_->columns;
}

}  // namespace stata_pydata::dta
