#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <csignal>
#include <utility>

#include "stata_pydata/image_file.h"

namespace stata_pydata::posix {

OpenImage::OpenImage(OpenImage&& other) noexcept
    : fd(std::exchange(other.fd, -1)),
      pages(std::exchange(other.pages, nullptr)),
      bytes(other.bytes) {}

OpenImage& OpenImage::operator=(OpenImage&& other) noexcept {
  std::swap(fd, other.fd);
  std::swap(pages, other.pages);
  std::swap(bytes, other.bytes);
  return *this;
}

OpenImage::~OpenImage() {
  if (pages) ::munmap(pages, static_cast<std::size_t>(bytes));
  if (fd >= 0) ::close(fd);
}

// A write lease is granted only to the one open file there is. The signal for breaking it
// is one that is ignored by default: a lease's own, SIGIO, ends the process.
bool is_ours_alone(int fd) noexcept {
  if (::fcntl(fd, F_SETSIG, SIGURG) != 0) return false;
  if (::fcntl(fd, F_SETLEASE, F_WRLCK) != 0) return false;
  ::fcntl(fd, F_SETLEASE, F_UNLCK);
  return true;
}

}  // namespace stata_pydata::posix
