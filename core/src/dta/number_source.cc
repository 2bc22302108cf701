#include "dta/number_source.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

#include "dta/chunks.h"
#include "dta/missing_words.h"
#include "dta/stored_numbers.h"
#include "stata_pydata/missing.h"
#include "stata_pydata/stata_types.h"

namespace stata_pydata::dta {
namespace {

constexpr std::int64_t kPiece = ElementMaker::kMost;  // elements in one go
constexpr std::int64_t kNoTime = std::numeric_limits<std::int64_t>::min();

std::int64_t width_of(ElementType type) noexcept {
  constexpr std::int64_t widths[] = {1, 0, 1, 2, 4, 8, 1, 2, 4, 8, 2, 4, 8};
  return widths[static_cast<std::size_t>(type)];
}

Elements elements_of(const Chunk& chunk, ElementType type, std::int64_t first) {
  if (type == ElementType::bitmap) return {chunk.values, 0, chunk.offset + first};
  return {chunk.values + first * chunk.stride, chunk.stride, 0};
}

Elements element_at(const Elements& from, std::int64_t index) noexcept {
  if (from.stride == 0) return {from.values, 0, from.offset + index};
  return {from.values + index * from.stride, from.stride, 0};
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

template <typename Bits>
void store_missing(const std::uint64_t* missing, std::int64_t count, Cells to,
                   Bits dot) noexcept {
  for_set_bits(missing, count, [&](std::int64_t i) {
    std::memcpy(to.first + i * to.stride, &dot, sizeof dot);
  });
}

void patch_missing(const std::uint64_t* missing, std::int64_t count, Storage storage,
                   Cells to) noexcept {
  const std::uint64_t dot = missing_bits(storage, 0);
  switch (storage) {
    case Storage::byte_:
      return store_missing(missing, count, to, static_cast<std::uint8_t>(dot));
    case Storage::int_:
      return store_missing(missing, count, to, static_cast<std::uint16_t>(dot));
    case Storage::double_:
      return store_missing(missing, count, to, dot);
    default:
      return store_missing(missing, count, to, static_cast<std::uint32_t>(dot));
  }
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

}  // namespace

/// Room for one piece.
struct NumberSource::Buffers {
  std::array<std::uint64_t, kPiece / 64> missing;
  alignas(8) std::array<std::byte, kPiece * 8> made;
  std::array<double, kPiece> numbers;

  Elements real_elements() const noexcept {
    return {reinterpret_cast<const std::byte*>(numbers.data()), sizeof(double), 0};
  }
};

NumberSource::NumberSource(const InputColumn& column, const KernelTable& kernels)
    : kernels_(kernels) {
  if (const auto* cells = std::get_if<StoredColumn>(&column)) {
    stored_ = cells;
  } else if (const auto* made = std::get_if<MadeColumn>(&column)) {
    made_ = &made->chunks;
    element_ = made->type;
    if (made->ticks) ticks_ = &*made->ticks;
    starts_ = chunk_starts(*made_);
  } else {
    const auto* time = std::get_if<TimeColumn>(&column);
    const Column& plain = time ? time->column : std::get<Column>(column);
    if (time) ticks_ = &time->ticks;
    element_ = plain.type;
    chunks_ = &plain.chunks;
    starts_ = chunk_starts(*chunks_);
  }
}

ElementType NumberSource::type() const noexcept {
  return ticks_ || stored_ ? ElementType::float64 : element_;
}

NumberSource::Piece NumberSource::timed(const Piece& ticks,
                                        Buffers& buffers) const noexcept {
  const std::byte* at = ticks.elements.values;
  for (std::int64_t i = 0; i < ticks.count; ++i, at += ticks.elements.stride) {
    std::int64_t tick = 0;
    if (element_ == ElementType::int32) {
      std::int32_t narrow;
      std::memcpy(&narrow, at, sizeof narrow);
      tick = narrow;
    } else {
      std::memcpy(&tick, at, sizeof tick);
    }
    buffers.numbers[static_cast<std::size_t>(i)] = time_of(tick, *ticks_);
  }
  return {buffers.real_elements(), ticks.count, ticks.missing};
}

template <typename Use>
void NumberSource::for_chunk(const Chunk& chunk, std::int64_t first, std::int64_t count,
                             Buffers& buffers, const Use& use) const {
  const bool whole = !ticks_ && chunk.mask.kind == Mask::Kind::none;
  const std::int64_t most = whole ? count : kPiece;
  for (std::int64_t i = 0; i < count; i += most) {
    const std::int64_t some = std::min(most, count - i);
    Piece piece{elements_of(chunk, element_, first + i), some, nullptr};
    if (chunk.mask.kind != Mask::Kind::none &&
        missing_words(chunk.mask, first + i, some, buffers.missing.data()))
      piece.missing = buffers.missing.data();
    use(ticks_ ? timed(piece, buffers) : piece, i);
  }
}

template <typename Use>
void NumberSource::for_made(const MadeChunk& chunk, std::int64_t first,
                            std::int64_t count, Buffers& buffers, const Use& use) const {
  const Elements made{buffers.made.data(), width_of(element_), 0};
  for (std::int64_t i = 0; i < count; i += kPiece) {
    const std::int64_t some = std::min(kPiece, count - i);
    buffers.missing = {};
    const bool any = chunk.maker->make(chunk.first + first + i, some, buffers.made.data(),
                                       buffers.missing.data());
    const Piece piece{made, some, any ? buffers.missing.data() : nullptr};
    use(ticks_ ? timed(piece, buffers) : piece, i);
  }
}

template <typename Use>
void NumberSource::for_stored(std::int64_t begin, std::int64_t end, Buffers& buffers,
                              const Use& use) const {
  for (std::int64_t row = begin; row < end; row += kPiece) {
    const std::int64_t some = std::min(kPiece, end - row);
    read_stored(*stored_, row, some, kernels_, buffers.numbers.data());
    use(Piece{buffers.real_elements(), some, nullptr}, row);
  }
}

template <typename Use>
void NumberSource::for_elements(std::int64_t begin, std::int64_t end,
                                const Use& use) const {
  Buffers buffers;
  if (stored_) return for_stored(begin, end, buffers, use);
  const auto behind = [&use](std::int64_t row) {
    return [&use, row](const Piece& piece, std::int64_t i) { use(piece, row + i); };
  };
  if (made_)
    for_pieces(
        *made_, starts_, begin, end,
        [&](const MadeChunk& chunk, std::int64_t first, std::int64_t count,
            std::int64_t row) { for_made(chunk, first, count, buffers, behind(row)); });
  else
    for_pieces(
        *chunks_, starts_, begin, end,
        [&](const Chunk& chunk, std::int64_t first, std::int64_t count,
            std::int64_t row) { for_chunk(chunk, first, count, buffers, behind(row)); });
}

NumberRange NumberSource::range(std::int64_t begin, std::int64_t end) const noexcept {
  const ScanNumbers scan = kernels_.scan_numbers[static_cast<std::size_t>(type())];
  NumberRange range = NumberRange::none();
  for_elements(begin, end, [&](const Piece& piece, std::int64_t) {
    range.merge(scan(piece.elements, piece.count, piece.missing));
  });
  return range;
}

void NumberSource::write(std::int64_t begin, std::int64_t end, Storage storage,
                         Cells to) const noexcept {
  if (stored_ && stored_->type.storage == storage)
    return copy_stored(*stored_, begin, end, to);
  const WriteNumbers kernel = kernels_.write_numbers[static_cast<std::size_t>(type())]
                                                    [static_cast<std::size_t>(storage)];
  for_elements(begin, end, [&](const Piece& piece, std::int64_t row) {
    const Cells cells{to.first + (row - begin) * to.stride, to.stride};
    kernel(piece.elements, cells, piece.count);
    if (piece.missing) patch_missing(piece.missing, piece.count, storage, cells);
  });
}

bool NumberSource::exact(std::int64_t begin, std::int64_t end,
                         Storage storage) const noexcept {
  std::array<double, kPiece> wide, narrow;
  std::array<std::byte, kPiece * sizeof(double)> cells;
  const std::int64_t width = numeric_width(storage);
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

std::int64_t NumberSource::find(std::int64_t begin, std::int64_t end,
                                const std::function<bool(const Number&)>& bad) const {
  const ScanNumbers scan = kernels_.scan_numbers[static_cast<std::size_t>(type())];
  std::int64_t found = -1;
  const auto look = [&](const Piece& piece, std::int64_t row) {
    for (std::int64_t i = 0; i < piece.count && found < 0; ++i) {
      if (piece.missing && (piece.missing[i / 64] >> (i % 64) & 1) != 0) continue;
      const NumberRange one = scan(element_at(piece.elements, i), 1, nullptr);
      const bool present = !is_real() || one.low <= one.high;
      if (present && bad({is_real(), one.low, one.low_integer})) found = row + i;
    }
  };
  for (; begin < end && found < 0; begin += kPiece)
    for_elements(begin, std::min(end, begin + kPiece), look);
  return found;
}

Number NumberSource::number(std::int64_t row) const {
  Number number;
  find(row, row + 1, [&](const Number& there) { return number = there, true; });
  return number;
}

std::string NumberSource::integer_text(std::int64_t row) const {
  std::string text = std::to_string(number(row).integer);
  if (type() != ElementType::uint64) return text;
  for_elements(row, row + 1, [&](const Piece& piece, std::int64_t) {
    std::uint64_t value;
    std::memcpy(&value, piece.elements.values, sizeof value);
    text = std::to_string(value);
  });
  return text;
}

}  // namespace stata_pydata::dta
