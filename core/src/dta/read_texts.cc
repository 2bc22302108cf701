#include <algorithm>
#include <cstring>
#include <string>

#include "dta/row_reads.h"
#include "stata_pydata/error.h"
#include "stata_pydata/parallel.h"

namespace stata_pydata::dta {
namespace {

constexpr std::int64_t kBlockRows = 4096;

}  // namespace

TextReader::TextReader(const ParsedImage& parsed, std::int64_t variable,
                       const StrlIndex* strls)
    : parsed_(parsed),
      variable_(variable_at(parsed, variable)),
      cells_(cells_of(parsed, variable)),
      strls_(strls) {
  if (!variable_.type.is_text())
    throw Error(Fault::invalid, "variable " + variable_.name + " is " +
                                    type_name(variable_.type) + ", it has no texts");
}

StoredText TextReader::text(std::int64_t row, std::size_t& hint) const {
  const std::byte* cell = cells_.first + row * cells_.stride;
  if (variable_.type.storage == Storage::strl) return strl(cell, row, hint);
  return {before_nul({reinterpret_cast<const char*>(cell), variable_.type.width}), false};
}

StoredText TextReader::strl(const std::byte* cell, std::int64_t row,
                            std::size_t& hint) const {
  const ReleaseWidths& widths = parsed_.layout.widths;
  const std::uint64_t key = strl_key(widths, cells_.byte_order, cell);
  if (key == 0) return {};
  if (const auto text = strls_->find(key, hint)) return *text;
  const int v = 8 * widths.strl_variable;
  throw Error(Fault::damaged, "damaged image: data, at offset " +
                                  std::to_string(cell - parsed_.image.data()) +
                                  ": variable " + variable_.name + ", row " +
                                  std::to_string(row) +
                                  ": expected a strL that is there, found (" +
                                  std::to_string(key & ((std::uint64_t{1} << v) - 1)) +
                                  ", " + std::to_string(key >> v) + ")");
}

bool TextReader::offsets(const RowSelection& rows, std::int64_t* offsets,
                         const ReadOptions& options) const {
  check_selection(rows, cells_.count);
  offsets[0] = 0;
  if (rows.count == 0) return true;
  const auto work = [&](std::int64_t begin, std::int64_t end) {
    std::size_t hint = 0;
    for (std::int64_t i = begin; i < end; ++i)
      offsets[i + 1] = static_cast<std::int64_t>(
          text(row_of(rows, i, cells_.count), hint).bytes.size());
  };
  if (!for_row_blocks(rows.count, kBlockRows, choose_threads(options.threads, rows.count),
                      work, options.stop))
    return false;
  for (std::int64_t i = 0; i < rows.count; ++i) offsets[i + 1] += offsets[i];
  return true;
}

bool TextReader::read(const RowSelection& rows, const std::int64_t* offsets, char* bytes,
                      const ReadOptions& options) const {
  check_selection(rows, cells_.count);
  if (rows.count == 0) return true;
  const auto work = [&](std::int64_t begin, std::int64_t end) {
    std::size_t hint = 0;
    for (std::int64_t i = begin; i < end; ++i) {
      const auto found = text(row_of(rows, i, cells_.count), hint).bytes;
      const auto room = static_cast<std::size_t>(offsets[i + 1] - offsets[i]);
      const std::size_t size = std::min(room, found.size());
      char* to = bytes + offsets[i];
      if (size > 0) std::memcpy(to, found.data(), size);
      if (size < room) std::memset(to + size, 0, room - size);
    }
  };
  return for_row_blocks(rows.count, kBlockRows,
                        choose_threads(options.threads, rows.count), work, options.stop);
}

}  // namespace stata_pydata::dta
