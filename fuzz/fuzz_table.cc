// Any table through the writer: what it takes, the reader gives back cell for cell and
// the verifier finds no fault with; what it refuses is an Error.
#include <cmath>
#include <cstdlib>
#include <list>
#include <string>
#include <vector>

#include "byte_source.h"
#include "stata_pydata/error.h"
#include "stata_pydata/image_check.h"
#include "stata_pydata/image_reader.h"
#include "stata_pydata/image_writer.h"
#include "stata_pydata/missing.h"

namespace dta = stata_pydata::dta;

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

/// A table made of the input, and the cells that its image must have.
struct Table {
  dta::Schema schema;
  std::vector<dta::InputVariable> variables;
  std::list<std::vector<double>> numbers;
  std::list<std::vector<std::string>> texts;
  std::list<std::vector<dta::TextSlice>> slices;
  std::vector<const std::vector<double>*> expected_numbers;
  std::vector<const std::vector<std::string>*> expected_texts;
};

double any_number(ByteSource& in) {
  switch (in.up_to(4)) {
    case 0:
      return in.take<std::int8_t>();
    case 1:
      return in.take<std::int32_t>();
    case 2:
      return in.take<float>();
    case 3:
      return dta::double_nan(static_cast<int>(in.up_to(26)));
    default:
      return in.take<double>();
  }
}

dta::VariableType any_type(ByteSource& in) {
  const dta::VariableType types[] = {dta::kByte,
                                     dta::kInt,
                                     dta::kLong,
                                     dta::kFloat,
                                     dta::kDouble,
                                     dta::kStrl,
                                     dta::str_type(static_cast<int>(in.up_to(40)))};
  return types[in.up_to(std::size(types) - 1)];
}

void add_variable(Table& table, ByteSource& in, std::size_t rows) {
  dta::Variable variable;
  variable.name = in.up_to(9) == 0 ? in.text(40)
                                   : "v" + std::to_string(table.schema.variables.size());
  if (in.up_to(3) == 0) variable.label = in.text(90);
  if (in.up_to(7) == 0) variable.format = "%" + in.text(6);
  if (in.up_to(3) == 0) variable.value_label = "set" + std::to_string(in.up_to(2));
  variable.type = any_type(in);
  dta::InputVariable input;
  input.rule = static_cast<dta::TypeRule>(in.up_to(2));
  input.out_of_range = static_cast<dta::OutOfRange>(in.up_to(1));
  if (in.up_to(2) == 0) {
    auto& texts = table.texts.emplace_back();
    auto& slices = table.slices.emplace_back();
    for (std::size_t i = 0; i < rows; ++i) texts.push_back(in.text(50));
    for (const auto& text : texts) slices.emplace_back(text);
    auto column = dta::column_of(std::span<const dta::TextSlice>(slices));
    column.binary = in.up_to(4) == 0;
    input.column = column;
    table.expected_texts.push_back(&texts);
    table.expected_numbers.push_back(nullptr);
  } else {
    auto& numbers = table.numbers.emplace_back();
    for (std::size_t i = 0; i < rows; ++i) numbers.push_back(any_number(in));
    input.column = dta::column_of(numbers);
    table.expected_numbers.push_back(&numbers);
    table.expected_texts.push_back(nullptr);
  }
  table.schema.variables.push_back(std::move(variable));
  table.variables.push_back(std::move(input));
}

void add_metadata(Table& table, ByteSource& in) {
  const int releases[] = {0, 117, 118, 119};
  table.schema.release = releases[in.up_to(3)];
  if (in.up_to(3) == 0) table.schema.data_label = in.text(90);
  if (in.up_to(7) == 0) table.schema.timestamp = in.text(20);
  for (std::size_t sets = in.up_to(2); sets > 0; --sets) {
    dta::ValueLabelSet set{"set" + std::to_string(sets), {}};
    for (std::size_t entries = in.up_to(5); entries > 0; --entries)
      set.entries.push_back({in.take<std::int32_t>() >> in.up_to(31), in.text(20)});
    table.schema.value_labels.push_back(std::move(set));
  }
  for (std::size_t items = in.up_to(3); items > 0; --items)
    table.schema.characteristics.push_back(
        {in.up_to(1) ? "_dta" : "v0", in.up_to(1) ? "note" + std::to_string(items) : "c",
         in.text(60)});
  for (std::size_t keys = in.up_to(2); keys > 0; --keys)
    table.schema.sorted_by.push_back(static_cast<std::int32_t>(in.up_to(4)));
}

bool same(double written, double read, bool as_float, bool may_be_missing) {
  if (as_float) written = static_cast<float>(written);
  if (std::isnan(read)) {
    const auto number = [](double nan) {
      return dta::missing_of_nan(std::bit_cast<std::uint64_t>(nan));
    };
    return std::isnan(written) ? number(written) == number(read) : may_be_missing;
  }
  return written == read;
}

void check_numbers(const dta::ImageReader& reader, std::int64_t variable,
                   const std::vector<double>& expected, bool may_be_missing) {
  std::vector<double> read(expected.size());
  const dta::NumberRequest request{
      variable, {dta::NumberForm::float64, reinterpret_cast<std::byte*>(read.data()), 8}};
  reader.read_numbers({&request, 1}, {.count = reader.observations()});
  const bool as_float =
      reader.schema().variables[static_cast<std::size_t>(variable)].type == dta::kFloat;
  for (std::size_t i = 0; i < read.size(); ++i)
    demand(same(expected[i], read[i], as_float, may_be_missing));
}

void check_texts(const dta::ImageReader& reader, std::int64_t variable,
                 const std::vector<std::string>& expected) {
  for (std::size_t i = 0; i < expected.size(); ++i)
    demand(reader.text(variable, static_cast<std::int64_t>(i)).bytes == expected[i]);
}

void check(const Table& table, std::span<const std::byte> image) {
  demand(dta::check_image(image, 1).passed());
  const dta::ImageReader reader(image);
  for (std::size_t k = 0; k < table.variables.size(); ++k) {
    const auto variable = static_cast<std::int64_t>(k);
    if (const auto* numbers = table.expected_numbers[k])
      check_numbers(reader, variable, *numbers,
                    table.variables[k].out_of_range == dta::OutOfRange::missing);
    else
      check_texts(reader, variable, *table.expected_texts[k]);
    demand(reader.schema().variables[k].label == table.schema.variables[k].label);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ByteSource in(data, size);
  Table table;
  const std::size_t rows = in.up_to(20);
  add_metadata(table, in);
  for (std::size_t k = in.up_to(5); k > 0; --k) add_variable(table, in, rows);
  std::vector<std::byte> image;
  try {
    dta::WriteOptions options;
    options.threads = 1;
    options.share_strls = static_cast<dta::StrlSharing>(in.up_to(2));
    const auto plan = dta::plan_image(table.schema, table.variables, options);
    image.resize(static_cast<std::size_t>(plan->image_bytes()), std::byte{0xEE});
    dta::write_image(*plan, image.data(), options);
  } catch (const stata_pydata::Error&) {
    return 0;
  }
  check(table, image);
  return 0;
}
