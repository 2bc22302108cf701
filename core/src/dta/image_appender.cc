#include "stata_pydata/image_appender.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <vector>

#include "dta/batch_plan.h"
#include "dta/image_stream.h"
#include "dta/image_target.h"
#include "dta/metadata_writer.h"
#include "dta/strl_plan.h"
#include "stata_pydata/error.h"
#include "stata_pydata/parallel.h"

namespace stata_pydata::dta {
namespace {

constexpr std::int64_t kBlockBytes = 1 << 20, kMostBlockRows = 1 << 16;

std::int64_t block_rows(std::int64_t row_bytes) {
  return std::clamp<std::int64_t>(kBlockBytes / std::max<std::int64_t>(1, row_bytes), 1,
                                  kMostBlockRows);
}

/// The schema as plan_empty_image() settles and checks it.
Schema settled(Schema schema) {
  return plan_empty_image(std::move(schema), 0).schema();
}

void copy_file(int from, std::int64_t bytes, const ImageTarget& to, std::int64_t offset) {
  std::vector<char> buffer(static_cast<std::size_t>(std::min(bytes, kBlockBytes)));
  for (std::int64_t at = 0; at < bytes;) {
    const auto some = static_cast<std::size_t>(
        std::min(bytes - at, static_cast<std::int64_t>(buffer.size())));
    const ssize_t read = ::pread(from, buffer.data(), some, at);
    if (read < 0 && errno == EINTR) continue;
    if (read <= 0)
      throw Error(Fault::system,
                  "could not read the strLs back: " +
                      std::generic_category().message(read < 0 ? errno : EIO),
                  read < 0 ? errno : EIO);
    to.write(offset + at, buffer.data(), read);
    at += read;
  }
}

}  // namespace

struct ImageAppender::Parts {
  Schema schema;
  ImageTarget cells, strls;
  int strl_fd;
  ImageLayout layout;  // of no rows: what lies before the cells doesn't depend on them
  std::int64_t rows = 0, strl_bytes = 0;

  void write_block(const PlanParts& plan, ScratchPool& scratch, std::int64_t begin,
                   std::int64_t end) const {
    const std::int64_t row_bytes = layout.row_bytes;
    cells.fill(layout.first_cell + (rows + begin) * row_bytes, (end - begin) * row_bytes,
               scratch, [&](std::byte* to) { write_rows(plan, begin, end, to); });
    if (plan.strl_variables.empty()) return;
    const auto block = static_cast<std::size_t>(begin / plan.block_rows);
    ImageStream stream(strls, strl_bytes + plan.strl_starts[block]);
    write_strls(plan, begin, end, stream);
    stream.finish();
  }
};

ImageAppender::ImageAppender(Schema schema, int fd, int strl_fd)
    : parts_(std::make_unique<Parts>(Parts{settled(std::move(schema)),
                                           ImageTarget::file(fd),
                                           ImageTarget::file(strl_fd),
                                           strl_fd,
                                           {}})) {
  parts_->layout = layout_image(parts_->schema, 0, 0);
  const bool strl =
      std::any_of(parts_->schema.variables.begin(), parts_->schema.variables.end(),
                  [](const Variable& v) { return v.type == kStrl; });
  if (strl && strl_fd < 0)
    throw Error(Fault::invalid, "strL variables need a file that holds their texts");
  clear_first_tag(parts_->cells);
}
ImageAppender::ImageAppender(ImageAppender&&) noexcept = default;
ImageAppender& ImageAppender::operator=(ImageAppender&&) noexcept = default;
ImageAppender::~ImageAppender() = default;

const Schema& ImageAppender::schema() const noexcept {
  return parts_->schema;
}

std::int64_t ImageAppender::rows() const noexcept {
  return parts_->rows;
}

bool ImageAppender::append(std::span<const InputVariable> columns,
                           const WriteOptions& options) {
  const auto& variables = parts_->schema.variables;
  if (columns.size() != variables.size())
    throw Error(Fault::invalid, std::to_string(columns.size()) + " columns for " +
                                    std::to_string(variables.size()) + " variables");
  auto plan = plan_batch(parts_->schema, {columns.begin(), columns.end()}, options);
  if (!plan) return false;
  plan->layout = parts_->layout;
  plan->first_row = parts_->rows;
  plan->block_rows = block_rows(parts_->layout.row_bytes);
  plan->groups = groups_of(variables, plan->sources);
  note_strl_variables(*plan);
  if (!plan_strls(*plan, StrlSharing::none, options.threads, options.stop)) return false;
  const std::int64_t rows = rows_of(*plan);
  ScratchPool scratch(plan->block_rows * parts_->layout.row_bytes);
  const bool done = for_row_blocks(
      rows, plan->block_rows, choose_threads(options.threads, rows),
      [&](std::int64_t begin, std::int64_t end) {
        parts_->write_block(*plan, scratch, begin, end);
      },
      options.stop);
  if (!done) return false;
  parts_->rows += rows;
  if (!plan->strl_starts.empty()) parts_->strl_bytes += plan->strl_starts.back();
  return true;
}

void ImageAppender::finish() {
  Parts& parts = *parts_;
  const ImageLayout layout = layout_image(parts.schema, parts.rows, parts.strl_bytes);
  write_metadata(parts.schema, layout, parts.cells);
  copy_file(parts.strl_fd, parts.strl_bytes, parts.cells, layout.first_strl);
  write_first_tag(parts.cells);
}

}  // namespace stata_pydata::dta
