#include "dta/old_numbers.h"

#include <limits>
#include <optional>

namespace adohost {
namespace {

template <typename Cell>
std::optional<double> old_number(const std::byte* cell) {
  const auto value = detail::read<Cell>(cell);
  if (value == std::numeric_limits<Cell>::max()) return std::nullopt;
  return value;
}

std::optional<double> old_number(const std::byte* cell, Storage type) {
  switch (type) {
    case Storage::byte_:
      return old_number<std::int8_t>(cell);
    case Storage::int_:
      return old_number<std::int16_t>(cell);
    default:
      return old_number<std::int32_t>(cell);
  }
}

Storage wider(Storage type) {
  if (type == Storage::byte_) return Storage::int_;
  return type == Storage::int_ ? Storage::long_ : Storage::double_;
}

void mend_variable(Dataset& data, int v) {
  const Storage type = data.variable(v).type.storage;
  std::vector<double> numbers(data.nobs());
  bool fits = true;
  for (std::int64_t i = 0; i < data.nobs(); ++i) {
    const auto number = old_number(data.row(i) + data.variable(v).offset, type);
    numbers[i] = number.value_or(missing_value());
    fits = fits && holds(type, numbers[i]);
  }
  if (!fits) data.change_type(v, {wider(type), 0});
  for (std::int64_t i = 0; i < data.nobs(); ++i) data.set_number(v, i, numbers[i]);
}

}  // namespace

void mend_old_numbers(Dataset& data) {
  for (int v = 0; v < data.nvar(); ++v) {
    if (data.variable(v).type.storage <= Storage::long_) mend_variable(data, v);
  }
}

}  // namespace adohost
