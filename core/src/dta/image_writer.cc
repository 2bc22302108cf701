#include "stata_pydata/image_writer.h"

#include "dta/image_stream.h"
#include "dta/image_target.h"
#include "dta/metadata_writer.h"
#include "dta/plan_parts.h"
#include "dta/strl_plan.h"
#include "stata_pydata/parallel.h"

namespace stata_pydata::dta {
namespace {

void write_block(const PlanParts& plan, const ImageTarget& target, ScratchPool& pool,
                 std::int64_t begin, std::int64_t end) {
  const std::int64_t row_bytes = plan.layout.row_bytes;
  target.fill(plan.layout.first_cell + begin * row_bytes, (end - begin) * row_bytes, pool,
              [&](std::byte* rows) { write_rows(plan, begin, end, rows); });
  if (plan.strl_variables.empty()) return;
  const auto block = static_cast<std::size_t>(begin / plan.block_rows);
  ImageStream strls(target, plan.layout.first_strl + plan.strl_starts[block]);
  write_strls(plan, begin, end, strls);
  strls.finish();
}

bool write(const PlanParts& plan, const ImageTarget& target,
           const WriteOptions& options) {
  clear_first_tag(target);
  write_metadata(plan.schema, plan.layout, target);
  ScratchPool pool(plan.block_rows * plan.layout.row_bytes);
  const std::int64_t rows = plan.layout.observations;
  const std::int64_t words = rows * plan.layout.row_bytes / 8;  // wide rows count too
  const bool done = for_row_blocks(
      rows, plan.block_rows, choose_threads(options.threads, words),
      [&](std::int64_t begin, std::int64_t end) {
        write_block(plan, target, pool, begin, end);
        if (options.rows_done) options.rows_done->fetch_add(end - begin);
      },
      options.stop);
  if (done) write_first_tag(target);
  return done;
}

}  // namespace

bool write_image(const WritePlan& plan, int fd, const WriteOptions& options) {
  return write(plan.parts(), ImageTarget::file(fd), options);
}

bool write_image(const WritePlan& plan, std::byte* image, const WriteOptions& options) {
  return write(plan.parts(), ImageTarget::memory(image), options);
}

}  // namespace stata_pydata::dta
