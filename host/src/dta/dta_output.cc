#include "dta/dta_output.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "base/error.h"

namespace adohost {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 20;

/// How `save, replace` treats the file that is there: it is emptied and written anew, so
/// links to it stay and whoever has it open sees it change. No document says that Stata
/// does so; it is what plain C input and output does.
int open_for_replacing(const std::string& path) {
  return open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
}

}  // namespace

DtaOutput::DtaOutput(const std::string& path, std::string name)
    : name_(std::move(name)), file_(open_for_replacing(path)) {
  if (file_ >= 0) return;
  const bool there = access(path.c_str(), F_OK) == 0;
  if (there && (errno == EACCES || errno == EROFS || errno == EPERM)) {
    throw StataError(608,
                     "file " + name_ + " is read-only; cannot be modified or erased");
  }
  throw StataError(603, "file " + name_ + " could not be opened");
}

DtaOutput::~DtaOutput() {
  if (file_ >= 0) ::close(file_);
}

void DtaOutput::write(const void* bytes, std::size_t n) {
  const auto* from = static_cast<const std::byte*>(bytes);
  if (buffer_.size() + n > kBufferBytes) flush();
  if (n >= kBufferBytes) return write_through(from, n);
  buffer_.insert(buffer_.end(), from, from + n);
}

void DtaOutput::flush() {
  write_through(buffer_.data(), buffer_.size());
  buffer_.clear();
}

void DtaOutput::write_through(const std::byte* bytes, std::size_t n) {
  while (n > 0) {
    const ssize_t done = ::write(file_, bytes, n);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) {
      throw StataError(693,
                       "I/O error writing .dta file\n"
                       "    Usually such I/O errors are caused by the disk or file "
                       "system being full.");
    }
    bytes += done;
    n -= static_cast<std::size_t>(done);
  }
}

void DtaOutput::close() {
  flush();
  const int failed = ::close(std::exchange(file_, -1));
  if (failed != 0) throw StataError(693, "I/O error writing file " + name_);
}

}  // namespace adohost
