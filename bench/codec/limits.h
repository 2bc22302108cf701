// What the machine allows: the plainest loops that move the same bytes, on the same
// threads. Nothing is checked, nothing is converted.
#pragma once

#include <cstddef>
#include <cstdint>

#include "table.h"

namespace bench {

/// Transposes blocks of rows into scratch memory that fits the cache, each then written
/// to the file by pwrite.
void transpose_and_pwrite(const Table& table, int fd, int threads);
/// The pwrite alone.
void pwrite_only(const Table& table, int fd, int threads);
/// Gathers every variable of rows that lie end to end at `cells` into packed memory, one
/// variable behind the other.
void gather(const Table& table, const std::byte* cells, std::byte* to, int threads);
void copy(const std::byte* from, std::byte* to, std::int64_t bytes, int threads);

}  // namespace bench
