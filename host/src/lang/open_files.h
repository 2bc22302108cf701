// The files that `file open` has opened, by handle ([P] file). A Session owns one.
#pragma once

#include <cstdint>
#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace adohost {

struct OpenFile {
  struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  enum class Last { none, read, write };

  std::string path;
  std::unique_ptr<std::FILE, Closer> stream;
  bool can_read = false;
  bool can_write = false;
  bool binary = false;
  bool high_byte_first = false;  // byte order of binary numbers
  std::size_t column = 0;        // of text written since the last newline, for _column()
  Last last = Last::none;

  /// C streams want a seek between reading and writing.
  void prepare(Last next);
  void write(std::string_view bytes);  // throws 693
};

class OpenFiles {
 public:
  /// Throws 110 where the handle is in use.
  void add(const std::string& handle, OpenFile file);
  /// Throws 111 where there is no such handle.
  OpenFile& get(const std::string& handle);
  void close(const std::string& handle);  // nothing where there is none
  void close_all() { files_.clear(); }
  const std::map<std::string, OpenFile>& all() const { return files_; }

 private:
  std::map<std::string, OpenFile> files_;
};

}  // namespace adohost
