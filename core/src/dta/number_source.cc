#include "dta/number_source.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

#include "dta/chunks.h"
#include "stata_pydata/missing.h"
#include "stata_pydata/stata_types.h"

namespace stata_pydata::dta {
namespace {

constexpr std::int64_t kPiece = 512;  // elements that are looked at in one go
constexpr std::int64_t kNoTime = std::numeric_limits<std::int64_t>::min();

const Column& numbers_of(const InputColumn& column) {
  const auto* time = std::get_if<TimeColumn>(&column);
  return time ? time->column : std::get<Column>(column);
}

Elements elements_of(const Chunk& chunk, ElementType type, std::int64_t first) {
  if (type == ElementType::bitmap) return {chunk.values, 0, chunk.offset + first};
  return {chunk.values + first * chunk.stride, chunk.stride, 0};
}

double time_of(std::int64_t tick, const Ticks& ticks) noexcept {
  if (tick == kNoTime) return double_nan(0);
  if (ticks.per_unit == 1)
    return static_cast<double>(tick) * static_cast<double>(ticks.per_tick) +
           static_cast<double>(ticks.add);
  std::int64_t units = tick / ticks.per_unit, rest = tick % ticks.per_unit;
  if (rest < 0) --units, rest += ticks.per_unit;
  const double whole = static_cast<double>(units) + static_cast<double>(ticks.add);
  if (ticks.whole || rest == 0) return whole;
  return whole + static_cast<double>(rest) / static_cast<double>(ticks.per_unit);
}

/// One bit for every missing element; false where none is.
bool missing_bits_of(const Mask& mask, std::int64_t first, std::int64_t count,
                     std::array<std::uint64_t, kPiece / 64>& bits) noexcept {
  bits = {};
  bool any = false;
  for (std::int64_t i = 0; i < count; ++i) {
    const bool missing = mask.missing(first + i);
    bits[static_cast<std::size_t>(i / 64)] |= std::uint64_t{missing} << (i % 64);
    any |= missing;
  }
  return any;
}

template <typename Bits>
void store_missing(const Mask& mask, std::int64_t first, std::int64_t count, Cells to,
                   Bits dot) noexcept {
  for (std::int64_t i = 0; i < count; ++i)
    if (mask.missing(first + i)) std::memcpy(to.first + i * to.stride, &dot, sizeof dot);
}

void patch_missing(const Mask& mask, std::int64_t first, std::int64_t count,
                   Storage storage, Cells to) noexcept {
  if (mask.kind == Mask::Kind::none) return;
  const std::uint64_t dot = missing_bits(storage, 0);
  switch (storage) {
    case Storage::byte_:
      return store_missing(mask, first, count, to, static_cast<std::uint8_t>(dot));
    case Storage::int_:
      return store_missing(mask, first, count, to, static_cast<std::uint16_t>(dot));
    case Storage::double_:
      return store_missing(mask, first, count, to, dot);
    default:
      return store_missing(mask, first, count, to, static_cast<std::uint32_t>(dot));
  }
}

std::int64_t width_of(Storage storage) noexcept {
  constexpr std::int64_t widths[] = {1, 2, 4, 4, 8};
  return widths[static_cast<std::size_t>(storage)];
}

template <typename T>
void widen_as(const std::byte* cells, std::int64_t count, double* numbers) noexcept {
  for (std::int64_t i = 0; i < count; ++i) {
    T cell;
    std::memcpy(&cell, cells + i * std::int64_t{sizeof(T)}, sizeof cell);
    numbers[i] = static_cast<double>(cell);
  }
}

/// Cells of a numeric type that lie end to end, as doubles; missing values are no matter.
void widen(Storage storage, const std::byte* cells, std::int64_t count,
           double* numbers) noexcept {
  switch (storage) {
    case Storage::byte_:
      return widen_as<std::int8_t>(cells, count, numbers);
    case Storage::int_:
      return widen_as<std::int16_t>(cells, count, numbers);
    case Storage::long_:
      return widen_as<std::int32_t>(cells, count, numbers);
    case Storage::float_:
      return widen_as<float>(cells, count, numbers);
    default:
      return widen_as<double>(cells, count, numbers);
  }
}

void merge(NumberRange& range, const NumberRange& other) noexcept {
  range.low = std::min(range.low, other.low);
  range.high = std::max(range.high, other.high);
  range.low_integer = std::min(range.low_integer, other.low_integer);
  range.high_integer = std::max(range.high_integer, other.high_integer);
}

}  // namespace

NumberSource::NumberSource(const InputColumn& column, const KernelTable& kernels)
    : chunks_(numbers_of(column).chunks),
      starts_(chunk_starts(chunks_)),
      stored_(numbers_of(column).type),
      kernels_(kernels) {
  if (const auto* time = std::get_if<TimeColumn>(&column)) ticks_ = &time->ticks;
}

bool NumberSource::is_real() const noexcept {
  return ticks_ || is_floating(stored_);
}

void NumberSource::times_of(const Chunk& chunk, std::int64_t first, std::int64_t count,
                            double* times) const noexcept {
  const std::byte* at = chunk.values + first * chunk.stride;
  for (std::int64_t i = 0; i < count; ++i, at += chunk.stride) {
    std::int64_t tick = 0;
    if (stored_ == ElementType::int32) {
      std::int32_t narrow;
      std::memcpy(&narrow, at, sizeof narrow);
      tick = narrow;
    } else {
      std::memcpy(&tick, at, sizeof tick);
    }
    times[i] = time_of(tick, *ticks_);
  }
}

NumberRange NumberSource::range_of(const Chunk& chunk, std::int64_t first,
                                   std::int64_t count,
                                   const std::uint64_t* skip) const noexcept {
  Elements elements = elements_of(chunk, stored_, first);
  std::array<double, kPiece> times;
  if (ticks_) {
    times_of(chunk, first, count, times.data());
    elements = {reinterpret_cast<const std::byte*>(times.data()), sizeof(double), 0};
  }
  return kernels_.scan_numbers[static_cast<std::size_t>(type())](elements, count, skip);
}

NumberRange NumberSource::range(std::int64_t begin, std::int64_t end) const noexcept {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  NumberRange range{infinity, -infinity, std::numeric_limits<std::int64_t>::max(),
                    std::numeric_limits<std::int64_t>::min()};
  for_pieces(
      chunks_, starts_, begin, end,
      [&](const Chunk& chunk, std::int64_t first, std::int64_t count, std::int64_t) {
        if (!ticks_ && chunk.mask.kind == Mask::Kind::none)
          return merge(range, range_of(chunk, first, count, nullptr));
        std::array<std::uint64_t, kPiece / 64> skip;
        for (std::int64_t i = 0; i < count; i += kPiece) {
          const std::int64_t part = std::min(kPiece, count - i);
          const bool any = missing_bits_of(chunk.mask, first + i, part, skip);
          merge(range, range_of(chunk, first + i, part, any ? skip.data() : nullptr));
        }
      });
  return range;
}

void NumberSource::write_times(const Chunk& chunk, std::int64_t first, std::int64_t count,
                               Storage storage, Cells to) const noexcept {
  std::array<double, kPiece> times;
  const auto kernel =
      kernels_.write_numbers[static_cast<std::size_t>(ElementType::float64)]
                            [static_cast<std::size_t>(storage)];
  for (std::int64_t i = 0; i < count; i += kPiece) {
    const std::int64_t part = std::min(kPiece, count - i);
    times_of(chunk, first + i, part, times.data());
    kernel({reinterpret_cast<const std::byte*>(times.data()), sizeof(double), 0},
           {to.first + i * to.stride, to.stride}, part);
  }
}

void NumberSource::write_piece(const Chunk& chunk, std::int64_t first, std::int64_t count,
                               Storage storage, Cells to) const noexcept {
  if (ticks_)
    write_times(chunk, first, count, storage, to);
  else
    kernels_.write_numbers[static_cast<std::size_t>(stored_)][static_cast<std::size_t>(
        storage)](elements_of(chunk, stored_, first), to, count);
  patch_missing(chunk.mask, first, count, storage, to);
}

void NumberSource::write(std::int64_t begin, std::int64_t end, Storage storage,
                         Cells to) const noexcept {
  for_pieces(
      chunks_, starts_, begin, end,
      [&](const Chunk& chunk, std::int64_t first, std::int64_t count, std::int64_t row) {
        write_piece(chunk, first, count, storage,
                    {to.first + (row - begin) * to.stride, to.stride});
      });
}

bool NumberSource::exact(std::int64_t begin, std::int64_t end,
                         Storage storage) const noexcept {
  std::array<double, kPiece> wide, narrow;
  std::array<std::byte, kPiece * sizeof(double)> cells;
  const std::int64_t width = width_of(storage);
  for (; begin < end; begin += kPiece) {
    const std::int64_t stop = std::min(end, begin + kPiece);
    write(begin, stop, Storage::double_,
          {reinterpret_cast<std::byte*>(wide.data()), sizeof(double)});
    write(begin, stop, storage, {cells.data(), width});
    widen(storage, cells.data(), stop - begin, narrow.data());
    for (std::size_t i = 0; i < static_cast<std::size_t>(stop - begin); ++i)
      if (wide[i] <= kDoubleMax && wide[i] != narrow[i]) return false;
  }
  return true;
}

bool NumberSource::number_of(const Chunk& chunk, std::int64_t index,
                             Number& number) const noexcept {
  if (chunk.mask.missing(index)) return false;
  const NumberRange range = range_of(chunk, index, 1, nullptr);
  number = {is_real(), range.low, range.low_integer};
  return !is_real() || range.low <= range.high;
}

std::int64_t NumberSource::find(std::int64_t begin, std::int64_t end,
                                const std::function<bool(const Number&)>& bad) const {
  std::int64_t found = -1;
  for_pieces(
      chunks_, starts_, begin, end,
      [&](const Chunk& chunk, std::int64_t first, std::int64_t count, std::int64_t row) {
        Number number;
        for (std::int64_t i = 0; i < count && found < 0; ++i)
          if (number_of(chunk, first + i, number) && bad(number)) found = row + i;
      });
  return found;
}

Number NumberSource::number(std::int64_t row) const {
  Number number;
  for_pieces(chunks_, starts_, row, row + 1,
             [&](const Chunk& chunk, std::int64_t index, std::int64_t, std::int64_t) {
               number_of(chunk, index, number);
             });
  return number;
}

std::string NumberSource::integer_text(std::int64_t row) const {
  std::string text = std::to_string(number(row).integer);
  if (stored_ != ElementType::uint64) return text;
  for_pieces(chunks_, starts_, row, row + 1,
             [&](const Chunk& chunk, std::int64_t index, std::int64_t, std::int64_t) {
               std::uint64_t value;
               std::memcpy(&value, chunk.values + index * chunk.stride, sizeof value);
               text = std::to_string(value);
             });
  return text;
}

}  // namespace stata_pydata::dta
