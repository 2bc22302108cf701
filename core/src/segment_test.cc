#include "stata_pydata/segment.h"

#include <sys/ipc.h>
#include <sys/shm.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "doctest/doctest.h"
#include "stata_pydata/error.h"

namespace sysv = stata_pydata::sysv;
using stata_pydata::Access;
using stata_pydata::Error;
using stata_pydata::Fault;
using stata_pydata::populate;

namespace {

/// A key that no seed makes (those have a high byte of 1..255), one per process.
key_t test_key() {
  return static_cast<key_t>(0x00500000 | (::getpid() & 0xfffff));
}

struct Removed {
  int id;
  ~Removed() { ::shmctl(id, IPC_RMID, nullptr); }
};

template <typename Call>
Error caught(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error;
  }
  FAIL("expected stata_pydata::Error");
  return Error(Fault::system, "");
}

bool contains(const Error& error, const std::string& part) {
  return std::string(error.what()).find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a key is what ftok makes of /tmp and the seed") {
  for (const int seed : {1, 77, 255})
    CHECK(sysv::key_of_seed(seed) == ::ftok("/tmp", seed));
  for (const long long seed : {0LL, -1LL, 256LL, 257LL, 1LL << 40}) {
    const Error error = caught([&] { sysv::key_of_seed(seed); });
    CHECK(error.fault() == Fault::invalid);
    CHECK(contains(error, "1 to 255, not " + std::to_string(seed)));
  }
}

TEST_CASE("a segment is made exclusively, private, zeroed and of the exact size") {
  const Removed segment{sysv::create(test_key(), 24)};
  const sysv::Status status = sysv::status(segment.id);
  CHECK(status.id == segment.id);
  CHECK(status.key == test_key());
  CHECK(status.bytes == 24);
  CHECK(status.mode == 0600);
  CHECK(status.owner == ::getuid());
  CHECK(status.creator == ::getpid());
  CHECK(status.attached == 0);
  CHECK(sysv::find(test_key()) == segment.id);
  const sysv::Attachment attachment(segment.id, Access::read_only);
  REQUIRE(attachment.size() == 24);
  for (int i = 0; i < 24; ++i) CHECK(attachment.data()[i] == std::byte{0});
  CHECK(sysv::status(segment.id).attached == 1);
}

TEST_CASE("a taken key names the key, the segment and the remedies") {
  const Removed segment{sysv::create(test_key(), 8)};
  const Error error = caught([] { sysv::create(test_key(), 8); });
  const std::string id = std::to_string(segment.id);
  char hex[16];
  std::snprintf(hex, sizeof hex, "0x%08x", static_cast<unsigned>(test_key()));
  CHECK(error.fault() == Fault::exists);
  CHECK(error.system_errno() == EEXIST);
  CHECK(contains(error, hex));
  CHECK(contains(error, std::string("(").append(std::to_string(test_key())).append(")")));
  CHECK(contains(error, "with shm.deallocate(" + id + ") or `ipcrm -m " + id +
                            "`, or choose another key_seed"));
}

TEST_CASE("a size that the system refuses names the size and the limits") {
  const Error error = caught([] { sysv::create(test_key(), ~std::size_t{0}); });
  CHECK(error.fault() == Fault::memory);
  CHECK(contains(error, "18446744073709551615 bytes"));
  CHECK(contains(error, "SHMMAX"));
  CHECK(contains(error, "SHMALL"));
}

TEST_CASE("a removed segment is not found") {
  const int id = sysv::create(test_key(), 8);
  sysv::remove(id);
  for (const Error& error :
       {caught([&] { sysv::remove(id); }), caught([&] { sysv::status(id); }),
        caught([&] { sysv::Attachment(id, Access::read_only); }),
        caught([&] { sysv::remove(-1); })}) {
    CHECK(error.fault() == Fault::not_found);
    CHECK(contains(error, "there is no shared-memory segment with id "));
  }
  CHECK(caught([] { sysv::find(test_key()); }).fault() == Fault::not_found);
}

TEST_CASE("bytes written through one attachment are read through another") {
  const Removed segment{sysv::create(test_key(), 16)};
  sysv::Attachment writer(segment.id, Access::read_write);
  std::memcpy(writer.writable(), "sixteen bytes ok", 16);
  sysv::Attachment moved(std::move(writer));
  sysv::Attachment reader(segment.id, Access::read_only);
  CHECK(std::memcmp(reader.data(), "sixteen bytes ok", 16) == 0);
  reader = std::move(moved);
  CHECK(sysv::status(segment.id).attached == 2);
}

TEST_CASE("populate() leaves the bytes alone, wherever the range begins and ends") {
  constexpr std::size_t kBytes = 3 * 4096 + 100;
  const Removed segment{sysv::create(test_key(), kBytes)};
  sysv::Attachment writer(segment.id, Access::read_write);
  std::memset(writer.writable(), 7, kBytes);
  for (const std::size_t from : {std::size_t{0}, std::size_t{8}, std::size_t{4095}}) {
    populate(writer.data() + from, kBytes - from, Access::read_write);
    const sysv::Attachment reader(segment.id, Access::read_only);
    populate(reader.data() + from, kBytes - from, Access::read_only);
    for (std::size_t i = 0; i < kBytes; ++i) REQUIRE(reader.data()[i] == std::byte{7});
  }
  populate(writer.data(), 0, Access::read_write);
}
