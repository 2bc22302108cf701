// For codec.py, which calls it through ctypes and keeps the clock: every contender is a
// function that does its work once. Where one fails it returns 1.
#include <sys/mman.h>

#include <cstring>
#include <exception>

#include "limits.h"
#include "stata_pydata/image_reader.h"
#include "table.h"

namespace {

namespace dta = stata_pydata::dta;
using bench::Table;

dta::NumberForm form_of(dta::Storage storage) {
  constexpr dta::NumberForm forms[] = {dta::NumberForm::int8, dta::NumberForm::int16,
                                       dta::NumberForm::int32, dta::NumberForm::float32,
                                       dta::NumberForm::float64};
  return forms[static_cast<int>(storage)];
}

std::span<const std::byte> span_of(const std::byte* image, std::int64_t bytes) {
  return {image, static_cast<std::size_t>(bytes)};
}

template <typename Work>
int caught(const Work& work) {
  try {
    return work() ? 0 : 1;
  } catch (const std::exception&) {
    return 1;
  }
}

bool read_numbers(const dta::ImageReader& reader, std::byte* to,
                  const dta::ReadOptions& options) {
  std::vector<dta::NumberRequest> requests;
  for (const auto& variable : reader.schema().variables) {
    const auto k = static_cast<std::int64_t>(requests.size());
    requests.push_back({k, {form_of(variable.type.storage), to, variable.type.width}});
    to += reader.observations() * variable.type.width;
  }
  return reader.read_numbers(requests, {.count = reader.observations()}, options);
}

bool read_texts(const dta::ImageReader& reader, std::byte* to,
                const dta::ReadOptions& options) {
  const dta::RowSelection rows{.count = reader.observations()};
  for (std::size_t k = 0; k < reader.schema().variables.size(); ++k) {
    const auto variable = static_cast<std::int64_t>(k);
    auto* offsets = reinterpret_cast<std::int64_t*>(to);
    auto* bytes = reinterpret_cast<char*>(offsets + rows.count + 1);
    if (!reader.text_offsets(variable, rows, offsets, options) ||
        !reader.read_texts(variable, rows, offsets, bytes, options))
      return false;
    to = reinterpret_cast<std::byte*>(bytes) + (offsets[rows.count] + 7) / 8 * 8;
  }
  return true;
}

}  // namespace

#define BENCH_API extern "C" __attribute__((visibility("default")))

BENCH_API Table* bench_table(const char* kind, std::int64_t rows, int variables) {
  return bench::make_table(kind, rows, variables).release();
}
BENCH_API void bench_free(Table* table) {
  delete table;
}
BENCH_API std::int64_t bench_row_bytes(const Table* table) {
  return table->row_bytes;
}

/// Memory that no page has been touched of, huge pages where the system gives them.
BENCH_API std::byte* bench_fresh(std::int64_t bytes) {
  const auto size = static_cast<std::size_t>(bytes);
  void* memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) return nullptr;
  ::madvise(memory, size, MADV_HUGEPAGE);
  return static_cast<std::byte*>(memory);
}
BENCH_API void bench_unmap(std::byte* memory, std::int64_t bytes) {
  ::munmap(memory, static_cast<std::size_t>(bytes));
}

// Writers: a file descriptor of an empty file. Planning is part of what a caller waits
// for.

BENCH_API int bench_write(const Table* table, const char* kernels, int threads, int fd) {
  return caught([&] {
    dta::WriteOptions options;
    options.threads = threads;
    options.kernels = dta::find_kernels(kernels);
    const auto plan = dta::plan_image(table->schema, table->variables, options);
    return dta::write_image(*plan, fd, options);
  });
}
BENCH_API int bench_plain_write(const Table* table, const char*, int threads, int fd) {
  return caught([&] { return bench::transpose_and_pwrite(*table, fd, threads), true; });
}
BENCH_API int bench_pwrite(const Table* table, const char*, int threads, int fd) {
  return caught([&] { return bench::pwrite_only(*table, fd, threads), true; });
}

// Readers: an image, and memory for all of its variables.

BENCH_API int bench_read(const Table*, const char* kernels, int threads,
                         const std::byte* image, std::int64_t bytes, std::byte* to) {
  return caught([&] {
    const dta::ImageReader reader(span_of(image, bytes));
    dta::ReadOptions options;
    options.threads = threads;
    options.kernels = dta::find_kernels(kernels);
    const bool texts = reader.schema().variables.front().type.is_text();
    return texts ? read_texts(reader, to, options) : read_numbers(reader, to, options);
  });
}
BENCH_API int bench_plain_read(const Table* table, const char*, int threads,
                               const std::byte* image, std::int64_t bytes,
                               std::byte* to) {
  return caught([&] {
    const dta::ImageReader reader(span_of(image, bytes));
    bench::gather(*table, image + reader.layout().first_cell, to, threads);
    return true;
  });
}
BENCH_API int bench_copy(const std::byte* from, std::byte* to, std::int64_t bytes,
                         int threads) {
  return caught([&] { return bench::copy(from, to, bytes, threads), true; });
}

/// The kernel table `number`; null behind the last.
BENCH_API const char* bench_kernels(int number) {
  const auto tables = dta::kernel_tables();
  const auto index = static_cast<std::size_t>(number);
  return index < tables.size() ? tables[index]->name.data() : nullptr;
}
