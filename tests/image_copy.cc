// For test_identity.py: reads an image and writes it again, in its own release.
//   image_copy cells IN.dta OUT.dta    copies cells
//   image_copy values IN.dta OUT.dta   decodes every cell and encodes it again
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <exception>
#include <fstream>
#include <iterator>
#include <list>
#include <string>
#include <vector>

#include "stata_pydata/image_columns.h"

namespace dta = stata_pydata::dta;

namespace {

/// Columns of decoded values, and the memory that they lie in.
class Decoded {
 public:
  explicit Decoded(const dta::ImageReader& reader) : reader_(reader) {
    const auto count = static_cast<std::int64_t>(reader.schema().variables.size());
    for (std::int64_t k = 0; k < count; ++k) add(k);
  }
  const std::vector<dta::InputVariable>& columns() const { return columns_; }

 private:
  void add(std::int64_t variable) {
    const auto type = reader_.schema().variables[static_cast<std::size_t>(variable)].type;
    dta::InputVariable column;
    column.rule = dta::TypeRule::declared;
    if (type.is_text())
      column.column = texts(variable);
    else if (type == dta::kFloat)
      column.column = numbers<float>(variable, dta::NumberForm::float32);
    else
      column.column = numbers<double>(variable, dta::NumberForm::float64);
    columns_.push_back(std::move(column));
  }

  template <typename Number>
  dta::InputColumn numbers(std::int64_t variable, dta::NumberForm form) {
    auto& bytes = memory_.emplace_back(static_cast<std::size_t>(reader_.observations()) *
                                       sizeof(Number));
    const dta::NumberRequest request{variable, {form, bytes.data(), sizeof(Number)}};
    reader_.read_numbers({&request, 1}, {.count = reader_.observations()});
    stata_pydata::Chunk chunk;
    chunk.values = bytes.data();
    chunk.stride = sizeof(Number);
    chunk.count = reader_.observations();
    return stata_pydata::Column{"", dta::element_type<Number>(), {chunk}};
  }

  dta::InputColumn texts(std::int64_t variable) {
    const dta::RowSelection rows{.count = reader_.observations()};
    auto& offsets = memory_.emplace_back((static_cast<std::size_t>(rows.count) + 1) * 8);
    auto* ends = reinterpret_cast<std::int64_t*>(offsets.data());
    reader_.text_offsets(variable, rows, ends);
    auto& bytes = memory_.emplace_back(static_cast<std::size_t>(ends[rows.count]));
    auto* text = reinterpret_cast<char*>(bytes.data());
    reader_.read_texts(variable, rows, ends, text);
    dta::TextChunk chunk;
    chunk.form = dta::TextForm::offsets64;
    chunk.values = offsets.data();
    chunk.bytes = text;
    chunk.count = rows.count;
    return dta::TextColumn{false, {chunk}};
  }

  const dta::ImageReader& reader_;
  std::list<std::vector<std::byte>> memory_;
  std::vector<dta::InputVariable> columns_;
};

void write(const dta::ImageReader& reader, const std::vector<dta::InputVariable>& columns,
           const char* path) {
  dta::WriteOptions options;
  options.share_strls = dta::StrlSharing::same_memory;
  const auto plan = dta::plan_image(reader.schema(), columns, options);
  const int file = ::open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  dta::write_image(*plan, file);
  ::close(file);
}

}  // namespace

int main(int count, char** arguments) try {
  if (count != 4) return 2;
  std::ifstream file(arguments[2], std::ios::binary);
  const std::string image{std::istreambuf_iterator<char>(file), {}};
  const dta::ImageReader reader(std::as_bytes(std::span(image)));
  if (std::strcmp(arguments[1], "cells") == 0)
    write(reader, dta::columns_of(reader), arguments[3]);
  else
    write(reader, Decoded(reader).columns(), arguments[3]);
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
