// Texts as Arrow's views. A block of rows is copied end to end, as for offsets, into the
// room of the variable, or, where no text of it is long, beside the offsets; views are
// made of that copy, which is in the cache.
#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>
#include <string>

#include "dta/row_reads.h"
#include "stata_pydata/error.h"

namespace stata_pydata::dta {
namespace {

/// A view is made with loads of the inline bytes, whatever the text's size.
constexpr std::int64_t kBehind = kInlineBytes;

/// Masks that keep the first 0 to 12 of 12 bytes.
struct InlineMask {
  std::uint64_t first = 0;
  std::uint32_t last = 0;
};

constexpr auto kInlineMasks = [] {
  std::array<InlineMask, kInlineBytes + 1> masks{};
  for (std::size_t size = 0; size < masks.size(); ++size) {
    masks[size].first = size < 8 ? (std::uint64_t{1} << 8 * size) - 1 : ~std::uint64_t{0};
    if (size > 8)
      masks[size].last = size < 12 ? (std::uint32_t{1} << 8 * (size - 8)) - 1 : ~0U;
  }
  return masks;
}();

/// REQUIRES: kBehind bytes can be loaded at `text`; little-endian, as x86 and Arm are.
void write_short(const char* text, std::int64_t size, std::byte* view) noexcept {
  std::uint64_t first;
  std::uint32_t last;
  std::memcpy(&first, text, sizeof first);
  std::memcpy(&last, text + sizeof first, sizeof last);
  const InlineMask& mask = kInlineMasks[static_cast<std::size_t>(size)];
  first &= mask.first;
  last &= mask.last;
  const auto bytes = static_cast<std::int32_t>(size);
  std::memcpy(view, &bytes, 4);
  std::memcpy(view + 4, &first, sizeof first);
  std::memcpy(view + 12, &last, sizeof last);
}

void write_long(const char* text, std::int64_t size, std::int32_t buffer,
                std::int32_t offset, std::byte* view) noexcept {
  const auto bytes = static_cast<std::int32_t>(size);
  std::memcpy(view, &bytes, 4);
  std::memcpy(view + 4, text, 4);
  std::memcpy(view + 8, &buffer, 4);
  std::memcpy(view + 12, &offset, 4);
}

/// The views of a block of rows, variable by variable.
class ViewWriter {
 public:
  explicit ViewWriter(const ReadOptions& options) : options_(options) {}

  /// The views of elements [begin, end), at most kTextBlockRows.
  void write(const TextReader& reader, const ViewRequest& request,
             const RowSelection& rows, std::int64_t begin, std::int64_t end) {
    const RowSelection block = part_of(rows, begin, end);
    std::byte* views = request.views + begin * kViewBytes;
    offsets_[0] = 0;
    reader.sizes(block, 0, block.count, options_, offsets_.data() + 1);
    const auto sizes =
        std::span(offsets_).subspan(1, static_cast<std::size_t>(block.count));
    const std::int64_t longest = *std::max_element(sizes.begin(), sizes.end());
    std::partial_sum(sizes.begin(), sizes.end(), sizes.begin());
    const std::int64_t bytes = sizes.back();
    if (longest <= kInlineBytes) {
      copy(reader, block, {short_.data()}, views);
    } else if (bytes + kBehind <= request.room->most_bytes()) {
      copy(reader, block, request.room->take(bytes + kBehind), views);
    } else {
      one_by_one(reader, request, rows, begin, end);
    }
  }

 private:
  void copy(const TextReader& reader, const RowSelection& block, TextRoom::Place to,
            std::byte* views) const {
    reader.copy(block, 0, block.count, options_, offsets_.data(), to.at);
    for (std::int64_t i = 0; i < block.count; ++i, views += kViewBytes) {
      const std::int64_t at = offsets_[static_cast<std::size_t>(i)];
      const std::int64_t size = offsets_[static_cast<std::size_t>(i) + 1] - at;
      if (size <= kInlineBytes)
        write_short(to.at + at, size, views);
      else
        write_long(to.at + at, size, to.buffer, to.offset + static_cast<std::int32_t>(at),
                   views);
    }
  }

  /// A block whose texts have no room in one buffer.
  void one_by_one(const TextReader& reader, const ViewRequest& request,
                  const RowSelection& rows, std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i) {
      const RowSelection one = part_of(rows, i, i + 1);
      offsets_[0] = 0;
      reader.sizes(one, 0, 1, options_, offsets_.data() + 1);
      if (offsets_[1] + kBehind > request.room->most_bytes())
        throw Error(Fault::range, "variable " + reader.name() + ", row " +
                                      std::to_string(reader.row(one)) + ": a text of " +
                                      std::to_string(offsets_[1]) +
                                      " bytes is too long for a view of Arrow");
      copy(reader, one, request.room->take(offsets_[1] + kBehind),
           request.views + i * kViewBytes);
    }
  }

  const ReadOptions& options_;
  std::array<std::int64_t, kTextBlockRows + 1> offsets_;
  std::array<char, kTextBlockRows * kInlineBytes + kBehind> short_;
};

}  // namespace

bool write_views(const ParsedImage& parsed, std::span<const TextReader> readers,
                 std::span<const ViewRequest> requests, const RowSelection& rows,
                 const ReadOptions& options) {
  check_selection(rows, parsed.layout.observations);
  const auto write = [&](std::int64_t begin, std::int64_t end) {
    if (options.populate) populate_rows(parsed, rows, begin, end);
    ViewWriter writer(options);
    for (std::size_t k = 0; k < readers.size(); ++k)
      writer.write(readers[k], requests[k], rows, begin, end);
  };
  return readers.empty() || for_text_blocks(rows, options, write);
}

}  // namespace stata_pydata::dta
