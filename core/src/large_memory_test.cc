#include "stata_pydata/large_memory.h"

#include <cstring>

#include "doctest/doctest.h"

namespace stata_pydata {

TEST_CASE("large memory is kept for the next of its size, small memory is not") {
  release_kept_memory();
  const std::int64_t bytes = kLargeMemory + 5;
  std::byte* first = take_memory(bytes);
  CHECK(reinterpret_cast<std::uintptr_t>(first) % (2 << 20) == 0);
  std::memset(first, 1, static_cast<std::size_t>(bytes));
  give_memory(first, bytes);
  CHECK(kept_memory() == 3 * (2 << 20));

  std::byte* other = take_memory(4 * bytes);
  CHECK(other != first);
  std::byte* again = take_memory(bytes + 1);
  CHECK(again == first);
  CHECK(kept_memory() == 0);
  give_memory(again, bytes + 1);
  give_memory(other, 4 * bytes);
  release_kept_memory();
  CHECK(kept_memory() == 0);

  std::byte* small = take_memory(100);
  give_memory(small, 100);
  CHECK(kept_memory() == 0);
}

TEST_CASE("more than a gigabyte is not kept") {
  release_kept_memory();
  const std::int64_t bytes = std::int64_t{300} << 20;
  std::byte* blocks[5];
  for (auto& block : blocks) block = take_memory(bytes);
  for (auto* block : blocks) give_memory(block, bytes);
  CHECK(kept_memory() <= std::int64_t{1} << 30);
  release_kept_memory();
}

}  // namespace stata_pydata
