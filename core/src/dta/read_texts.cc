#include <algorithm>
#include <cstring>
#include <numeric>
#include <string>
#include <vector>

#include "dta/row_reads.h"
#include "stata_pydata/error.h"
#include "stata_pydata/text_encoding.h"

namespace stata_pydata::dta {

TextReader::TextReader(const ParsedImage& parsed, std::int64_t variable,
                       const StrlIndex* strls)
    : parsed_(parsed),
      variable_(variable_at(parsed, variable)),
      cells_(cells_of(parsed, variable)),
      strls_(strls),
      stored_utf8_(parsed.layout.widths.utf8) {
  if (!variable_.type.is_text())
    throw Error(Fault::invalid, "variable " + variable_.name + " is " +
                                    type_name(variable_.type) + ", it has no texts");
}

StoredText TextReader::text(std::int64_t row, StrlCursor& cursor) const {
  const std::byte* cell = cells_.first + row * cells_.stride;
  if (variable_.type.storage == Storage::strl) return strl(cell, row, cursor);
  return {before_nul({reinterpret_cast<const char*>(cell), variable_.type.width}), false};
}

StoredText TextReader::strl(const std::byte* cell, std::int64_t row,
                            StrlCursor& cursor) const {
  const ReleaseWidths& widths = parsed_.layout.widths;
  const std::uint64_t key = strl_key(widths, cells_.byte_order, cell);
  if (key == 0) return {};
  if (const auto text = strls_->find(key, cursor)) return *text;
  const int v = 8 * widths.strl_variable;
  throw Error(Fault::damaged, "damaged image: data, at offset " +
                                  std::to_string(cell - parsed_.image.data()) +
                                  ": variable " + variable_.name + ", row " +
                                  std::to_string(row) +
                                  ": expected a strL that is there, found (" +
                                  std::to_string(key & ((std::uint64_t{1} << v) - 1)) +
                                  ", " + std::to_string(key >> v) + ")");
}

Elements TextReader::cells_from(const RowSelection& rows, std::int64_t i) const {
  const std::int64_t step = rows.count > 1 ? rows.step : 0;
  return {cells_.first + (rows.begin + i * step) * cells_.stride, step * cells_.stride,
          0};
}

void TextReader::sizes(const RowSelection& rows, std::int64_t begin, std::int64_t end,
                       const ReadOptions& options, std::int64_t* sizes) const {
  if (lie_in_step(rows) && measure(rows, begin, end, options, sizes)) return;
  StrlCursor cursor;
  for (std::int64_t i = begin; i < end; ++i)
    *sizes++ = size_of(text(row_of(rows, i, cells_.count), cursor), options);
}

/// The sizes of cells that lie in step, as they are stored; whether they are what is
/// asked for as they are.
bool TextReader::measure(const RowSelection& rows, std::int64_t begin, std::int64_t end,
                         const ReadOptions& options, std::int64_t* sizes) const {
  const TextBytes bytes = kernels_of(options).measure_texts(
      cells_from(rows, begin), end - begin, variable_.type.width, sizes);
  if (!options.utf8 || bytes == TextBytes::ascii) return true;
  return bytes == TextBytes::utf8 && stored_utf8_;
}

std::int64_t TextReader::size_of(const StoredText& text,
                                 const ReadOptions& options) const {
  if (options.utf8 && !text.binary) return utf8_bytes(text.bytes, stored_utf8_);
  return static_cast<std::int64_t>(text.bytes.size());
}

/// Whether the cells of elements [begin, end) are what is asked for as they are, and have
/// the sizes that the offsets say (of other sizes some might leave their cell).
bool TextReader::copies_cells(const RowSelection& rows, std::int64_t begin,
                              std::int64_t end, const ReadOptions& options,
                              const std::int64_t* offsets) const {
  if (!lie_in_step(rows)) return false;
  if (!options.utf8) return true;
  std::int64_t sizes[kTextBlockRows];
  bool same = measure(rows, begin, end, options, sizes);
  for (std::int64_t i = begin; i < end; ++i)
    same &= sizes[i - begin] == offsets[i + 1] - offsets[i];
  return same;
}

void TextReader::copy(const RowSelection& rows, std::int64_t begin, std::int64_t end,
                      const ReadOptions& options, const std::int64_t* offsets,
                      char* bytes) const {
  if (copies_cells(rows, begin, end, options, offsets))
    return kernels_of(options).copy_texts(cells_from(rows, begin), end - begin,
                                          offsets + begin, bytes);
  StrlCursor cursor;
  for (std::int64_t i = begin; i < end; ++i) {
    const StoredText found = text(row_of(rows, i, cells_.count), cursor);
    const std::int64_t room = offsets[i + 1] - offsets[i];
    char* to = bytes + offsets[i];
    const bool converts = options.utf8 && !found.binary;
    if (converts && size_of(found, options) == room) {
      write_utf8(found.bytes, stored_utf8_, to);
    } else {  // the text has changed, or stays as it is
      const auto size = std::min(static_cast<std::size_t>(room), found.bytes.size());
      if (size > 0) std::memcpy(to, found.bytes.data(), size);
      std::memset(to + size, 0, static_cast<std::size_t>(room) - size);
    }
  }
}

bool TextReader::find(const RowSelection& rows, StoredText* texts,
                      const ReadOptions& options) const {
  check_selection(rows, cells_.count);
  return for_text_blocks(rows, options, [&](std::int64_t begin, std::int64_t end) {
    StrlCursor cursor;
    for (std::int64_t i = begin; i < end; ++i)
      texts[i] = text(row_of(rows, i, cells_.count), cursor);
  });
}

namespace {

/// Makes offsets of sizes: each text begins where the one before ends.
void add_up(std::int64_t* offsets, std::int64_t begin, std::int64_t end) {
  for (std::int64_t i = begin; i < end; ++i) offsets[i + 1] += offsets[i];
}

}  // namespace

bool measure_texts(const ParsedImage& parsed, std::span<const TextReader> readers,
                   std::span<const TextRequest> requests, const RowSelection& rows,
                   const ReadOptions& options) {
  check_selection(rows, parsed.layout.observations);
  for (const auto& request : requests) request.offsets[0] = 0;
  if (rows.count == 0 || readers.empty()) return true;
  const auto blocks = static_cast<std::size_t>((rows.count - 1) / kTextBlockRows + 1);
  // Where each block's bytes begin, variable by variable.
  std::vector<std::vector<std::int64_t>> starts(readers.size(),
                                                std::vector<std::int64_t>(blocks + 1, 0));
  const auto within_block = [&](std::int64_t begin, std::int64_t end) {
    if (options.populate) populate_rows(parsed, rows, begin, end);
    for (std::size_t k = 0; k < readers.size(); ++k) {
      std::int64_t* offsets = requests[k].offsets;
      readers[k].sizes(rows, begin, end, options, offsets + begin + 1);
      add_up(offsets, begin + 1, end);
      starts[k][static_cast<std::size_t>(begin / kTextBlockRows) + 1] = offsets[end];
    }
  };
  if (!for_text_blocks(rows, options, within_block)) return false;
  for (auto& each : starts) std::partial_sum(each.begin(), each.end(), each.begin());
  const auto from_start = [&](std::int64_t begin, std::int64_t end) {
    for (std::size_t k = 0; k < readers.size(); ++k) {
      const std::int64_t start =
          starts[k][static_cast<std::size_t>(begin / kTextBlockRows)];
      for (std::int64_t i = begin; i < end; ++i) requests[k].offsets[i + 1] += start;
    }
  };
  return blocks == 1 || for_text_blocks(rows, options, from_start);
}

bool copy_texts(const ParsedImage& parsed, std::span<const TextReader> readers,
                std::span<const TextRequest> requests, const RowSelection& rows,
                const ReadOptions& options) {
  check_selection(rows, parsed.layout.observations);
  const auto copy = [&](std::int64_t begin, std::int64_t end) {
    for (std::size_t k = 0; k < readers.size(); ++k)
      readers[k].copy(rows, begin, end, options, requests[k].offsets, requests[k].bytes);
  };
  return readers.empty() || for_text_blocks(rows, options, copy);
}

}  // namespace stata_pydata::dta
