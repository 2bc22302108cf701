// The bytes of a .dta file, from a file or from memory, and a cursor that reads them in
// order. Everything read is checked against the size first: nothing is allocated that
// the file does not hold. A file that shrinks while it is read is error 612.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace adohost {

class DtaInput {
 public:
  /// `name` is what messages call the file. Throws 601 where there is none, 603 where it
  /// cannot be opened.
  static DtaInput open(const std::string& path, std::string name);
  static DtaInput of_bytes(std::string name, std::string bytes);
  ~DtaInput();
  DtaInput(DtaInput&& other) noexcept;
  DtaInput& operator=(DtaInput&&) = delete;

  const std::string& name() const { return name_; }
  std::uint64_t size() const { return size_; }
  /// Copies the `n` bytes from `offset` on. Throws 612 past the end, 692 where the system
  /// fails.
  void read(std::uint64_t offset, void* to, std::size_t n) const;

 private:
  DtaInput(std::string name, int file, std::string bytes, std::uint64_t size);

  std::string name_;
  int file_;  // -1 where the bytes are in memory
  std::string bytes_;
  std::uint64_t size_;
};

class DtaCursor {
 public:
  DtaCursor(const DtaInput& input, std::uint64_t position)
      : input_(input), position_(position) {}

  std::uint64_t position() const { return position_; }
  std::uint64_t left() const {
    return position_ < input_.size() ? input_.size() - position_ : 0;
  }
  void set_big_endian(bool big) { big_endian_ = big; }
  bool big_endian() const { return big_endian_; }

  void seek(std::uint64_t position) { position_ = position; }
  /// Throws 612 where the file is shorter.
  void skip(std::uint64_t n);
  std::string bytes(std::uint64_t n);
  /// An unsigned integer of 1 to 8 bytes in the file's byte order.
  std::uint64_t number(std::size_t width);
  std::int32_t int32() { return static_cast<std::int32_t>(number(4)); }
  /// A text in a field of `width` bytes: what stands before its first NUL.
  std::string field(std::size_t width);
  /// Whether `text` comes next; nothing is read.
  bool at(std::string_view text);
  /// Reads `tag`; throws 688 where something else stands there.
  void marker(std::string_view tag);

 private:
  const std::byte* peek(std::size_t n);  // REQUIRES: n <= left(), n <= kWindow

  static constexpr std::size_t kWindow = std::size_t{1} << 16;
  const DtaInput& input_;
  std::uint64_t position_;
  bool big_endian_ = false;
  std::vector<std::byte> window_;
  std::uint64_t window_at_ = 0;
};

/// The unsigned integer in `n` bytes at `bytes`.
std::uint64_t read_unsigned(const std::byte* bytes, std::size_t n, bool big_endian);

}  // namespace adohost
