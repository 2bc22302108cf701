#include "stata_pydata/parallel.h"

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

#include "doctest/doctest.h"

using stata_pydata::choose_threads;
using stata_pydata::for_row_blocks;

namespace {

/// Waits until `ready` or for a time that no healthy run takes.
template <typename Ready>
void wait_for(Ready ready) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!ready() && std::chrono::steady_clock::now() < end)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

}  // namespace

TEST_CASE("threads: what was asked for, within reason; few rows are not worth one") {
  CHECK(choose_threads(0, 0) == 1);
  CHECK(choose_threads(0, 1000) == 1);
  CHECK(choose_threads(0, 1 << 30) >= 1);
  CHECK(choose_threads(0, 1 << 30) <= 4);
  CHECK(choose_threads(3, 1000) == 3);
  CHECK(choose_threads(100000, 1 << 30) == 256);
  CHECK(choose_threads(8, 2) == 2);
  CHECK(choose_threads(8, 0) == 1);
}

TEST_CASE("the blocks cover every row once, whatever the shape") {
  for (const int threads : {0, 1, 2, 5})
    for (const std::int64_t rows : {1, 2, 63, 64, 65, 1000})
      for (const std::int64_t block : {1, 7, 64, 5000}) {
        std::vector<int> touched(static_cast<std::size_t>(rows), 0);
        CHECK(for_row_blocks(rows, block, threads, [&](auto begin, auto end) {
          if (end - begin > block) return;
          for (; begin < end; ++begin) ++touched[static_cast<std::size_t>(begin)];
        }));
        CHECK(touched == std::vector<int>(static_cast<std::size_t>(rows), 1));
      }
  CHECK(for_row_blocks(0, 10, 4, [](auto, auto) { FAIL("no rows"); }));
}

TEST_CASE("several threads take part") {
  std::atomic<int> inside{0}, met{0};
  for_row_blocks(2, 1, 2, [&](auto, auto) {
    ++inside;
    wait_for([&] { return inside == 2; });
    if (inside == 2) ++met;
    wait_for([&] { return met == 2; });
    --inside;
  });
  CHECK(met == 2);
}

TEST_CASE("an exception of the work reaches the caller and ends the run") {
  std::atomic<int> begun{0};
  const auto work = [&](std::int64_t begin, std::int64_t) {
    ++begun;
    if (begin == 0) throw std::runtime_error("row 0");
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  };
  CHECK_THROWS_WITH_AS(for_row_blocks(100000, 1, 3, work), "row 0", std::runtime_error);
  CHECK(begun < 100000);
}

TEST_CASE("stop is asked on the calling thread and ends the run") {
  const auto caller = std::this_thread::get_id();
  std::atomic<int> begun{0};
  int asked = 0;
  const bool done = for_row_blocks(
      100000, 1, 2,
      [&](auto, auto) {
        ++begun;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      },
      [&] {
        CHECK(std::this_thread::get_id() == caller);
        return ++asked == 3;
      });
  CHECK_FALSE(done);
  CHECK(asked == 3);
  CHECK(begun < 100000);
}

TEST_CASE("stop is asked while the caller only waits") {
  const auto caller = std::this_thread::get_id();
  std::atomic<bool> helped{false};
  std::atomic<int> asked{0};
  for_row_blocks(
      2, 1, 2,
      [&](auto, auto) {
        if (std::this_thread::get_id() == caller) {
          wait_for([&] { return helped.load(); });
        } else {
          helped = true;
          wait_for([&] { return asked >= 4; });
        }
      },
      [&] {
        ++asked;
        return false;
      });
  CHECK(helped);
  CHECK(asked >= 4);
}

TEST_CASE("an exception of stop reaches the caller after the threads are joined") {
  CHECK_THROWS_AS(for_row_blocks(
                      1000, 1, 2, [](auto, auto) {},
                      []() -> bool { throw std::runtime_error("interrupted"); }),
                  std::runtime_error);
}
