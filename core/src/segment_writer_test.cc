#include "stata_pydata/segment_writer.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "doctest/doctest.h"
#include "stata_pydata/error.h"
#include "stata_pydata/segment.h"
#include "stata_pydata/segment_reader.h"
#include "test_errors.h"

using namespace stata_pydata;
namespace fs = std::filesystem;

namespace {

/// Keys are global on the machine: holds one block of 32 seeds by the lock that all test
/// runs share (conftest.py), and removes what is left in it.
class Seeds {
 public:
  Seeds() {
    const fs::path folder = fs::temp_directory_path() /
                            ("stata-pydata-test-seeds-" + std::to_string(::getuid()));
    fs::create_directories(folder);
    for (;;) {
      for (int block = 7; block > 0; --block) {
        lock_ = ::open((folder / std::to_string(block)).c_str(),
                       O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        first_ = block * 32;
        if (::flock(lock_, LOCK_EX | LOCK_NB) == 0) {
          clear();
          return;
        }
        ::close(lock_);
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }
  ~Seeds() {
    clear();
    ::close(lock_);
  }

  int first() const { return first_; }
  int segments() const {
    int count = 0;
    for (int seed = first_; seed < first_ + 32; ++seed) count += id(seed) >= 0;
    return count;
  }
  static int id(int seed) { return ::shmget(::ftok("/tmp", seed), 0, 0); }

 private:
  void clear() const {
    for (int seed = first_; seed < first_ + 32; ++seed)
      if (id(seed) >= 0) ::shmctl(id(seed), IPC_RMID, nullptr);
  }

  int lock_ = -1, first_ = 0;
};

struct InfoPath {
  fs::path path =
      fs::temp_directory_path() / ("segment_writer_test-" + std::to_string(::getpid()));
  ~InfoPath() { fs::remove(path); }
  operator std::string() const { return path.string(); }
};

template <typename T>
Column column(const std::string& name, ElementType type, const std::vector<T>& values) {
  Chunk chunk;
  chunk.values = reinterpret_cast<const std::byte*>(values.data());
  chunk.stride = sizeof(T);
  chunk.count = static_cast<std::int64_t>(values.size());
  return {name, type, {chunk}};
}

template <typename Word>
std::vector<Word> words_of(const SegmentRecord& record) {
  const sysv::Attachment segment = attach_record(record);
  std::vector<Word> words(static_cast<std::size_t>(record.elements));
  copy_words(segment.data(), reinterpret_cast<std::byte*>(words.data()), record.elements,
             2);
  return words;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

using Longs = std::vector<std::int64_t>;
using Doubles = std::vector<double>;

}  // namespace

TEST_CASE("columns become segments and an info file that the reader finds whole") {
  const Seeds seeds;
  const InfoPath info;
  const Longs whole{1, -2, 3};
  const Doubles real{0.5, NAN, 1e300};
  const auto records = write_columns(
      {column("w", ElementType::int64, whole), column("r", ElementType::float64, real)},
      info, {seeds.first(), 0, {}});
  REQUIRE(records.size() == 2);
  CHECK(records[0].key == ::ftok("/tmp", seeds.first()));
  CHECK(records[1].key == ::ftok("/tmp", seeds.first() + 1));
  const auto read = read_info(info);
  REQUIRE(read.size() == 2);
  CHECK(read[0].type == SegmentType::int_);
  CHECK(read[1].type == SegmentType::float_);
  CHECK(words_of<std::int64_t>(read[0]) == whole);
  CHECK(std::isnan(words_of<double>(read[1])[1]));
  CHECK(sysv::status(static_cast<int>(read[0].id)).bytes == 24);
  CHECK(sysv::status(static_cast<int>(read[0].id)).mode == 0600);
  CHECK(sysv::status(static_cast<int>(read[0].id)).attached == 0);
}

TEST_CASE("chunks of any size, on several threads, give the column in order") {
  const Seeds seeds;
  const InfoPath info;
  Longs values(100003);
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = static_cast<std::int64_t>(i * i);
  Column chunked = column("x", ElementType::int64, values);
  const Chunk whole = chunked.chunks[0];
  chunked.chunks.clear();
  for (std::int64_t at = 0, size = 0; at < whole.count; at += size, size = size * 3 + 1) {
    Chunk part = whole;
    part.values += at * 8;
    part.count = std::min(size, whole.count - at);
    chunked.chunks.push_back(part);
  }
  const auto records = write_columns({chunked}, info, {seeds.first(), 3, {}});
  CHECK(words_of<std::int64_t>(records[0]) == values);
}

TEST_CASE("no rows: a segment of one word and no elements") {
  const Seeds seeds;
  const InfoPath info;
  const auto records = write_columns({column("x", ElementType::float64, Doubles{})}, info,
                                     {seeds.first(), 0, {}});
  CHECK(records[0].elements == 0);
  CHECK(sysv::status(static_cast<int>(records[0].id)).bytes == 8);
  CHECK(words_of<double>(records[0]).empty());
}

TEST_CASE("copying can be given up") {
  const Longs from(1000, 1);
  Longs to(1000);
  const auto copy = [&] {
    copy_words(reinterpret_cast<const std::byte*>(from.data()),
               reinterpret_cast<std::byte*>(to.data()), 1000, 2,
               [] { throw std::runtime_error("interrupted"); });
  };
  CHECK_THROWS_WITH_AS(copy(), "interrupted", std::runtime_error);
}

TEST_CASE("the plan is by value") {
  const std::vector<std::uint8_t> none{0, 0, 0}, last{0, 0, 1};
  Longs values{1, -9007199254740992, 9007199254740993};
  Column whole = column("x", ElementType::int64, values);
  Mask& mask = whole.chunks[0].mask;
  mask = {Mask::Kind::bytes, reinterpret_cast<const std::byte*>(none.data()), 1, 0};
  CHECK(plan_column(whole, 1) == SegmentType::int_);
  mask.data = reinterpret_cast<const std::byte*>(last.data());
  CHECK(plan_column(whole, 1) == SegmentType::float_);
  values[0] = -9007199254740993;
  CHECK(
      contains(message(Fault::range, [&] { plan_column(whole, 1); }),
               "column 'x', row 0 (counting from 0): -9007199254740993 is beyond 2^53"));
  std::vector<std::uint64_t> wide(100000, 9223372036854775807u);
  const Column unsigned_column = column("u", ElementType::uint64, wide);
  CHECK(plan_column(unsigned_column, 2) == SegmentType::int_);
  wide[70000] = wide[99999] = 9223372036854775808u;
  CHECK(contains(message(Fault::range, [&] { plan_column(unsigned_column, 2); }),
                 "column 'u', row 70000 (counting from 0): 9223372036854775808 is beyond "
                 "9223372036854775807"));
}

TEST_CASE("after any error no segment is left and the info file is as it was") {
  const Seeds seeds;
  const InfoPath info;
  std::ofstream(info.path) << "as it was";
  const Longs values{1, 2};
  const auto x = column("x", ElementType::int64, values);
  const auto y = column("y", ElementType::int64, values);
  const auto refused = [&](Fault fault, const std::vector<Column>& columns, int seed) {
    return message(fault, [&] { write_columns(columns, info, {seed, 1, {}}); });
  };
  CHECK(contains(refused(Fault::invalid, {}, seeds.first()), "no columns"));
  CHECK(contains(refused(Fault::invalid, {x}, 0), "1 to 255, not 0"));
  CHECK(contains(refused(Fault::invalid, {x, x}, seeds.first()), "'x' stands twice"));
  CHECK(contains(refused(Fault::invalid, {x, column("a\tb", ElementType::int64, values)},
                         seeds.first()),
                 "has a tab"));
  CHECK(refused(Fault::invalid, {x, y}, 255) ==
        "there are 2 columns, but with key_seed 255 only 1 fit: each takes one key, and "
        "the last seed is 255");
  CHECK(contains(refused(Fault::invalid, {x, column("z", ElementType::int64, Longs{1})},
                         seeds.first()),
                 "column 'z' has 1 rows and column 'x' 2"));
  CHECK(seeds.segments() == 0);
  sysv::create(::ftok("/tmp", seeds.first() + 1), 8);
  CHECK(contains(refused(Fault::exists, {x, y}, seeds.first()), "is taken by segment"));
  CHECK(seeds.segments() == 1);
  CHECK(Seeds::id(seeds.first()) == -1);
  std::string text;
  std::getline(std::ifstream(info.path), text, '\0');
  CHECK(text == "as it was");
}

TEST_CASE("giving up, or an info file that can't be written, leaves no segment") {
  const Seeds seeds;
  const InfoPath info;
  const Doubles values{1, 2};
  const auto x = column("x", ElementType::float64, values);
  const Poll give_up = [] { throw std::runtime_error("interrupted"); };
  CHECK_THROWS_WITH_AS(write_columns({x}, info, {seeds.first(), 1, give_up}),
                       "interrupted", std::runtime_error);
  CHECK_THROWS_AS(write_columns({x}, "/nonexistent/info", {seeds.first(), 1, {}}), Error);
  CHECK_THROWS_AS(write_words(Longs{1}, SegmentType::int_, "x", "/nonexistent/info",
                              {seeds.first(), 1, {}}),
                  Error);
  CHECK(seeds.segments() == 0);
  CHECK_FALSE(fs::exists(info.path));
}

TEST_CASE("words are appended under their type; longs like doubles as int") {
  const Seeds seeds;
  const InfoPath info;
  const auto write = [&](const Longs& words, SegmentType type, int step) {
    return write_words(words, type, "v", info, {seeds.first() + step, 0, {}});
  };
  CHECK(write({1, 2}, SegmentType::int_, 0).type == SegmentType::int_);
  CHECK(write({1, 2}, SegmentType::long_, 1).type == SegmentType::long_);
  CHECK(write({0, 0x4000000000000000}, SegmentType::long_, 2).type == SegmentType::int_);
  CHECK(write({}, SegmentType::float_, 3).elements == 0);
  const auto records = read_info(info);
  REQUIRE(records.size() == 4);
  CHECK(words_of<std::int64_t>(records[2]) == Longs{0, 0x4000000000000000});
}

TEST_CASE("the reader refuses what does not fit its record") {
  const Seeds seeds;
  const InfoPath info;
  const Longs values{1, 2};
  SegmentRecord record =
      write_words(values, SegmentType::int_, "v", info, {seeds.first(), 0, {}});
  const auto refused = [&](Fault fault) {
    return message(fault, [&] { attach_record(record); });
  };
  record.elements = 3;
  CHECK(contains(refused(Fault::damaged), "has 16 bytes, too few for 3 elements"));
  record.elements = 2;
  record.key += 1;
  CHECK(contains(refused(Fault::damaged), "has the key"));
  record.key -= 1;
  sysv::Status status;
  CHECK(check_record(record, &status) == RecordState::ready);
  CHECK(status.bytes == 16);
  sysv::remove(static_cast<int>(record.id));
  CHECK(check_record(record) == RecordState::gone);
  CHECK(contains(refused(Fault::not_found), "variable 'v': segment"));
}
