// For test_arrow_image.py, which calls it through ctypes: an Arrow stream to an image.
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <exception>

#include "stata_pydata/arrow_input.h"
#include "stata_pydata/image_writer.h"

namespace dta = stata_pydata::dta;

namespace {

void write_table(const dta::ArrowTable& table, const char* path, int release,
                 bool smallest, bool share_strls, int threads) {
  dta::Schema schema;
  schema.release = release;
  schema.variables = table.variables();
  std::vector<dta::InputVariable> columns;
  for (const auto& column : table.columns())
    columns.push_back(
        {column, smallest ? dta::TypeRule::smallest : dta::TypeRule::by_value});
  dta::WriteOptions options;
  options.share_strls = share_strls ? dta::StrlSharing::equal : dta::StrlSharing::none;
  options.threads = threads;
  const auto plan = dta::plan_image(schema, columns, options);
  const int file = ::open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  dta::write_image(*plan, file, options);
  ::close(file);
}

}  // namespace

/// Returns 0, or 1 with the reason in `error`.
extern "C" __attribute__((visibility("default"))) int arrow_image(
    ArrowArrayStream* stream, const char* path, int release, int smallest,
    int share_strls, int threads, char* error, std::size_t error_bytes) {
  try {
    write_table(dta::ArrowTable::from_stream(stream), path, release, smallest != 0,
                share_strls != 0, threads);
    return 0;
  } catch (const std::exception& failure) {
    std::snprintf(error, error_bytes, "%s", failure.what());
    return 1;
  }
}
