// joinby: all pairs of observations within groups ([D] joinby).
#include <numeric>

#include "base/error.h"
#include "base/text.h"
#include "commands/data_commands.h"
#include "commands/dta_combine.h"
#include "commands/dta_commands.h"
#include "commands/merge_pairs.h"
#include "data/row_copier.h"
#include "data/row_order.h"
#include "lang/file_names.h"

namespace adohost {
namespace {

struct JoinRequest {
  bool keep_master = false, keep_other = false, mark = false;
  bool update = false, replace = false, labels = true;
  std::string mark_name;
};

JoinRequest parse_request(const CommandLine& line) {
  const Options options = parse_options(line.options, {{"update", 6},
                                                       {"replace", 7},
                                                       {"unmatched", 3, true},
                                                       {"_merge", 6, true},
                                                       {"nolabel", 3}});
  JoinRequest request;
  request.update = options.has("update");
  request.replace = options.has("replace");
  request.labels = !options.has("nolabel");
  request.mark_name = options.argument("_merge").value_or("_merge");
  const std::string kept = options.argument("unmatched").value_or("");
  request.mark = options.has("unmatched");
  if (kept.empty() || abbreviates(kept, "none", 1)) return request;
  const bool both = abbreviates(kept, "both", 1);
  request.keep_master = both || abbreviates(kept, "master", 1);
  request.keep_other = both || abbreviates(kept, "using", 1);
  if (!request.keep_master && !request.keep_other) {
    throw StataError(198, "option unmatched() incorrectly specified");
  }
  return request;
}

/// The variables that both have, where none were named.
std::vector<int> key_variables(Session& session, std::string_view text,
                               const Dataset& theirs) {
  if (!trim(text).empty()) return without_repeats(required_variables(session, text));
  std::vector<int> common;
  for (int v = 0; v < session.data.nvar(); ++v) {
    if (theirs.find(session.data.variable(v).name) >= 0) common.push_back(v);
  }
  if (common.empty()) throw StataError(111, "no common variables");
  return common;
}

ColumnPairs key_pairs(const Dataset& data, const std::vector<int>& keys,
                      const Dataset& theirs) {
  ColumnPairs pairs;
  for (const int v : keys) {
    const Variable& variable = data.variable(v);
    const int w = theirs.find(variable.name);
    if (w < 0) {
      throw StataError(111, "variable " + variable.name + " not found in using data");
    }
    if (variable.type.is_string() != theirs.variable(w).type.is_string()) {
      throw StataError(106, "variable " + variable.name + " is " + variable.type.name() +
                                " in master but " + theirs.variable(w).type.name() +
                                " in using data");
    }
    pairs.emplace_back(w, v);
  }
  return pairs;
}

/// Both data sets are sorted by the keys.
MergePairs pair_all(const Dataset& master, const Dataset& other, const ColumnPairs& keys,
                    const JoinRequest& request) {
  MergePairs pairs;
  std::int64_t i = 0, j = 0;
  while (i < master.nobs() || j < other.nobs()) {
    const int order = i == master.nobs()  ? 1
                      : j == other.nobs() ? -1
                                          : compare_keys(master, i, other, j, keys);
    if (order < 0) {
      if (request.keep_master) pairs.push_back({i, -1});
      ++i;
    } else if (order > 0) {
      if (request.keep_other) pairs.push_back({-1, j});
      ++j;
    } else {
      std::int64_t end = j;
      while (end < other.nobs() && compare_keys(master, i, other, end, keys) == 0) ++end;
      for (std::int64_t k = j; k < end; ++k) pairs.push_back({i, k});
      ++i;
      const bool goes_on =
          i < master.nobs() && compare_keys(master, i, other, j, keys) == 0;
      if (!goes_on) j = end;
    }
  }
  return pairs;
}

/// Repeats the master observations as the pairs want them, then fills in the others.
void fill(Dataset& data, const Dataset& other, const MergePairs& pairs,
          const ColumnPairs& columns, const std::vector<bool>& known,
          const JoinRequest& request) {
  RowCopier copier(other, data, columns);
  for (std::size_t row = 0; row < pairs.size(); ++row) {
    const auto to = static_cast<std::int64_t>(row);
    const std::int64_t from = pairs[row].other;
    if (from < 0) continue;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const auto& [theirs, ours] = columns[c];
      const bool fresh = !known[theirs] || pairs[row].master < 0;
      const bool taken = request.update && !other.is_missing_at(theirs, from) &&
                         (request.replace || data.is_missing_at(ours, to));
      if (fresh || taken) copier.copy_cell(c, from, to);
    }
  }
}

void mark_origin(Dataset& data, const MergePairs& pairs, const std::string& name) {
  const int v = data.add_variable(name, {Storage::byte_, 0});
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const int code = pairs[i].other < 0 ? 1 : pairs[i].master < 0 ? 2 : 3;
    data.set_number(v, static_cast<std::int64_t>(i), code);
  }
  data.value_labels.try_emplace("_merge",
                                ValueLabel{{1, "only in master data"},
                                           {2, "only in using data"},
                                           {3, "both in master and using data"}});
  data.variable(v).value_label = "_merge";
}

}  // namespace

void run_joinby(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowUsing | kAllowOptions);
  const JoinRequest request = parse_request(line);
  if (!line.using_text) throw StataError(100, "using required");
  const OpenedDta opened = open_dta(only_path(line.using_raw));
  Dataset& data = session.data;
  if (request.mark) parse_newvarlist(data, request.mark_name);
  const std::vector<int> keys = key_variables(session, line.anything, opened.file.data);
  const ColumnPairs pairs_of_keys = key_pairs(data, keys, opened.file.data);
  Dataset other = read_dta(opened.input, opened.file);
  if (!request.labels) other.value_labels.clear();
  std::vector<int> other_keys;
  for (const auto& [theirs, ours] : pairs_of_keys) other_keys.push_back(theirs);
  sort_data(data, keys);
  sort_data(other, other_keys);
  const MergePairs pairs = pair_all(data, other, pairs_of_keys, request);
  std::vector<bool> known;
  for (const Variable& variable : other.variables()) {
    known.push_back(data.find(variable.name) >= 0);
  }
  std::vector<int> all(other.nvar());
  std::iota(all.begin(), all.end(), 0);
  const ColumnPairs columns = combine_variables(session, other, all, {"joinby", false});
  // An observation without a master needs a row of missing values to start from.
  const std::int64_t blank = data.nobs();
  data.set_nobs(blank + 1);
  std::vector<std::int64_t> order;
  for (const MergePair& pair : pairs)
    order.push_back(pair.master < 0 ? blank : pair.master);
  data.reorder_observations(order);
  fill(data, other, pairs, columns, known, request);
  combine_labels(session, other, request.labels, true);
  if (request.mark) mark_origin(data, pairs, request.mark_name);
  data.sorted_by = keys;
  data.changed = true;
}

}  // namespace adohost
