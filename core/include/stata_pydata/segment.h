// One System V shared-memory segment: a name with a lifetime (Segment functions below),
// kept apart from its mapping (Attachment, an address). Segments outlive the process that
// made them: whoever creates one owes a remove(). All functions are thread-safe; an
// Attachment is owned by one thread. docs/segments.md describes the protocol.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>

#include "stata_pydata/pages.h"

namespace stata_pydata::sysv {

/// The segment's key as the original program makes it: ftok("/tmp", seed). Only the low
/// eight bits of the seed count, so it must be 1..255. Throws invalid, system.
key_t key_of_seed(long long seed);

struct Status {
  int id = -1;
  key_t key = 0;
  std::size_t bytes = 0;
  unsigned attached = 0;     // processes that have it mapped
  unsigned mode = 0;         // permission bits
  unsigned owner = 0;        // uid
  std::int64_t creator = 0;  // pid
  std::int64_t changed = 0;  // seconds since 1970
};

/// Creates the segment exclusively, mode 0600, all bytes zero. Throws exists (names the
/// key, its segment id and how to remove it), memory (names the size and the limit),
/// system.
int create(key_t key, std::size_t bytes);
/// What the system says of the segment. Throws not_found, denied.
Status status(int id);
/// The id of the segment with this key. Throws not_found, denied.
int find(key_t key);
/// Removes the segment (it vanishes when the last process detaches). Throws not_found
/// where no such segment exists, denied.
void remove(int id);

/// The mapping of a segment into this process, detached by the destructor.
class Attachment {
 public:
  /// Throws not_found, denied, memory.
  Attachment(int id, Access access);
  ~Attachment();
  Attachment(Attachment&& other) noexcept;
  Attachment& operator=(Attachment&& other) noexcept;

  const std::byte* data() const noexcept { return data_; }
  std::byte* writable() noexcept { return data_; }  // REQUIRES: read_write
  std::size_t size() const noexcept { return size_; }

 private:
  std::byte* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace stata_pydata::sysv
