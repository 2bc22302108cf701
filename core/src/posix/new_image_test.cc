#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "dta/read_image.h"
#include "dta/test_table.h"
#include "stata_pydata/error.h"
#include "stata_pydata/image_file.h"

namespace fs = std::filesystem;
using namespace stata_pydata::posix;
using stata_pydata::ElementType;
using stata_pydata::Error;
using stata_pydata::Fault;
using namespace stata_pydata::dta;

namespace {

/// A folder in shared memory that goes with its test.
struct Folder {
  fs::path path;
  Folder() {
    std::string name = "/dev/shm/stata-pydata-test-XXXXXX";
    REQUIRE(static_cast<bool>(::mkdtemp(name.data())));
    path = name;
  }
  ~Folder() { fs::remove_all(path); }
  std::string operator/(const char* name) const { return path / name; }
  std::vector<std::string> entries() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(path))
      names.push_back(entry.path().filename());
    std::sort(names.begin(), names.end());
    return names;
  }
};

WritePlan plan_of(double value, int rows = 1000) {
  static std::list<TestTable> tables;  // plans borrow from them
  TestTable& table = tables.emplace_back();
  table.add_numbers("x", ElementType::float64,
                    std::vector<double>(static_cast<std::size_t>(rows), value));
  return table.plan();
}

bool write(const std::string& path, const WritePlan& plan, ImagePool* pool) {
  NewImage image(path, plan.image_bytes(), pool);
  REQUIRE(image.write(plan, {}));
  const bool recycled = image.recycled();
  image.publish();
  return recycled;
}

std::vector<double> read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string image{std::istreambuf_iterator<char>(file), {}};
  const ImageReader reader(std::as_bytes(std::span(image)));
  return doubles(reader, 0, all_rows(reader));
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("an image is private, and there as a whole or not at all") {
  const Folder folder;
  const auto plan = plan_of(1);
  {
    NewImage image(folder / "a.dta", plan.image_bytes(), nullptr);
    REQUIRE(image.write(plan, {}));
    CHECK(folder.entries() == Names{fs::path(image.hidden_path()).filename()});
    CHECK(image.hidden_path().find("/.a.dta.") != std::string::npos);
    struct stat status{};
    REQUIRE(::stat(image.hidden_path().c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
    image.publish();
  }
  CHECK(folder.entries() == Names{"a.dta"});
  CHECK(read(folder / "a.dta") == std::vector<double>(1000, 1));
  {
    NewImage image(folder / "a.dta", plan.image_bytes(), nullptr);
  }
  CHECK(folder.entries() == Names{"a.dta"});
}

TEST_CASE("pages of an image are filled again once it was replaced") {
  const Folder folder;
  const std::string path = folder / "a.dta";
  ImagePool pool;
  CHECK_FALSE(write(path, plan_of(1), &pool));
  CHECK_FALSE(write(path, plan_of(2), &pool));
  CHECK(pool.spare_bytes() == plan_of(1).image_bytes());
  CHECK(folder.entries().size() == 2);
  for (int value = 3; value < 9; ++value) {
    CHECK(write(path, plan_of(value, value % 2 ? 1000 : 1500), &pool));
    CHECK(read(path)[999] == value);
  }
  pool.clear();
  CHECK(pool.spare_bytes() == 0);
  CHECK(folder.entries() == Names{"a.dta"});
  CHECK_FALSE(write(path, plan_of(9), &pool));
}

TEST_CASE("pages that somebody has open are left alone") {
  const Folder folder;
  const std::string path = folder / "a.dta";
  ImagePool pool;
  write(path, plan_of(1), &pool);
  const int reader = ::open(path.c_str(), O_RDONLY);
  const auto size = static_cast<std::size_t>(plan_of(1).image_bytes());
  void* mapping = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, reader, 0);
  ::close(reader);
  write(path, plan_of(2), &pool);
  CHECK_FALSE(write(path, plan_of(3), &pool));
  CHECK(write(path, plan_of(4), &pool));  // on the pages of 2
  const ImageReader old({static_cast<const std::byte*>(mapping), size});
  CHECK(doubles(old, 0, all_rows(old)) == std::vector<double>(1000, 1));
  ::munmap(mapping, size);
}

TEST_CASE("an image of somebody else's is replaced, not recycled") {
  const Folder folder;
  const std::string path = folder / "a.dta";
  ImagePool pool;
  write(path, plan_of(1), &pool);
  fs::remove(path);
  std::ofstream(path) << "another's";
  CHECK_FALSE(write(path, plan_of(2), &pool));
  CHECK_FALSE(write(path, plan_of(3), &pool));
  CHECK(read(path)[0] == 3);
  pool.clear();
  CHECK(folder.entries() == Names{"a.dta"});
}

TEST_CASE("a child that was forked leaves its parent's pages alone") {
  const Folder folder;
  const std::string path = folder / "a.dta";
  ImagePool pool;
  write(path, plan_of(1), &pool);
  write(path, plan_of(2), &pool);
  const pid_t child = ::fork();
  if (child == 0) {
    const bool recycled = write(path, plan_of(3), &pool);
    pool.clear();
    ::_exit(recycled ? 1 : 0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(status == 0);
  CHECK(read(path)[0] == 3);
  write(path, plan_of(4), &pool);
  CHECK(read(path)[0] == 4);
}

TEST_CASE("a writer that is killed leaves a hidden file that nobody locks") {
  const Folder folder;
  const auto plan = plan_of(1);
  const pid_t child = ::fork();
  if (child == 0) {
    NewImage image(folder / "a.dta", plan.image_bytes(), nullptr);
    image.write(plan, {});
    ::raise(SIGKILL);
  }
  ::waitpid(child, nullptr, 0);
  REQUIRE(folder.entries().size() == 1);
  const int left = ::open((folder / folder.entries()[0].c_str()).c_str(), O_RDWR);
  CHECK(is_ours_alone(left));
  ::close(left);
  NewImage next(folder / "a.dta", plan.image_bytes(), nullptr);
  CHECK(folder.entries().size() == 2);
}

TEST_CASE("an anonymous image is found by its name while its owner keeps it") {
  const Folder folder;
  const auto plan = plan_of(7);
  NewImage image(folder / "a.dta", plan.image_bytes(), nullptr, ImageKind::anonymous);
  REQUIRE(image.write(plan, {}));
  const int keeper = image.publish();
  CHECK(fs::is_symlink(folder / "a.dta"));
  CHECK(read(folder / "a.dta")[999] == 7);
  ::close(keeper);
  CHECK_FALSE(fs::exists(folder / "a.dta"));
}

TEST_CASE("what is in the way is named") {
  const Folder folder;
  fs::create_directory(folder / "d.dta");
  const auto fault_of = [&](const std::string& path, std::int64_t bytes) {
    try {
      NewImage(path, bytes, nullptr);
    } catch (const Error& error) {
      CHECK(std::string(error.what()).find(path) != std::string::npos);
      return error.fault();
    }
    return Fault::invalid;
  };
  CHECK(fault_of(folder / "d.dta", 10) == Fault::system);
  CHECK(fault_of(folder / "no/x.dta", 10) == Fault::not_found);
  CHECK(fault_of(folder / "x.dta", std::int64_t{1} << 60) == Fault::memory);
  CHECK(folder.entries() == Names{"d.dta"});
}
