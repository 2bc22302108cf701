#include "stata_pydata/image_reader.h"

#include <mutex>
#include <optional>

#include "dta/row_reads.h"

namespace stata_pydata::dta {

struct ImageReader::Parts {
  explicit Parts(std::span<const std::byte> image) : parsed(parse_image(image)) {}

  /// Nothing when `stop` gave up. The index of strLs is made when it is first needed.
  std::optional<TextReader> texts(std::int64_t variable,
                                  const std::function<bool()>& stop) {
    if (variable_at(parsed, variable).type.storage != Storage::strl)
      return TextReader(parsed, variable, nullptr);
    const std::lock_guard lock(mutex);
    if (!strls) strls = StrlIndex::make(parsed, stop);
    if (!strls) return {};
    return TextReader(parsed, variable, &*strls);
  }

  /// A reader for each request.
  template <typename Request>
  std::optional<std::vector<TextReader>> readers(std::span<const Request> requests,
                                                 const std::function<bool()>& stop) {
    std::vector<TextReader> all;
    for (const auto& request : requests) {
      auto reader = texts(request.variable, stop);
      if (!reader) return {};
      all.push_back(*reader);
    }
    return all;
  }

  const ParsedImage parsed;
  std::mutex mutex;
  std::optional<StrlIndex> strls;
};

ImageReader::ImageReader(std::span<const std::byte> image)
    : parts_(std::make_unique<Parts>(image)) {}
ImageReader::ImageReader(ImageReader&&) noexcept = default;
ImageReader& ImageReader::operator=(ImageReader&&) noexcept = default;
ImageReader::~ImageReader() = default;

const Schema& ImageReader::schema() const noexcept {
  return parts_->parsed.schema;
}

std::int64_t ImageReader::observations() const noexcept {
  return layout().observations;
}

const ImageLayout& ImageReader::layout() const noexcept {
  return parts_->parsed.layout;
}

StoredCells ImageReader::cells(std::int64_t variable) const {
  return cells_of(parts_->parsed, variable);
}

bool ImageReader::any_missing(std::int64_t variable, const RowSelection& rows,
                              const ReadOptions& options) const {
  return find_missing(parts_->parsed, variable, rows, options);
}

NumberLimits ImageReader::limits(std::int64_t variable, const RowSelection& rows,
                                 const ReadOptions& options) const {
  return find_limits(parts_->parsed, variable, rows, options);
}

bool ImageReader::read_numbers(std::span<const NumberRequest> requests,
                               const RowSelection& rows,
                               const ReadOptions& options) const {
  return gather_numbers(parts_->parsed, requests, rows, options);
}

bool ImageReader::text_offsets(std::int64_t variable, const RowSelection& rows,
                               std::int64_t* offsets, const ReadOptions& options) const {
  const TextRequest request{variable, offsets, nullptr};
  return text_offsets({&request, 1}, rows, options);
}

bool ImageReader::read_texts(std::int64_t variable, const RowSelection& rows,
                             const std::int64_t* offsets, char* bytes,
                             const ReadOptions& options) const {
  // Offsets are read only.
  const TextRequest request{variable, const_cast<std::int64_t*>(offsets), bytes};
  return read_texts({&request, 1}, rows, options);
}

bool ImageReader::text_offsets(std::span<const TextRequest> requests,
                               const RowSelection& rows,
                               const ReadOptions& options) const {
  const auto readers = parts_->readers(requests, options.stop);
  return readers && measure_texts(parts_->parsed, *readers, requests, rows, options);
}

bool ImageReader::read_texts(std::span<const TextRequest> requests,
                             const RowSelection& rows, const ReadOptions& options) const {
  const auto readers = parts_->readers(requests, options.stop);
  return readers && copy_texts(parts_->parsed, *readers, requests, rows, options);
}

bool ImageReader::read_views(std::span<const ViewRequest> requests,
                             const RowSelection& rows, const ReadOptions& options) const {
  const auto readers = parts_->readers(requests, options.stop);
  return readers && write_views(parts_->parsed, *readers, requests, rows, options);
}

bool ImageReader::find_texts(std::int64_t variable, const RowSelection& rows,
                             StoredText* texts, const ReadOptions& options) const {
  const auto reader = parts_->texts(variable, options.stop);
  return reader && reader->find(rows, texts, options);
}

StoredText ImageReader::text(std::int64_t variable, std::int64_t row) const {
  RowSelection one{.begin = row, .count = 1};
  check_selection(one, observations());
  StrlCursor cursor;
  return parts_->texts(variable, {})->text(row, cursor);
}

}  // namespace stata_pydata::dta
