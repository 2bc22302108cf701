// The scalar kernels: the definition that every other table is tested against.
#include <algorithm>

#include "dta/kernels/cell.h"
#include "dta/kernels/element.h"
#include "dta/kernels/plain_interleave.h"
#include "dta/kernels/tables.h"

namespace stata_pydata::dta {
namespace {

template <typename In, typename Out>
void write_strided(Elements from, std::int64_t stride, Cells to,
                   std::int64_t count) noexcept {
  std::byte* cell = to.first;
  for (std::int64_t i = 0; i < count; ++i, cell += to.stride)
    store(cell, cell_of<Out>(element<In>(from, i, stride)));
}

template <typename In, typename Out>
void write_numbers(Elements from, Cells to, std::int64_t count) noexcept {
  if (from.stride == kPacked<In>)  // a stride that the compiler knows
    write_strided<In, Out>(from, kPacked<In>, to, count);
  else
    write_strided<In, Out>(from, from.stride, to, count);
}

constexpr std::int64_t kGreatest = std::numeric_limits<std::int64_t>::max();

/// The range of elements [begin, end), all of them present.
template <typename In>
void extend(NumberRange& range, const Elements& from, std::int64_t stride,
            std::int64_t begin, std::int64_t end) noexcept {
  using Value = ElementOf<In>;
  if constexpr (std::is_floating_point_v<Value>) {
    Value low = std::numeric_limits<Value>::infinity(), high = -low;
    for (std::int64_t i = begin; i < end; ++i) {  // a NaN fails both comparisons
      const Value value = element<In>(from, i, stride);
      low = value < low ? value : low;
      high = value > high ? value : high;
    }
    range.low = std::min<double>(range.low, low);
    range.high = std::max<double>(range.high, high);
  } else {
    Value low = std::numeric_limits<Value>::max();
    Value high = std::numeric_limits<Value>::min();
    for (std::int64_t i = begin; i < end; ++i) {
      const Value value = element<In>(from, i, stride);
      low = std::min(low, value);
      high = std::max(high, value);
    }
    if (begin == end) return;
    constexpr auto clipped = [](Value value) {
      if constexpr (std::is_same_v<Value, std::uint64_t>)
        return static_cast<std::int64_t>(
            std::min(value, static_cast<std::uint64_t>(kGreatest)));
      else
        return static_cast<std::int64_t>(value);
    };
    range.low_integer = std::min(range.low_integer, clipped(low));
    range.high_integer = std::max(range.high_integer, clipped(high));
  }
}

/// Calls extend for every run of elements that `skip` leaves.
template <typename In>
void extend_unskipped(NumberRange& range, const Elements& from, std::int64_t count,
                      const std::uint64_t* skip) noexcept {
  for (std::int64_t base = 0; base < count; base += 64) {
    const std::int64_t width = std::min<std::int64_t>(64, count - base);
    std::uint64_t left = ~skip[base / 64];
    if (width < 64) left &= (std::uint64_t{1} << width) - 1;
    while (left != 0) {
      const int begin = std::countr_zero(left);
      const int run = std::countr_one(left >> begin);
      extend<In>(range, from, from.stride, base + begin, base + begin + run);
      left = begin + run == 64 ? 0 : left >> (begin + run) << (begin + run);
    }
  }
}

template <typename In>
NumberRange scan_numbers(Elements from, std::int64_t count,
                         const std::uint64_t* skip) noexcept {
  NumberRange range = NumberRange::none();
  if (skip)
    extend_unskipped<In>(range, from, count, skip);
  else if (from.stride == kPacked<In>)
    extend<In>(range, from, kPacked<In>, 0, count);
  else
    extend<In>(range, from, from.stride, 0, count);
  return range;
}

template <typename In>
constexpr std::array<WriteNumbers, kNumericStorages> kWriteRow = {
    write_numbers<In, std::int8_t>, write_numbers<In, std::int16_t>,
    write_numbers<In, std::int32_t>, write_numbers<In, float>, write_numbers<In, double>};

constexpr std::int64_t kNoTile = std::numeric_limits<std::int64_t>::max();

template <int kWidth>
void interleave(const CellColumns& columns, std::int64_t rows, Cells to) noexcept {
  interleave_rest<kWidth>(columns, rows, to, kNoTile);
}

void deinterleave(Elements from, std::int64_t rows, const CellColumns& columns) noexcept {
  deinterleave_rest(from, rows, columns, kNoTile);
}

template <typename... In>
constexpr KernelTable table_of(ElementList<In...>) {
  return {"scalar",
          {kWriteRow<In>...},
          {scan_numbers<In>...},
          kReadTable,
          {interleave<1>, interleave<2>},
          deinterleave,
          write_texts_scalar,
          measure_texts_scalar,
          copy_texts_scalar};
}

}  // namespace

const KernelTable kScalarKernels = table_of(AllElements{});

}  // namespace stata_pydata::dta
