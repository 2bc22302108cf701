#include "limits.h"

#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "stata_pydata/parallel.h"

namespace bench {
namespace {

using stata_pydata::for_row_blocks;

constexpr std::int64_t kBlockBytes = 1 << 20;  // is written at once, fits L2
constexpr std::int64_t kPartBytes = 16 << 10;  // is transposed at once, fits L1

template <std::int64_t kWidth>
void move_cells(const std::byte* from, std::int64_t from_stride, std::byte* to,
                std::int64_t to_stride, std::int64_t count) {
  for (std::int64_t i = 0; i < count; ++i)
    std::memcpy(to + i * to_stride, from + i * from_stride, kWidth);
}

void move_cells_of(std::int64_t width, const std::byte* from, std::int64_t from_stride,
                   std::byte* to, std::int64_t to_stride, std::int64_t count) {
  if (width == 1) return move_cells<1>(from, from_stride, to, to_stride, count);
  if (width == 2) return move_cells<2>(from, from_stride, to, to_stride, count);
  if (width == 4) return move_cells<4>(from, from_stride, to, to_stride, count);
  move_cells<8>(from, from_stride, to, to_stride, count);
}

std::int64_t rows_in(const Table& table, std::int64_t bytes) {
  return std::max<std::int64_t>(1, bytes / table.row_bytes);
}

/// Calls use(begin, end) for small parts of rows [begin, end).
template <typename Use>
void for_parts(const Table& table, std::int64_t begin, std::int64_t end, const Use& use) {
  const std::int64_t rows = rows_in(table, kPartBytes);
  for (std::int64_t at = begin; at < end; at += rows) use(at, std::min(end, at + rows));
}

void transpose(const Table& table, std::int64_t begin, std::int64_t end, std::byte* to) {
  for_parts(table, begin, end, [&](std::int64_t first, std::int64_t last) {
    std::byte* cell = to + (first - begin) * table.row_bytes;
    for (const auto& column : table.plain) {
      move_cells_of(column.width, column.values + first * column.width, column.width,
                    cell, table.row_bytes, last - first);
      cell += column.width;
    }
  });
}

std::byte* scratch() {
  thread_local auto memory = std::make_unique<std::byte[]>(kBlockBytes);
  return memory.get();
}

void pwrite_all(int fd, const std::byte* from, std::int64_t bytes, std::int64_t offset) {
  const auto size = static_cast<std::size_t>(bytes);
  if (::pwrite(fd, from, size, offset) != static_cast<ssize_t>(size))
    throw std::runtime_error("pwrite failed");
}

template <typename Fill>
void write_blocks(const Table& table, int fd, int threads, const Fill& fill) {
  for_row_blocks(table.rows, rows_in(table, kBlockBytes), threads,
                 [&](std::int64_t begin, std::int64_t end) {
                   fill(begin, end);
                   pwrite_all(fd, scratch(), (end - begin) * table.row_bytes,
                              begin * table.row_bytes);
                 });
}

}  // namespace

void transpose_and_pwrite(const Table& table, int fd, int threads) {
  write_blocks(table, fd, threads, [&](std::int64_t begin, std::int64_t end) {
    transpose(table, begin, end, scratch());
  });
}

void pwrite_only(const Table& table, int fd, int threads) {
  write_blocks(table, fd, threads, [](std::int64_t, std::int64_t) {});
}

void gather(const Table& table, const std::byte* cells, std::byte* to, int threads) {
  const auto part = [&](std::int64_t first, std::int64_t last) {
    const std::byte* cell = cells + first * table.row_bytes;
    std::byte* values = to;
    for (const auto& column : table.plain) {
      move_cells_of(column.width, cell, table.row_bytes, values + first * column.width,
                    column.width, last - first);
      cell += column.width;
      values += table.rows * column.width;
    }
  };
  for_row_blocks(
      table.rows, rows_in(table, kBlockBytes), threads,
      [&](std::int64_t begin, std::int64_t end) { for_parts(table, begin, end, part); });
}

void copy(const std::byte* from, std::byte* to, std::int64_t bytes, int threads) {
  for_row_blocks(bytes, kBlockBytes, threads, [&](std::int64_t begin, std::int64_t end) {
    std::memcpy(to + begin, from + begin, static_cast<std::size_t>(end - begin));
  });
}

}  // namespace bench
