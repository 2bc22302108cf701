#include "stata_pydata/image_filler.h"

#include <algorithm>

#include "dta/batch_plan.h"
#include "dta/row_reads.h"
#include "stata_pydata/error.h"
#include "stata_pydata/parallel.h"

namespace stata_pydata::dta {
namespace {

// Rows that are written variable by variable while they are in cache.
constexpr std::int64_t kPartBytes = 16 << 10, kLeastPartRows = 64, kPartsOfBlock = 16;

void check_place(std::int64_t first_row, std::int64_t rows, std::int64_t observations) {
  if (first_row < 0 || first_row > observations - rows)
    throw Error(Fault::range, std::to_string(rows) + " rows from row " +
                                  std::to_string(first_row) +
                                  " on are not all in an image of " +
                                  std::to_string(observations) + " rows");
}

/// Texts of a strL lie elsewhere in the image, where there is no room for more.
void check_fillable(const PlanParts& plan) {
  for (std::size_t k = 0; k < plan.sources.size(); ++k) {
    const Variable& variable = plan.schema.variables[k];
    if (variable.type == kAlias)
      throw Error(Fault::invalid,
                  "variable " + variable.name + " is an alias, it has no cells");
    const auto* texts = std::get_if<TextSource>(&plan.sources[k]);
    if (variable.type == kStrl && texts && texts->facts(0, rows_of(plan)).longest > 0)
      throw Error(Fault::type, "variable " + variable.name +
                                   " is strL: its texts can't be filled in place; "
                                   "declare it str# to fill it");
  }
}

}  // namespace

struct ImageFiller::Parts {
  std::span<std::byte> image;
  ParsedImage parsed;

  /// Where a variable's cell in a row is.
  std::byte* cell(std::int64_t variable, std::int64_t row) const noexcept {
    const ImageLayout& layout = parsed.layout;
    return image.data() + layout.first_cell + row * layout.row_bytes +
           layout.cell_offsets[static_cast<std::size_t>(variable)];
  }
};

ImageFiller::ImageFiller(std::span<std::byte> image)
    : parts_(std::make_unique<Parts>(Parts{image, parse_image(image)})) {
  if (schema().byte_order == ByteOrder::big)
    throw Error(Fault::invalid,
                "the image is big-endian; only little-endian ones are filled in place");
}
ImageFiller::ImageFiller(ImageFiller&&) noexcept = default;
ImageFiller& ImageFiller::operator=(ImageFiller&&) noexcept = default;
ImageFiller::~ImageFiller() = default;

const Schema& ImageFiller::schema() const noexcept {
  return parts_->parsed.schema;
}

std::int64_t ImageFiller::observations() const noexcept {
  return parts_->parsed.layout.observations;
}

bool ImageFiller::fill(std::int64_t first_row, std::span<const FillColumn> columns,
                       const WriteOptions& options) {
  Schema schema;
  std::vector<InputVariable> inputs;
  for (const auto& fill : columns) {
    schema.variables.push_back(variable_at(parts_->parsed, fill.variable));
    inputs.push_back(
        {fill.column, TypeRule::declared, fill.out_of_range, fill.round_integers});
  }
  const auto plan = plan_batch(schema, std::move(inputs), options);
  if (!plan) return false;
  const std::int64_t rows = rows_of(*plan);
  check_place(first_row, rows, observations());
  check_fillable(*plan);
  const std::int64_t row_bytes = parts_->parsed.layout.row_bytes;
  const std::int64_t part =
      std::max(kLeastPartRows, kPartBytes / std::max<std::int64_t>(1, row_bytes));
  const auto write = [&](std::int64_t begin, std::int64_t end) {
    for (; begin < end; begin += part)
      for (std::size_t k = 0; k < columns.size(); ++k)
        write_cells(*plan, k, begin, std::min(end, begin + part),
                    {parts_->cell(columns[k].variable, first_row + begin), row_bytes});
  };
  return for_row_blocks(rows, part * kPartsOfBlock, choose_threads(options.threads, rows),
                        write, options.stop);
}

}  // namespace stata_pydata::dta
