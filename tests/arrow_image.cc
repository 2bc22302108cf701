// For test_arrow_image.py and test_arrow_output.py, which call it through ctypes: an
// Arrow stream to an image, and back.
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <memory>
#include <numeric>
#include <string>

#include "stata_pydata/arrow_input.h"
#include "stata_pydata/arrow_output.h"
#include "stata_pydata/image_writer.h"

namespace dta = stata_pydata::dta;

namespace {

void write_table(const dta::ArrowTable& table, const char* path, int release,
                 bool smallest, bool share_strls, int threads) {
  dta::Schema schema;
  schema.release = release;
  for (const auto& field : table.fields()) schema.variables.push_back(field.variable);
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

/// A reader and the image that it reads.
struct OwnedReader {
  explicit OwnedReader(const char* path)
      : file(path, std::ios::binary),
        image{std::istreambuf_iterator<char>(file), {}},
        reader(std::as_bytes(std::span(image))) {}
  std::ifstream file;
  std::string image;
  dta::ImageReader reader;
};

/// A switch of the test by its letter.
bool has(const char* switches, char letter) {
  return std::string(switches).find(letter) != std::string::npos;
}

template <typename Work>
int caught(char* error, std::size_t error_bytes, const Work& work) {
  try {
    work();
    return 0;
  } catch (const std::exception& failure) {
    std::snprintf(error, error_bytes, "%s", failure.what());
    return 1;
  }
}

}  // namespace

/// Returns 0, or 1 with the reason in `error`.
extern "C" __attribute__((visibility("default"))) int arrow_image(
    ArrowArrayStream* stream, const char* path, int release, int smallest,
    int share_strls, int threads, char* error, std::size_t error_bytes) {
  return caught(error, error_bytes, [&] {
    write_table(dta::ArrowTable::from_stream(stream), path, release, smallest != 0,
                share_strls != 0, threads);
  });
}

/// All variables of the file and `count` rows: from `begin` by `step`, or those listed.
/// Switches: n numbers instead of dates, l value labels, o ordered, t tagged NaNs,
/// v views of texts.
extern "C" __attribute__((visibility("default"))) int arrow_output(
    const char* path, std::int64_t begin, std::int64_t count, std::int64_t step,
    const std::int64_t* indexes, std::int64_t batch_rows, const char* switches,
    ArrowArrayStream* out, char* error, std::size_t error_bytes) {
  return caught(error, error_bytes, [&] {
    auto owner = std::make_shared<OwnedReader>(path);
    const std::shared_ptr<const dta::ImageReader> reader(owner, &owner->reader);
    dta::ArrowOutputOptions options;
    options.value_labels = has(switches, 'l');
    options.ordered = has(switches, 'o');
    options.tagged_nans = has(switches, 't');
    options.text_views = has(switches, 'v');
    options.batch_rows = batch_rows;
    std::vector<std::int64_t> variables(reader->schema().variables.size());
    std::iota(variables.begin(), variables.end(), 0);
    if (has(switches, 'n')) options.dates.assign(variables.size(), false);
    if (count < 0) count = reader->observations();
    dta::export_arrow(reader, variables,
                      {.begin = begin, .count = count, .step = step, .indexes = indexes},
                      options, out);
  });
}
