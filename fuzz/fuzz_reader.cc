// Any bytes into the reader, the verifier, the Arrow output and the writer behind them.
// Nothing may crash, hang, read out of bounds or take memory that the bytes don't
// justify; an Error is an answer.
#include <cstdint>
#include <cstdlib>
#include <numeric>
#include <vector>

#include "stata_pydata/arrow_output.h"
#include "stata_pydata/error.h"
#include "stata_pydata/image_check.h"
#include "stata_pydata/image_columns.h"
#include "stata_pydata/image_filler.h"

namespace dta = stata_pydata::dta;

namespace {

/// Calls `use` and takes an Error for an answer.
template <typename Use>
bool answered(const Use& use) {
  try {
    use();
    return true;
  } catch (const stata_pydata::Error&) {
    return false;
  }
}

std::vector<std::int64_t> plain_variables(const dta::ImageReader& reader) {
  std::vector<std::int64_t> variables;
  for (const auto& variable : reader.schema().variables)
    if (variable.type != dta::kAlias)
      variables.push_back(&variable - reader.schema().variables.data());
  return variables;
}

void read_numbers(const dta::ImageReader& reader, std::int64_t variable) {
  const auto rows = static_cast<std::size_t>(reader.observations());
  std::vector<double> values(rows);
  std::vector<std::uint8_t> missing(rows), validity(rows / 8 + 1);
  const dta::NumberRequest request{
      variable,
      {dta::NumberForm::float64, reinterpret_cast<std::byte*>(values.data()), 8,
       missing.data(), validity.data()}};
  reader.read_numbers({&request, 1}, {.count = reader.observations()}, {.threads = 1});
  reader.any_missing(variable, {.count = reader.observations()}, {.threads = 1});
}

void read_texts(const dta::ImageReader& reader, std::int64_t variable, bool utf8) {
  const dta::RowSelection rows{
      .begin = reader.observations() - 1, .count = reader.observations(), .step = -1};
  std::vector<std::int64_t> offsets(static_cast<std::size_t>(rows.count) + 1);
  const dta::ReadOptions options{.threads = 1, .utf8 = utf8};
  if (!answered([&] { reader.text_offsets(variable, rows, offsets.data(), options); }))
    return;
  std::vector<char> bytes(static_cast<std::size_t>(offsets.back()));
  reader.read_texts(variable, rows, offsets.data(), bytes.data(), options);
}

void read_arrow(const std::shared_ptr<const dta::ImageReader>& reader, bool views) {
  dta::ArrowOutputOptions options;
  options.value_labels = true;
  options.text_views = views;
  options.batch_rows = 7;
  options.read.threads = 1;
  ArrowArrayStream stream;
  if (!answered([&] {
        dta::export_arrow(reader, plain_variables(*reader),
                          {.count = reader->observations()}, options, &stream);
      }))
    return;
  ArrowSchema schema;
  if (stream.get_schema(&stream, &schema) == 0) schema.release(&schema);
  for (int batches = 0; batches < 100; ++batches) {
    ArrowArray batch;
    if (stream.get_next(&stream, &batch) != 0 || !batch.release) break;
    batch.release(&batch);
  }
  stream.release(&stream);
}

/// What is written of an image that reads passes the verifier.
void write_again(const dta::ImageReader& reader) {
  const auto variables = plain_variables(reader);
  std::vector<std::byte> image;
  const bool written = answered([&] {
    const auto columns = dta::columns_of(reader, variables);
    dta::WriteOptions options;
    options.threads = 1;
    options.share_strls = dta::StrlSharing::equal;
    const auto plan =
        dta::plan_image(dta::schema_of(reader, variables), columns, options);
    image.resize(static_cast<std::size_t>(plan->image_bytes()));
    dta::write_image(*plan, image.data(), options);
  });
  if (!written) return;
  const dta::ImageReader again(image);
  if (again.observations() != reader.observations()) std::abort();
}

void look_at(std::span<const std::byte> bytes) {
  const auto reader = std::make_shared<const dta::ImageReader>(bytes);
  // Variables without cells allow any number of rows, which no memory holds.
  if (reader->observations() > static_cast<std::int64_t>(bytes.size())) return;
  for (const std::int64_t variable : plain_variables(*reader)) {
    const auto& type =
        reader->schema().variables[static_cast<std::size_t>(variable)].type;
    if (type.is_numeric()) {
      read_numbers(*reader, variable);
    } else if (reader->observations() > 0) {
      read_texts(*reader, variable, false);
      read_texts(*reader, variable, true);
    }
  }
  for (const bool views : {false, true}) read_arrow(reader, views);
  write_again(*reader);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span<const std::byte> bytes(reinterpret_cast<const std::byte*>(data), size);
  dta::check_image(bytes, 1);
  answered([&] { look_at(bytes); });
  std::vector<std::byte> copy(bytes.begin(), bytes.end());
  answered([&] { dta::ImageFiller filler(copy); });
  return 0;
}
