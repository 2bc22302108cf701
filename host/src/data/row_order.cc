#include "data/row_order.h"

#include <algorithm>
#include <numeric>

namespace adohost {
namespace {

/// One key with its values laid out by observation number.
struct KeyColumn {
  const Dataset* data;
  SortKey key;
  std::vector<double> numbers;  // empty for a string variable

  int compare(std::int64_t a, std::int64_t b) const {
    return numbers.empty() ? compare_texts(a, b) : compare_numbers(a, b);
  }

 private:
  int compare_numbers(std::int64_t a, std::int64_t b) const {
    const double x = numbers[a], y = numbers[b];
    if (x == y) return 0;
    const bool less = x < y;
    if (!key.descending) return less ? -1 : 1;
    if (!key.missing_first && (is_missing(x) || is_missing(y))) return less ? -1 : 1;
    return less ? 1 : -1;
  }

  int compare_texts(std::int64_t a, std::int64_t b) const {
    const std::string_view x = data->text(key.variable, a);
    const std::string_view y = data->text(key.variable, b);
    const int order = x.compare(y);
    if (!key.descending) return order;
    // Descending order puts "" last by itself.
    if (key.missing_first && x.empty() != y.empty()) return order;
    return -order;
  }
};

KeyColumn make_column(const Dataset& data, const SortKey& key) {
  KeyColumn column{&data, key, {}};
  if (data.variable(key.variable).type.is_string()) return column;
  column.numbers.resize(data.nobs());
  for (std::int64_t i = 0; i < data.nobs(); ++i) {
    column.numbers[i] = data.number(key.variable, i);
  }
  return column;
}

}  // namespace

std::vector<SortKey> ascending(const std::vector<int>& variables) {
  std::vector<SortKey> keys;
  for (const int v : variables) keys.push_back({v, false, false});
  return keys;
}

std::vector<std::int64_t> sorted_order(const Dataset& data,
                                       const std::vector<SortKey>& keys,
                                       std::vector<std::int64_t> rows) {
  std::vector<KeyColumn> columns;
  for (const SortKey& key : keys) columns.push_back(make_column(data, key));
  std::stable_sort(rows.begin(), rows.end(), [&](std::int64_t a, std::int64_t b) {
    for (const KeyColumn& column : columns) {
      const int order = column.compare(a, b);
      if (order != 0) return order < 0;
    }
    return false;
  });
  return rows;
}

std::vector<std::int64_t> sorted_order(const Dataset& data,
                                       const std::vector<SortKey>& keys) {
  std::vector<std::int64_t> rows(data.nobs());
  std::iota(rows.begin(), rows.end(), 0);
  return sorted_order(data, keys, std::move(rows));
}

bool same_values(const Dataset& data, const std::vector<int>& variables, std::int64_t a,
                 std::int64_t b) {
  return std::all_of(variables.begin(), variables.end(), [&](int v) {
    return data.variable(v).type.is_string() ? data.text(v, a) == data.text(v, b)
                                             : data.number(v, a) == data.number(v, b);
  });
}

void sort_data(Dataset& data, const std::vector<int>& variables) {
  const bool known =
      variables.size() <= data.sorted_by.size() &&
      std::equal(variables.begin(), variables.end(), data.sorted_by.begin());
  if (known) return;
  const std::vector<std::int64_t> order = sorted_order(data, ascending(variables));
  if (!std::is_sorted(order.begin(), order.end())) data.reorder_observations(order);
  data.sorted_by = variables;
}

}  // namespace adohost
