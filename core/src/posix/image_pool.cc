#include "posix/image_pool.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <utility>

namespace stata_pydata::posix {
namespace {

constexpr std::size_t kMostNames = 16;

bool same_file(int fd, const std::string& path) {
  struct stat a{}, b{};
  return ::fstat(fd, &a) == 0 && ::lstat(path.c_str(), &b) == 0 && a.st_dev == b.st_dev &&
         a.st_ino == b.st_ino;
}

/// Whether twice as much as a spare takes is free beside it: others need memory, too.
bool memory_is_plenty(int fd, std::int64_t bytes) {
  struct statvfs system{};
  if (::fstatvfs(fd, &system) != 0) return false;
  const auto free_bytes = static_cast<std::int64_t>(system.f_bavail) *
                          static_cast<std::int64_t>(system.f_frsize);
  return free_bytes / 2 >= bytes;
}

/// Gives the file this size, with pages for all of it (a store to a page that the system
/// can't give ends the process), and maps it. False where the system refuses.
bool resize(OpenImage& image, std::int64_t bytes) {
  if (::ftruncate(image.fd, bytes) != 0) return false;
  if (bytes > image.bytes &&
      ::fallocate(image.fd, 0, image.bytes, bytes - image.bytes) != 0)
    return false;
  const auto size = static_cast<std::size_t>(bytes);
  void* pages = image.pages ? ::mremap(image.pages, static_cast<std::size_t>(image.bytes),
                                       size, MREMAP_MAYMOVE)
                            : ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED,
                                     image.fd, 0);
  if (pages == MAP_FAILED) return false;
  image.pages = static_cast<std::byte*>(pages);
  image.bytes = bytes;
  return true;
}

}  // namespace

ImagePool::ImagePool() : parts_(std::make_unique<Parts>()) {
  parts_->owner = ::getpid();
}

ImagePool::~ImagePool() {
  clear();
}

void ImagePool::forget(const std::string& path) {
  if (const auto at = parts_->images.find(path); at != parts_->images.end())
    parts_->forget(at);
}

void ImagePool::clear() {
  while (!parts_->images.empty()) parts_->forget(parts_->images.begin());
}

std::int64_t ImagePool::spare_bytes() const noexcept {
  std::int64_t bytes = 0;
  for (const auto& [path, images] : parts_->images)
    if (images.spare.fd >= 0) bytes += images.spare.bytes;
  return bytes;
}

bool ImagePool::Parts::is_ours() const noexcept {
  return owner == ::getpid();
}

void ImagePool::Parts::forget(std::map<std::string, PooledImages>::iterator at) {
  const PooledImages& kept = at->second;
  if (is_ours() && kept.spare.fd >= 0) ::unlink(kept.spare_path.c_str());
  images.erase(at);
}

OpenImage ImagePool::Parts::take_spare(const std::string& path, std::int64_t bytes,
                                       std::string& hidden) {
  const auto at = images.find(path);
  if (!is_ours() || at == images.end() || at->second.spare.fd < 0) return {};
  OpenImage spare = std::move(at->second.spare);
  hidden = std::move(at->second.spare_path);
  // Pages beyond half of what is asked for are not worth keeping.
  const bool fits = spare.bytes / 2 <= bytes;
  if (fits && is_ours_alone(spare.fd) && same_file(spare.fd, hidden) &&
      resize(spare, bytes))
    return spare;
  ::unlink(hidden.c_str());
  return {};
}

void ImagePool::Parts::note_published(const std::string& path, OpenImage image,
                                      const std::string& hidden) {
  if (!is_ours()) return static_cast<void>(::unlink(hidden.c_str()));
  if (images.size() >= kMostNames && !images.contains(path)) forget(images.begin());
  PooledImages& kept = images[path];
  OpenImage replaced = std::exchange(kept.published, std::move(image));
  const bool ours = replaced.fd >= 0 && same_file(replaced.fd, hidden);
  if (!ours || kept.spare.fd >= 0 || !memory_is_plenty(replaced.fd, replaced.bytes) ||
      ::flock(replaced.fd, LOCK_EX | LOCK_NB) != 0) {
    ::unlink(hidden.c_str());
    return;
  }
  kept.spare = std::move(replaced);
  kept.spare_path = hidden;
}

}  // namespace stata_pydata::posix
