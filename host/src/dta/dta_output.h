// A file that is being written. Bytes go through a buffer; what is large goes straight
// to the system.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace adohost {

class DtaOutput {
 public:
  /// Makes the file, or writes anew what is there. `name` is what messages call it.
  /// Throws 603, and 608 where it may not be written to.
  DtaOutput(const std::string& path, std::string name);
  ~DtaOutput();
  DtaOutput(const DtaOutput&) = delete;
  DtaOutput& operator=(const DtaOutput&) = delete;

  /// Throws 693.
  void write(const void* bytes, std::size_t n);
  /// Writes out what is left. Throws 693.
  void close();

 private:
  void flush();
  void write_through(const std::byte* bytes, std::size_t n);

  std::string name_;
  int file_;
  std::vector<std::byte> buffer_;
};

}  // namespace adohost
