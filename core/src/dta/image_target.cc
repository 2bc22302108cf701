#include "dta/image_target.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>

#include "stata_pydata/error.h"

namespace stata_pydata::dta {
namespace {

constexpr std::int64_t kMostAtOnce = 1 << 30;

[[noreturn]] void throw_write_error(std::int64_t offset, int code) {
  const bool full = code == ENOSPC || code == EDQUOT || code == EFBIG || code == ENOMEM;
  throw Error(full ? Fault::memory : Fault::system,
              "could not write the image at offset " + std::to_string(offset) + ": " +
                  std::generic_category().message(code),
              code);
}

}  // namespace

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

}  // namespace stata_pydata::dta
