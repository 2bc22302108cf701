#include "arrow/time_output.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "dta/place.h"
#include "stata_pydata/error.h"
#include "stata_pydata/input_column.h"
#include "stata_pydata/parallel.h"
#include "stata_pydata/stata_types.h"

namespace stata_pydata::dta {
namespace {

constexpr std::int64_t kBlock = 1 << 16;

bool present(const std::uint8_t* validity, std::int64_t i) noexcept {
  return (validity[i / 8] >> (i % 8) & 1) != 0;
}

template <typename T>
T load(const std::byte* at) noexcept {
  T value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

template <typename T>
void store(std::byte* at, T value) noexcept {
  std::memcpy(at, &value, sizeof value);
}

}  // namespace

/// Doubles in place; results are no wider and go where the double was, or before.
template <typename Convert>
void TimeOutput::from_reals(const Convert& convert) const {
  using Result = decltype(convert(std::int64_t{}, double{}));
  for (std::int64_t i = 0; i < rows.count; ++i) {
    const auto value = load<double>(values + i * 8);
    const Result result = present(validity, i) ? convert(i, value) : Result{0};
    store(values + i * std::int64_t{sizeof(Result)}, result);
  }
}

template <typename Convert>
void TimeOutput::from_integers(const Convert& convert) const {
  for_row_blocks(rows.count, kBlock, choose_threads(0, rows.count),
                 [&](std::int64_t begin, std::int64_t end) {
                   for (std::int64_t i = begin; i < end; ++i)
                     if (present(validity, i))
                       store(values + i * 4,
                             convert(i, load<std::int32_t>(values + i * 4)));
                 });
}

void TimeOutput::fail(std::int64_t element, double value, const char* what) const {
  const std::int64_t row =
      rows.indexes ? rows.indexes[element] : rows.begin + element * rows.step;
  throw Error(Fault::range, place(column.name, row) + ": " + number_text(value) + what +
                                "; read it as a number, without dates");
}

void TimeOutput::to_days() const {
  constexpr std::int32_t shift = kDaysFrom1960To1970;
  constexpr double most = 2147483647;
  const auto day_of = [&](std::int64_t i, double value) {
    const double day = std::floor(value) - shift;
    if (!(std::abs(day) <= most)) fail(i, value, " is no day that Arrow's date32 holds");
    return static_cast<std::int32_t>(day);
  };
  if (column.read_form() == NumberForm::int32) return from_integers(day_of);
  from_reals(day_of);
}

void TimeOutput::to_microseconds() const {
  constexpr std::int64_t shift = kMillisecondsFrom1960To1970;
  constexpr double most = 9e15;  // milliseconds, 285,000 years
  from_reals([&](std::int64_t i, double value) {
    const double whole = std::floor(value);
    if (!(std::abs(whole) <= most))
      fail(i, value, " is no time that Arrow's timestamp holds in microseconds");
    const auto rest = static_cast<std::int64_t>(std::lround((value - whole) * 1000));
    return (static_cast<std::int64_t>(whole) - shift) * 1000 + rest;
  });
}

void TimeOutput::to_places() const {
  const auto place_of = [&](std::int64_t, double value) {
    const bool is_long = value >= kLongMin && value <= kLongMax;
    const auto whole = static_cast<std::int32_t>(is_long ? value : 0);
    return std::max(0, column.places.find(whole));  // the label may be gone since
  };
  if (column.read_form() == NumberForm::int32) return from_integers(place_of);
  from_reals(place_of);
}

}  // namespace stata_pydata::dta
