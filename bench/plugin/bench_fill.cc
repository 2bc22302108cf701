// Ways to fill Stata's data area that shm_use is measured against. Each is called on data
// that shm_use has just filled, with the words
//   columns FILE   one thread per column, each storing its whole column (the original
//   way) bare           one thread, row by row, a constant: what the store function alone
//   takes copy FILE      one thread, the segments' bytes into warm memory: what reading
//   takes
#include <cstring>
#include <string_view>
#include <thread>
#include <vector>

#include "spi.h"
#include "stata_pydata/info_file.h"
#include "stata_pydata/segment.h"

namespace {

using stata_pydata::Access;
using stata_pydata::sysv::Attachment;

stata_pydata::spi::Table* stata;

std::vector<Attachment> attach_all(const char* info_file) {
  std::vector<Attachment> attachments;
  for (const auto& record : stata_pydata::read_info(info_file)) {
    attachments.emplace_back(static_cast<int>(record.id), Access::read_only);
  }
  return attachments;
}

void fill_column(int variable, const double* values, int rows) {
  for (int row = 0; row < rows; ++row) stata->store(variable, row + 1, values[row]);
}

void columns(const char* info_file) {
  const std::vector<Attachment> segments = attach_all(info_file);
  const int rows = stata->observations();
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const auto* values = reinterpret_cast<const double*>(segments[i].data());
    threads.emplace_back(fill_column, static_cast<int>(i) + 1, values, rows);
  }
  for (std::thread& thread : threads) thread.join();
}

void bare() {
  const int rows = stata->observations();
  const int variables = stata->call_variables();
  for (int row = 1; row <= rows; ++row) {
    for (int variable = 1; variable <= variables; ++variable) {
      stata->store(variable, row, 0.5);
    }
  }
}

void copy(const char* info_file) {
  static std::vector<std::byte> target;  // kept warm from call to call
  for (const Attachment& segment : attach_all(info_file)) {
    if (target.size() < segment.size()) target.resize(segment.size());
    std::memcpy(target.data(), segment.data(), segment.size());
  }
}

}  // namespace

extern "C" {

[[gnu::visibility("default")]] int pginit(stata_pydata::spi::Table* table) {
  stata = table;
  return stata_pydata::spi::kVersion;
}

[[gnu::visibility("default")]] int stata_call(int argc, char* argv[]) {
  const std::string_view way = argc > 0 ? argv[0] : "";
  if (way == "columns" && argc == 2) {
    columns(argv[1]);
  } else if (way == "bare" && argc == 1) {
    bare();
  } else if (way == "copy" && argc == 2) {
    copy(argv[1]);
  } else {
    return 198;
  }
  return 0;
}
}
