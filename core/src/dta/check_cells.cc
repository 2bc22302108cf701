#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <mutex>

#include "dta/checks.h"
#include "dta/place.h"
#include "dta/row_reads.h"
#include "stata_pydata/missing.h"
#include "stata_pydata/parallel.h"
#include "stata_pydata/stata_types.h"

namespace stata_pydata::dta {
namespace {

constexpr std::int64_t kBlockRows = 4096;

/// What can be wrong with a cell, and the first row where it is.
enum Flaw { kOutside, kMinusInfinity, kSlack, kFlaws };
using FirstRows = std::array<std::int64_t, kFlaws>;

bool is_missing(Storage storage, std::uint64_t bits) noexcept {
  const std::uint64_t dot = missing_bits(storage, 0);
  const std::uint64_t step = missing_bits(storage, 1) - dot;
  return bits >= dot && (bits - dot) % step == 0 && (bits - dot) / step < kMissingValues;
}

Flaw flaw_of_real(Storage storage, double value, std::uint64_t bits, double low,
                  double high) noexcept {
  if ((value >= low && value <= high) || is_missing(storage, bits)) return kFlaws;
  return std::isinf(value) && value < 0 ? kMinusInfinity : kOutside;
}

/// The flaw of a number; kFlaws where it has none.
Flaw flaw_of_number(Storage storage, std::uint64_t bits) noexcept {
  switch (storage) {
    case Storage::byte_:
      return static_cast<std::int8_t>(bits) < kByteMin ? kOutside : kFlaws;
    case Storage::int_:
      return static_cast<std::int16_t>(bits) < kIntMin ? kOutside : kFlaws;
    case Storage::long_:
      return static_cast<std::int32_t>(bits) < kLongMin ? kOutside : kFlaws;
    case Storage::float_:
      return flaw_of_real(storage, std::bit_cast<float>(static_cast<std::uint32_t>(bits)),
                          bits, kFloatMin, kFloatMax);
    default:
      return flaw_of_real(storage, std::bit_cast<double>(bits), bits, kDoubleMin,
                          kDoubleMax);
  }
}

Flaw flaw_of_text(std::string_view cell) noexcept {
  const auto text = before_nul(cell);
  return cell.find_first_not_of('\0', text.size()) == std::string_view::npos ? kFlaws
                                                                             : kSlack;
}

Flaw flaw_of(const StoredCells& cells, const std::byte* cell) noexcept {
  if (cells.type.is_numeric())
    return flaw_of_number(cells.type.storage,
                          load_number(cell, cells.type.width, cells.byte_order));
  return flaw_of_text({reinterpret_cast<const char*>(cell), cells.type.width});
}

FirstRows first_flaws(const StoredCells& cells, int threads) {
  FirstRows first;
  first.fill(cells.count);
  std::mutex mutex;
  const auto work = [&](std::int64_t begin, std::int64_t end) {
    FirstRows found;
    found.fill(cells.count);
    for (std::int64_t row = end - 1; row >= begin; --row)
      if (const Flaw flaw = flaw_of(cells, cells.first + row * cells.stride);
          flaw != kFlaws)
        found[flaw] = row;
    const std::lock_guard lock(mutex);
    for (std::size_t i = 0; i < kFlaws; ++i) first[i] = std::min(first[i], found[i]);
  };
  if (cells.count > 0)
    for_row_blocks(cells.count, kBlockRows, choose_threads(threads, cells.count), work);
  return first;
}

}  // namespace

void check_cells(const ParsedImage& parsed, int threads, Findings& findings) {
  const auto& variables = parsed.schema.variables;
  for (std::size_t i = 0; i < variables.size(); ++i) {
    const VariableType type = variables[i].type;
    if (!type.is_numeric() && type.storage != Storage::str) continue;
    const StoredCells cells = cells_of(parsed, static_cast<std::int64_t>(i));
    const FirstRows first = first_flaws(cells, threads);
    const auto offset = [&](Flaw flaw) {
      return cells.first + first[flaw] * cells.stride - parsed.image.data();
    };
    const auto what = [&](Flaw flaw) {
      return "data: " + place(variables[i].name, first[flaw]) + ": ";
    };
    if (first[kOutside] < cells.count)
      findings.error(offset(kOutside), what(kOutside) + "neither a " + type_name(type) +
                                           " in Stata's range nor a missing value");
    if (first[kMinusInfinity] < cells.count)
      findings.warning(offset(kMinusInfinity), what(kMinusInfinity) + "minus infinity");
    if (first[kSlack] < cells.count)
      findings.warning(offset(kSlack),
                       what(kSlack) + "the bytes behind the text are not zero");
  }
}

}  // namespace stata_pydata::dta
