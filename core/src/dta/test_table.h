// Tables for tests: columns made of vectors that they keep alive, and the image of them.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <any>
#include <cstring>
#include <list>
#include <string>
#include <vector>

#include "doctest/doctest.h"
#include "stata_pydata/image_writer.h"

namespace stata_pydata::dta {

struct TestTable {
  Schema schema;
  std::vector<InputVariable> variables;
  WriteOptions options;
  std::list<std::any> kept;

  template <typename T>
  const T& keep(T value) {
    return *std::any_cast<T>(&kept.emplace_back(std::move(value)));
  }

  InputVariable& add(const std::string& name, InputColumn column) {
    schema.variables.emplace_back().name = name;
    return variables.emplace_back(InputVariable{.column = std::move(column)});
  }

  template <typename T>
  InputVariable& add_numbers(const std::string& name, ElementType type,
                             std::vector<T> values, Mask mask = {}) {
    return add(name, numbers(type, std::move(values), mask));
  }

  template <typename T>
  Column numbers(ElementType type, std::vector<T> values, Mask mask = {}) {
    const auto& data = keep(std::move(values));
    Chunk chunk{.values = reinterpret_cast<const std::byte*>(data.data()),
                .stride = sizeof(T),
                .count = static_cast<std::int64_t>(data.size()),
                .mask = mask};
    return Column{.name = "", .type = type, .chunks = {chunk}};
  }

  InputVariable& add_texts(const std::string& name, std::vector<std::string> texts,
                           bool binary = false) {
    return add(name, TextColumn{binary, {slices(std::move(texts))}});
  }

  TextChunk slices(std::vector<std::string> texts) {
    std::vector<TextSlice> views;
    for (const auto& text : keep(std::move(texts)))
      views.emplace_back(std::string_view(text));
    return column_of(keep(std::move(views))).chunks[0];
  }

  WritePlan plan() { return std::move(*plan_image(schema, variables, options)); }
};

/// The image in memory that held something else before.
inline std::string memory_image(const WritePlan& plan, int threads = 1) {
  std::string image(static_cast<std::size_t>(plan.image_bytes()), '\xEE');
  WriteOptions options;
  options.threads = threads;
  CHECK(write_image(plan, reinterpret_cast<std::byte*>(image.data()), options));
  return image;
}

/// The image through a file.
inline std::string file_image(const WritePlan& plan, int threads = 1) {
  const int fd = ::memfd_create("image", 0);
  REQUIRE(fd >= 0);
  WriteOptions options;
  options.threads = threads;
  CHECK(write_image(plan, fd, options));
  std::string image(static_cast<std::size_t>(::lseek(fd, 0, SEEK_END)), '\0');
  CHECK(::pread(fd, image.data(), image.size(), 0) == static_cast<ssize_t>(image.size()));
  ::close(fd);
  return image;
}

/// A cell of an image as a number of type T.
template <typename T>
T cell(const WritePlan& plan, const std::string& image, std::size_t variable,
       std::int64_t row) {
  const auto& layout = plan.layout();
  T value;
  const auto at =
      layout.first_cell + row * layout.row_bytes + layout.cell_offsets[variable];
  std::memcpy(&value, image.data() + at, sizeof value);
  return value;
}

/// The bytes of a cell.
inline std::string cell_text(const WritePlan& plan, const std::string& image,
                             std::size_t variable, std::int64_t row) {
  const auto& layout = plan.layout();
  const auto at =
      layout.first_cell + row * layout.row_bytes + layout.cell_offsets[variable];
  return image.substr(static_cast<std::size_t>(at),
                      plan.schema().variables[variable].type.width);
}

}  // namespace stata_pydata::dta
