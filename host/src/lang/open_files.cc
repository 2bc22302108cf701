#include "lang/open_files.h"

#include "base/error.h"

namespace adohost {

void OpenFile::prepare(Last next) {
  if (last != Last::none && last != next) std::fseek(stream.get(), 0, SEEK_CUR);
  last = next;
}

void OpenFile::write(std::string_view bytes) {
  prepare(Last::write);
  if (std::fwrite(bytes.data(), 1, bytes.size(), stream.get()) != bytes.size())
    throw StataError(693, "I/O error writing file " + path);
}

void OpenFiles::add(const std::string& handle, OpenFile file) {
  if (!files_.emplace(handle, std::move(file)).second)
    throw StataError(110, "file handle " + handle + " already exists");
}

OpenFile& OpenFiles::get(const std::string& handle) {
  const auto found = files_.find(handle);
  if (found == files_.end())
    throw StataError(111, "file handle " + handle + " not found");
  return found->second;
}

void OpenFiles::close(const std::string& handle) {
  files_.erase(handle);
}

}  // namespace adohost
