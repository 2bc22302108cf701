#include "dta/image_target.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

#include "stata_pydata/error.h"
#include "stata_pydata/pages.h"

namespace stata_pydata::dta {
namespace {

constexpr std::int64_t kMostAtOnce = 1 << 30;

bool says_full(int code) noexcept {
  return code == ENOSPC || code == EDQUOT || code == EFBIG || code == ENOMEM;
}

[[noreturn]] void throw_write_error(std::int64_t offset, int code) {
  throw Error(says_full(code) ? Fault::memory : Fault::system,
              "could not write the image at offset " + std::to_string(offset) + ": " +
                  std::generic_category().message(code),
              code);
}

}  // namespace

ScratchPool::Scratch ScratchPool::take() {
  {
    const std::lock_guard lock(mutex_);
    if (!free_.empty()) {
      Scratch scratch = std::move(free_.back());
      free_.pop_back();
      return scratch;
    }
  }
  return std::make_unique_for_overwrite<std::byte[]>(bytes_);
}

void ScratchPool::give_back(Scratch scratch) {
  const std::lock_guard lock(mutex_);
  free_.push_back(std::move(scratch));
}

void ImageTarget::write(std::int64_t offset, const void* bytes, std::int64_t size) const {
  if (memory_) {
    std::memcpy(memory_ + offset, bytes, static_cast<std::size_t>(size));
    return;
  }
  const char* from = static_cast<const char*>(bytes);
  while (size > 0) {
    const auto some = static_cast<std::size_t>(std::min(size, kMostAtOnce));
    const ssize_t done = ::pwrite(fd_, from, some, offset);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) throw_write_error(offset, done < 0 ? errno : ENOSPC);
    from += done, offset += done, size -= done;
  }
}

void ImageTarget::fill(std::int64_t offset, std::int64_t size, ScratchPool& scratch,
                       const std::function<void(std::byte*)>& make) const {
  if (memory_) {
    // A mapping's pages may be there already and not be mapped.
    populate(memory_ + offset, static_cast<std::size_t>(size), Access::read_write);
    return make(memory_ + offset);
  }
  auto bytes = scratch.take();
  make(bytes.get());
  write(offset, bytes.get(), size);
  scratch.give_back(std::move(bytes));
}

}  // namespace stata_pydata::dta
