#include "dta/dta_input.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/error.h"
#include "dta/dta_errors.h"

namespace adohost {

DtaInput::DtaInput(std::string name, int file, std::string bytes, std::uint64_t size)
    : name_(std::move(name)), file_(file), bytes_(std::move(bytes)), size_(size) {}

DtaInput DtaInput::open(const std::string& path, std::string name) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat about{};
  if (file < 0 || fstat(file, &about) != 0 || !S_ISREG(about.st_mode)) {
    const bool missing = file < 0 && (errno == ENOENT || errno == ENOTDIR);
    if (file >= 0) close(file);
    if (missing) throw StataError(601, "file " + name + " not found");
    throw StataError(603, "file " + name + " could not be opened");
  }
  return {std::move(name), file, "", static_cast<std::uint64_t>(about.st_size)};
}

DtaInput DtaInput::of_bytes(std::string name, std::string bytes) {
  const std::uint64_t size = bytes.size();
  return {std::move(name), -1, std::move(bytes), size};
}

DtaInput::DtaInput(DtaInput&& other) noexcept
    : name_(std::move(other.name_)),
      file_(std::exchange(other.file_, -1)),
      bytes_(std::move(other.bytes_)),
      size_(other.size_) {}

DtaInput::~DtaInput() {
  if (file_ >= 0) close(file_);
}

void DtaInput::read(std::uint64_t offset, void* to, std::size_t n) const {
  if (offset > size_ || n > size_ - offset) fail_file_ended();
  if (file_ < 0) {
    if (n > 0) std::memcpy(to, bytes_.data() + offset, n);
    return;
  }
  auto* target = static_cast<std::byte*>(to);
  while (n > 0) {
    const ssize_t got = pread(file_, target, n, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw StataError(692, "I/O error reading file " + name_);
    if (got == 0) fail_file_ended();
    target += got;
    offset += static_cast<std::uint64_t>(got);
    n -= static_cast<std::size_t>(got);
  }
}

void DtaCursor::skip(std::uint64_t n) {
  if (n > left()) fail_file_ended();
  position_ += n;
}

const std::byte* DtaCursor::peek(std::size_t n) {
  const bool held =
      position_ >= window_at_ && position_ + n <= window_at_ + window_.size();
  if (!held) {
    window_.resize(std::min<std::uint64_t>(kWindow, left()));
    window_at_ = position_;
    input_.read(position_, window_.data(), window_.size());
  }
  return window_.data() + (position_ - window_at_);
}

std::string DtaCursor::bytes(std::uint64_t n) {
  if (n > left()) fail_file_ended();
  std::string text(n, '\0');
  if (n <= kWindow / 2) {
    if (n > 0) std::memcpy(text.data(), peek(n), n);
  } else {
    input_.read(position_, text.data(), n);
  }
  position_ += n;
  return text;
}

std::uint64_t read_unsigned(const std::byte* bytes, std::size_t n, bool big_endian) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const std::byte next = bytes[big_endian ? i : n - 1 - i];
    value = value << 8 | std::to_integer<std::uint64_t>(next);
  }
  return value;
}

std::uint64_t DtaCursor::number(std::size_t width) {
  if (width > left()) fail_file_ended();
  const std::uint64_t value = read_unsigned(peek(width), width, big_endian_);
  position_ += width;
  return value;
}

std::string DtaCursor::field(std::size_t width) {
  if (width > left()) fail_file_ended();
  const char* text = reinterpret_cast<const char*>(peek(width));
  std::string value(text, strnlen(text, width));
  position_ += width;
  return value;
}

bool DtaCursor::at(std::string_view text) {
  return text.size() <= left() &&
         std::memcmp(peek(text.size()), text.data(), text.size()) == 0;
}

void DtaCursor::marker(std::string_view tag) {
  if (tag.size() > left()) fail_file_ended();
  if (!at(tag)) fail_no_marker(tag);
  position_ += tag.size();
}

}  // namespace adohost
