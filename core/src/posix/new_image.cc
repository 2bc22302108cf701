#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <system_error>
#include <utility>

#include "posix/image_pool.h"
#include "stata_pydata/error.h"

namespace stata_pydata::posix {
namespace {

constexpr unsigned kRenameExchange = 2;  // renameat2(2); older headers don't name it

[[noreturn]] void throw_system(const std::string& what, int code) {
  const Fault fault = code == EACCES || code == EPERM || code == EROFS ? Fault::denied
                      : code == ENOENT || code == ENOTDIR              ? Fault::not_found
                      : code == ENOSPC || code == EDQUOT               ? Fault::memory
                                                                       : Fault::system;
  throw Error(fault, what + ": " + std::generic_category().message(code), code);
}

/// "pid start", the start being the process' in clock ticks since the system's: a pid
/// that was given anew has another.
std::string owner_mark() {
  std::ifstream file("/proc/self/stat");
  std::string stat((std::istreambuf_iterator<char>(file)), {});
  // The second field is a name in parentheses that may hold anything.
  std::size_t at = stat.rfind(')');
  for (int field = 2; field < 22 && at != stat.npos; ++field) at = stat.find(' ', at + 1);
  const std::string start =
      at == stat.npos ? "0" : stat.substr(at + 1, stat.find(' ', at + 1) - at - 1);
  return std::to_string(::getpid()) + ' ' + start;
}

/// ".name.pid-number.tmp" beside the path: of a writer's first image, second ...
std::string hidden_name(const std::string& path, int number) {
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == path.npos ? "" : path.substr(0, slash + 1);
  const std::string name = slash == path.npos ? path : path.substr(slash + 1);
  return folder + '.' + name + '.' + std::to_string(::getpid()) + '-' +
         std::to_string(number) + ".tmp";
}

void refuse_folder(const std::string& path) {
  struct stat status{};
  if (::lstat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode))
    throw_system("could not make the image " + path, EISDIR);
}

void check_room(int fd, std::int64_t bytes, const std::string& path) {
  struct statvfs system{};
  if (::fstatvfs(fd, &system) != 0) return;
  const auto free_bytes = static_cast<std::int64_t>(system.f_bavail) *
                          static_cast<std::int64_t>(system.f_frsize);
  if (bytes <= free_bytes) return;
  throw Error(Fault::memory,
              "no room for an image of " + std::to_string(bytes) + " bytes at " + path +
                  ": its file system has " + std::to_string(free_bytes) + " bytes free",
              ENOSPC);
}

OpenImage open_hidden(const std::string& path, std::string& hidden) {
  constexpr int flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
  OpenImage image;
  for (int number = 0; image.fd < 0; ++number) {
    hidden = hidden_name(path, number);
    image.fd = ::open(hidden.c_str(), flags, 0600);
    if (image.fd < 0 && errno != EEXIST)
      throw_system("could not make the image " + path, errno);
  }
  ::flock(image.fd, LOCK_EX | LOCK_NB);
  return image;
}

OpenImage open_anonymous(const std::string& path) {
  OpenImage image;
  image.fd = ::memfd_create("stata-pydata", MFD_CLOEXEC);
  if (image.fd < 0) throw_system("could not make the image " + path, errno);
  return image;
}

}  // namespace

struct NewImage::Parts {
  std::string path, hidden;
  OpenImage image;
  ImagePool* pool = nullptr;
  ImageKind kind = ImageKind::file;
  bool recycled = false, published = false;

  ~Parts() {
    if (!published && kind == ImageKind::file && image.fd >= 0) ::unlink(hidden.c_str());
  }

  /// The image that had the name goes to the hidden one where the system can swap them.
  void rename_over() const {
    const long swapped = ::syscall(SYS_renameat2, AT_FDCWD, hidden.c_str(), AT_FDCWD,
                                   path.c_str(), kRenameExchange);
    if (swapped == 0) return;
    if (::rename(hidden.c_str(), path.c_str()) != 0)
      throw_system("could not give the image its name " + path, errno);
  }

  int link_anonymous() {
    const std::string target =
        "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(image.fd);
    int number = 0;
    do hidden = hidden_name(path, number++);
    while (::symlink(target.c_str(), hidden.c_str()) != 0 && errno == EEXIST);
    if (::rename(hidden.c_str(), path.c_str()) != 0) {
      const int code = errno;
      ::unlink(hidden.c_str());
      throw_system("could not give the image its name " + path, code);
    }
    return std::exchange(image.fd, -1);
  }
};

NewImage::NewImage(const std::string& path, std::int64_t bytes, ImagePool* pool,
                   ImageKind kind)
    : parts_(std::make_unique<Parts>()) {
  refuse_folder(path);
  parts_->path = path;
  parts_->kind = kind;
  if (kind == ImageKind::anonymous) {
    parts_->image = open_anonymous(path);
    return;
  }
  parts_->pool = pool;
  if (pool) parts_->image = pool->parts_->take_spare(path, bytes, parts_->hidden);
  parts_->recycled = parts_->image.fd >= 0;
  if (!parts_->recycled) {
    parts_->image = open_hidden(path, parts_->hidden);
    check_room(parts_->image.fd, bytes, path);
  }
  const std::string mark = owner_mark();  // where the file system keeps attributes
  ::fsetxattr(parts_->image.fd, "user.stata_pydata.owner", mark.data(), mark.size(), 0);
}
NewImage::NewImage(NewImage&&) noexcept = default;
NewImage& NewImage::operator=(NewImage&&) noexcept = default;
NewImage::~NewImage() = default;

int NewImage::fd() const noexcept {
  return parts_->image.fd;
}

const std::string& NewImage::hidden_path() const noexcept {
  return parts_->hidden;
}

bool NewImage::recycled() const noexcept {
  return parts_->recycled;
}

bool NewImage::write(const dta::WritePlan& plan, const dta::WriteOptions& options) {
  OpenImage& image = parts_->image;
  if (image.pages && image.bytes == plan.image_bytes())
    return dta::write_image(plan, image.pages, options);
  const bool done = dta::write_image(plan, image.fd, options);
  image.bytes = plan.image_bytes();
  return done;
}

int NewImage::publish() {
  parts_->published = true;
  if (parts_->kind == ImageKind::anonymous) return parts_->link_anonymous();
  try {
    parts_->rename_over();
  } catch (...) {
    parts_->published = false;
    throw;
  }
  ::flock(parts_->image.fd, LOCK_UN);
  if (parts_->pool)
    parts_->pool->parts_->note_published(parts_->path, std::move(parts_->image),
                                         parts_->hidden);
  else
    ::unlink(parts_->hidden.c_str());
  return -1;
}

}  // namespace stata_pydata::posix
