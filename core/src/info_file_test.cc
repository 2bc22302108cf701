#include "stata_pydata/info_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "doctest/doctest.h"
#include "stata_pydata/error.h"
#include "test_errors.h"

using namespace stata_pydata;
namespace fs = std::filesystem;

namespace {

class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "info_file_test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
    path_ = name;
  }
  ~Folder() { fs::remove_all(path_); }
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(path_), fs::directory_iterator()));
  }

 private:
  fs::path path_;
};

std::string text_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

void put(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

SegmentRecord record(const std::string& name) {
  return {-16973823, 32769, SegmentType::float_, 3, name};
}

const std::string kLine = "-16973823\t32769\t1\t3\t";

unsigned mode(const std::string& path) {
  struct stat state{};
  ::stat(path.c_str(), &state);
  return state.st_mode & 07777u;
}

}  // namespace

TEST_CASE("a record's line is the original's, and reads back") {
  CHECK(format_record(record("x y")) == kLine + "x y\n");
  for (const std::string& name :
       std::vector<std::string>{"x", "", "größe", "a b", " x "}) {
    const auto records = parse_info(format_record(record(name)), "f");
    REQUIRE(records.size() == 1);
    CHECK(records[0].key == -16973823);
    CHECK(records[0].id == 32769);
    CHECK(records[0].type == SegmentType::float_);
    CHECK(records[0].elements == 3);
    CHECK(records[0].name == name);
  }
  for (const std::string& name : {std::string("a\tb"), std::string("a\nb"),
                                  std::string("a\r"), std::string("a\0b", 3)})
    CHECK(message(Fault::invalid, [&] {
            format_record(record(name));
          }).find("tab, a line end or a NUL") != std::string::npos);
}

TEST_CASE("line ends: LF, CR LF, none at the end") {
  const auto records = parse_info("1\t2\t0\t3\ta\r\n4\t5\t2\t6\tb", "f");
  REQUIRE(records.size() == 2);
  CHECK(records[0].name == "a");
  CHECK(records[1].type == SegmentType::long_);
  CHECK(records[1].name == "b");
}

TEST_CASE("a malformed line is named with its number and what was expected") {
  const auto parse = [](const std::string& text) {
    return message(Fault::invalid, [&] { parse_info(text, "info.txt"); });
  };
  const std::string good = kLine + "x\n";
  CHECK(parse("") == "info.txt is empty: it names no segments");
  CHECK(parse(good + "\n") == "info.txt, line 2: the line is empty; remove it");
  CHECK(parse(good + kLine + "x\ty\n").find("line 2") != std::string::npos);
  CHECK(parse(kLine + "x\ty\n").find("found 6") != std::string::npos);
  CHECK(parse("1x\t2\t0\t3\ta") ==
        "info.txt, line 1: expected a key (a whole number of 32 bits), found '1x'");
  CHECK(parse("2147483648\t2\t0\t3\ta").find("expected a key") != std::string::npos);
  CHECK(parse("\t2\t0\t3\ta").find("found ''") != std::string::npos);
  CHECK(parse("1\t-2\t0\t3\ta").find("expected a segment id") != std::string::npos);
  CHECK(parse("1\t2\t3\t3\ta").find("expected a type code") != std::string::npos);
  CHECK(parse("1\t2\t0\t-1\ta").find("expected a number of elements") !=
        std::string::npos);
  CHECK(parse("1\t2\t0\t9223372036854775807\ta").find("number of elements") !=
        std::string::npos);
  CHECK(parse("1\t2\t0\t 3\ta").find("found ' 3'") != std::string::npos);
  CHECK(parse(std::string("1\t2\t0\t3\ta\0b", 11)).find("NUL") != std::string::npos);
  CHECK(parse(std::string(100000, '\x01')).size() < 300);
}

TEST_CASE("every prefix of a good file is read or refused, never worse") {
  const std::string text = kLine + "x\r\n" + kLine + "größe\n";
  for (std::size_t size = 0; size < text.size(); ++size) {
    try {
      const auto records = parse_info(std::string(text, 0, size), "f");
      CHECK(records.size() == (size <= kLine.size() + 3 ? 1 : 2));
    } catch (const Error& error) {
      CHECK(error.fault() == Fault::invalid);
    }
  }
}

TEST_CASE("append makes the file, adds lines, ends an unfinished one") {
  const Folder folder;
  const std::string path = folder / "info.txt";
  append_info(path, record("a"));
  CHECK(text_of(path) == kLine + "a\n");
  append_info(path, record("b"));
  CHECK(read_info(path).size() == 2);
  put(path, kLine + "a");
  append_info(path, record("b"));
  CHECK(text_of(path) == kLine + "a\n" + kLine + "b\n");
  CHECK_THROWS_AS(append_info(path, record("c\n")), Error);
  CHECK(read_info(path).size() == 2);
}

TEST_CASE("append waits for the lock, and the wait can be given up") {
  const Folder folder;
  const std::string path = folder / "info.txt";
  put(path, "");
  const int holder = ::open(path.c_str(), O_RDONLY);
  REQUIRE(::flock(holder, LOCK_EX) == 0);
  const auto give_up = [] { throw std::runtime_error("given up"); };
  CHECK_THROWS_AS(append_info(path, record("a"), give_up), std::runtime_error);
  CHECK_THROWS_AS(replace_info(path, {record("a")}, give_up), std::runtime_error);
  CHECK(text_of(path).empty());
  int polls = 0;
  append_info(path, record("a"), [&] {
    if (++polls == 3) ::flock(holder, LOCK_UN);
  });
  ::close(holder);
  CHECK(polls == 3);
  CHECK(text_of(path) == kLine + "a\n");
}

TEST_CASE("an append that waited while the file was replaced goes to the new file") {
  const Folder folder;
  const std::string path = folder / "info.txt", next = folder / "next";
  put(path, kLine + "old\n");
  const int holder = ::open(path.c_str(), O_RDONLY);
  REQUIRE(::flock(holder, LOCK_EX) == 0);
  bool replaced = false;
  append_info(path, record("added"), [&] {
    if (replaced) return;
    replaced = true;
    put(next, kLine + "new\n");
    fs::rename(next, path);
    ::flock(holder, LOCK_UN);
  });
  ::close(holder);
  CHECK(text_of(path) == kLine + "new\n" + kLine + "added\n");
}

TEST_CASE("replace keeps the permissions and leaves nothing beside the file") {
  const Folder folder;
  const std::string path = folder / "info.txt";
  replace_info(path, {record("a"), record("b")});
  CHECK(text_of(path) == kLine + "a\n" + kLine + "b\n");
  ::chmod(path.c_str(), 0640);
  replace_info(path, {record("c")});
  CHECK(text_of(path) == kLine + "c\n");
  CHECK(mode(path) == 0640);
  CHECK(folder.files() == 1);
  CHECK_THROWS_AS(replace_info(path, {record("a"), record("d\t")}), Error);
  CHECK(text_of(path) == kLine + "c\n");
  CHECK(folder.files() == 1);
}

TEST_CASE("replace follows symbolic links, dangling ones too") {
  const Folder folder;
  fs::create_symlink("middle", folder / "link");
  fs::create_symlink(folder / "real", folder / "middle");
  for (const std::string& name : std::vector<std::string>{"a", "b"}) {
    replace_info(folder / "link", {record(name)});
    CHECK(fs::is_symlink(folder / "link"));
    CHECK(text_of(folder / "real") == kLine + name + "\n");
  }
  fs::create_symlink("loop", folder / "loop");
  CHECK_THROWS_AS(replace_info(folder / "loop", {record("a")}), Error);
}

TEST_CASE("what is no file is refused") {
  const Folder folder;
  CHECK(message(Fault::not_found, [&] {
          read_info(folder / "none.txt");
        }).find("none.txt") != std::string::npos);
  CHECK(message(Fault::not_found, [&] {
          append_info(folder / "no/x", record("a"));
        }).find("no/x") != std::string::npos);
  CHECK(message(Fault::not_found, [&] {
          replace_info(folder / "no/x", {record("a")});
        }).find("no/x") != std::string::npos);
  REQUIRE(::mkfifo((folder / "fifo").c_str(), 0600) == 0);
  for (const std::string& name : std::vector<std::string>{"fifo", "."}) {
    CHECK_THROWS_AS(read_info(folder / name), Error);
    CHECK_THROWS_AS(append_info(folder / name, record("a")), Error);
    CHECK_THROWS_AS(replace_info(folder / name, {record("a")}), Error);
  }
  put(folder / "large", "x");
  fs::resize_file(folder / "large", (64 << 20) + 1);
  CHECK(message(Fault::invalid, [&] {
          read_info(folder / "large");
        }).find("more than 64 MB") != std::string::npos);
}

TEST_CASE("a device is no info file") {
  CHECK(message(Fault::invalid, [] {
          append_info("/dev/full", record("a"));
        }).find("not a regular file") != std::string::npos);
}
