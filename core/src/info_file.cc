#include "stata_pydata/info_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <system_error>
#include <thread>

#include "file_descriptor.h"
#include "stata_pydata/error.h"

namespace stata_pydata {
namespace {

namespace fs = std::filesystem;
constexpr off_t kMostBytes = 64 << 20;
constexpr std::chrono::milliseconds kLockPause{5};
constexpr std::chrono::seconds kLockPatience{10};

[[noreturn]] void fail(const char* doing, const std::string& path, int code) {
  Fault fault = Fault::system;
  if (code == ENOENT || code == ENOTDIR) fault = Fault::not_found;
  if (code == EACCES || code == EPERM || code == EROFS) fault = Fault::denied;
  if (code == ENOSPC || code == EDQUOT) fault = Fault::memory;
  throw Error(fault,
              std::string("could not ") + doing + " the info file " + path + ": " +
                  std::generic_category().message(code),
              code);
}

/// The size of the open file; throws where it isn't a regular file.
struct stat checked_stat(int fd, const std::string& path) {
  struct stat state{};
  if (::fstat(fd, &state) < 0) fail("look at", path, errno);
  if (!S_ISREG(state.st_mode))
    throw Error(Fault::invalid, "the info file " + path + " is not a regular file");
  return state;
}

/// Takes the exclusive lock of an open file, which goes with the descriptor.
void lock(int fd, const std::string& path, const LockPoll& poll) {
  const auto give_up = std::chrono::steady_clock::now() + kLockPatience;
  while (::flock(fd, LOCK_EX | LOCK_NB) < 0) {
    const int code = errno;
    if (code != EWOULDBLOCK && code != EINTR) fail("lock", path, code);
    if (std::chrono::steady_clock::now() > give_up)
      throw Error(Fault::system,
                  "the info file " + path +
                      " is locked by another process for more than ten seconds",
                  code);
    if (poll) poll();
    std::this_thread::sleep_for(kLockPause);
  }
}

/// Whether `path` still names the open file: it may have been replaced while we waited.
bool still_named(int fd, const std::string& path) {
  struct stat open_file{}, named{};
  return ::fstat(fd, &open_file) == 0 && ::stat(path.c_str(), &named) == 0 &&
         open_file.st_dev == named.st_dev && open_file.st_ino == named.st_ino;
}

/// Opens `path` and locks what it names; invalid descriptor where it does not exist and
/// `flags` do not create it.
FileDescriptor open_locked(const std::string& path, int flags, const LockPoll& poll) {
  for (;;) {
    FileDescriptor file(::open(path.c_str(), flags | O_CLOEXEC | O_NONBLOCK, 0666));
    if (!file.valid()) {
      if (errno == ENOENT && !(flags & O_CREAT)) return file;
      fail("open", path, errno);
    }
    checked_stat(file.get(), path);
    lock(file.get(), path, poll);
    if (still_named(file.get(), path)) return file;
  }
}

int write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(fd, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return 0;
}

/// Where a chain of symbolic links ends, whether or not that file exists.
std::string resolved(const std::string& path) {
  fs::path at(path);
  for (int hop = 0; hop < 40; ++hop) {
    std::error_code code;
    if (!fs::is_symlink(at, code)) return at.string();
    at = at.parent_path() / fs::read_symlink(at, code);
    if (code) fail("resolve", path, code.value());
  }
  fail("resolve", path, ELOOP);
}

/// A new file beside `target`, removed by the destructor unless it was renamed over it.
class Replacement {
 public:
  explicit Replacement(const std::string& target) : target_(target) {
    static std::atomic<unsigned> counter{0};
    const fs::path folder = fs::path(target).parent_path();
    do {
      path_ = (folder / (".segment_info-" + std::to_string(::getpid()) + "-" +
                         std::to_string(counter++) + ".tmp"))
                  .string();
      file_ = FileDescriptor(
          ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    } while (!file_.valid() && errno == EEXIST);
    if (!file_.valid()) fail("write", target, errno);
  }

  ~Replacement() {
    if (!renamed_) ::unlink(path_.c_str());
  }

  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;

  void publish(std::string_view text, const FileDescriptor& old) {
    if (old.valid() &&
        ::fchmod(file_.get(), checked_stat(old.get(), target_).st_mode & 07777) < 0)
      fail("write", target_, errno);
    if (const int code = write_all(file_.get(), text)) fail("write", target_, code);
    if (::fsync(file_.get()) < 0) fail("write", target_, errno);
    if (::rename(path_.c_str(), target_.c_str()) < 0) fail("replace", target_, errno);
    renamed_ = true;
  }

 private:
  std::string target_, path_;
  FileDescriptor file_;
  bool renamed_ = false;
};

}  // namespace

std::vector<SegmentRecord> read_info(const std::string& path) {
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.valid()) fail("open", path, errno);
  const off_t size = checked_stat(file.get(), path).st_size;
  if (size > kMostBytes)
    throw Error(Fault::invalid, path + " is no info file: it has " +
                                    std::to_string(size) + " bytes, more than 64 MB");
  std::string text(static_cast<std::size_t>(size), '\0');
  std::size_t filled = 0;
  while (filled < text.size()) {
    const ssize_t count = ::read(file.get(), text.data() + filled, text.size() - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail("read", path, errno);
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
  }
  return parse_info(std::string_view(text).substr(0, filled), path);
}

void append_info(const std::string& path, const SegmentRecord& record,
                 const LockPoll& poll) {
  std::string line = format_record(record);
  const FileDescriptor file = open_locked(path, O_RDWR | O_CREAT | O_APPEND, poll);
  const off_t size = checked_stat(file.get(), path).st_size;
  char last = '\n';
  if (size > 0 && ::pread(file.get(), &last, 1, size - 1) < 0) fail("read", path, errno);
  if (last != '\n') line.insert(0, 1, '\n');
  if (const int code = write_all(file.get(), line)) {
    if (::ftruncate(file.get(), size) < 0) fail("restore", path, errno);
    fail("write", path, code);
  }
}

void replace_info(const std::string& path, const std::vector<SegmentRecord>& records,
                  const LockPoll& poll) {
  std::string text;
  for (const SegmentRecord& record : records) text += format_record(record);
  const std::string target = resolved(path);
  const FileDescriptor old = open_locked(target, O_RDONLY, poll);
  if (old.valid() && ::access(target.c_str(), W_OK) < 0) fail("write", path, errno);
  Replacement(target).publish(text, old);
}

}  // namespace stata_pydata
