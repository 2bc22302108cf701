#include "dta/read_dta.h"

#include <numeric>

#include "data/label_sets.h"
#include "dta/dta_errors.h"
#include "dta/read_dta_labels.h"
#include "dta/read_dta_rows.h"
#include "dta/read_dta_strls.h"

namespace adohost {
namespace {

/// The description of the file for some of its variables.
Dataset selected_description(const DtaFile& file, const std::vector<int>& variables) {
  std::vector<Variable> kept;
  std::vector<int> place(file.columns.size(), -1);
  for (const int v : variables) {
    place[v] = static_cast<int>(kept.size());
    kept.push_back(file.data.variable(v));
  }
  Dataset data(std::move(kept));
  data.data_label = file.data.data_label;
  data.timestamp = file.data.timestamp;
  for (const int v : file.data.sorted_by) {
    if (place[v] < 0) break;
    data.sorted_by.push_back(place[v]);
  }
  for (const auto& [key, text] : file.data.characteristics) {
    if (key.first == "_dta" || data.find(key.first) >= 0) {
      data.characteristics.emplace(key, text);
    }
  }
  return data;
}

/// Throws where the observations, or a tag behind them, are not where they should be.
void check_rest(const DtaInput& input, const DtaFile& file) {
  DtaCursor cursor(input, file.data_at);
  const auto rows = static_cast<std::uint64_t>(file.nobs);
  if (file.row_width > 0 && rows > cursor.left() / file.row_width) fail_file_ended();
  if (!file.release->tagged()) return;
  cursor.skip(file.data_bytes());
  cursor.marker("</data>");
  if (cursor.position() != file.strls_at) fail_not_recorded("<strls>");
  if (file.value_labels_at < file.strls_at || file.value_labels_at > input.size()) {
    fail_not_recorded("<value_labels>");
  }
  if (file.end_at < file.value_labels_at || file.end_at > input.size()) {
    fail_not_recorded("</stata_dta>");
  }
  cursor.seek(file.end_at);
  cursor.marker("</stata_dta>");
  if (file.file_end != cursor.position()) fail_file_ended();
}

}  // namespace

Dataset read_dta(const DtaInput& input, const DtaFile& file,
                 const std::vector<int>& variables, std::int64_t first,
                 std::int64_t last) {
  check_rest(input, file);
  Dataset data = selected_description(file, variables);
  read_dta_rows(input, file, variables, first, last, data);
  if (file.release->tagged()) read_dta_strls(input, file, data, variables, first);
  const bool all = variables.size() == file.columns.size();
  data.value_labels = read_dta_value_labels(input, file);
  if (!all) drop_unattached_labels(data);
  data.changed = false;
  return data;
}

Dataset read_dta(const DtaInput& input, const DtaFile& file) {
  std::vector<int> all(file.columns.size());
  std::iota(all.begin(), all.end(), 0);
  return read_dta(input, file, all, 0, file.nobs);
}

}  // namespace adohost
