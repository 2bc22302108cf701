// merge ([D] merge).
#include <algorithm>
#include <array>
#include <numeric>

#include "base/error.h"
#include "base/paragraph.h"
#include "base/text.h"
#include "commands/data_commands.h"
#include "commands/dta_combine.h"
#include "commands/dta_commands.h"
#include "commands/merge_pairs.h"
#include "commands/merge_report.h"
#include "commands/merge_request.h"
#include "data/label_sets.h"
#include "data/row_copier.h"
#include "data/row_order.h"
#include "lang/file_names.h"

namespace adohost {
namespace {

/// Both must be numbers or both strings, and none a strL.
void check_key(const Session& session, const Variable& master, const Variable& other) {
  const auto fail = [&](const std::string& what, const std::string& why) {
    throw StataError(106, "key variable " + master.name + " is " + what + "\n" +
                              paragraph(why, 4, 4, paragraph_width(session.out)));
  };
  for (const Variable* variable : {&master, &other}) {
    if (variable->type.storage != Storage::strl) continue;
    fail("strL", std::string("The key variables may not be strL in the ") +
                     (variable == &master ? "master" : "using") + " data.");
  }
  if (master.type.is_string() == other.type.is_string()) return;
  fail(
      master.type.name() + " in master but " + other.type.name() + " in using data",
      "Each key variable (on which observations are matched) must be of the same generic "
      "type in the master and using datasets.  Same generic type means both numeric or "
      "both string.");
}

class Merge {
 public:
  Merge(Session& session, MergeRequest request)
      : session_(session), data_(session.data), request_(std::move(request)) {}

  void run(const std::string& path) {
    check_mark(data_, "");
    find_master_keys();
    const OpenedDta opened = open_dta(path);
    check_mark(opened.file.data, " in using data");
    load(opened);
    if (!request_.by_number) sort_both();
    pairs_ = request_.by_number ? pair_by_number(data_.nobs(), other_.nobs())
                                : pair_by_keys(data_, other_, keys_);
    combine();
    show_aliases(session_, opened.file);
    finish();
  }

 private:
  void check_mark(const Dataset& data, const std::string& where) const {
    if (request_.mark.empty()) return;
    if (!is_name(request_.mark)) throw StataError(198, request_.mark + " invalid name");
    if (data.find(request_.mark) < 0) return;
    throw StataError(110, "variable " + request_.mark + " already defined" + where);
  }

  void find_master_keys() {
    if (request_.by_number) return;
    master_keys_ = without_repeats(required_variables(session_, request_.keys));
  }

  /// Reads the keys and what keepusing() names.
  void load(const OpenedDta& opened) {
    const Dataset& theirs = opened.file.data;
    std::vector<int> wanted = parse_wanted(theirs);
    for (const int v : master_keys_) {
      const std::string& name = data_.variable(v).name;
      const int place = theirs.find(name);
      if (place < 0) {
        throw StataError(111, "variable " + name + " not found in using data");
      }
      check_key(session_, data_.variable(v), theirs.variable(place));
      wanted.push_back(place);
    }
    other_ = read_dta(opened.input, opened.file, sorted_once(std::move(wanted)), 0,
                      opened.file.nobs);
    if (!request_.labels) other_.value_labels.clear();
    for (const int v : master_keys_) {
      keys_.emplace_back(other_.find(data_.variable(v).name), v);
    }
  }

  std::vector<int> parse_wanted(const Dataset& theirs) const {
    if (!trim(request_.keepusing).empty()) {
      return parse_varlist(theirs, request_.keepusing, session_rules(session_));
    }
    std::vector<int> all(theirs.nvar());
    std::iota(all.begin(), all.end(), 0);
    return all;
  }

  void sort_both() {
    std::vector<int> other_keys;
    for (const auto& [theirs, ours] : keys_) other_keys.push_back(theirs);
    sort_one(data_, master_keys_, "master");
    require_unique(data_, master_keys_, request_.master_unique, "master");
    sort_one(other_, other_keys, "using");
    require_unique(other_, other_keys, request_.using_unique, "using");
  }

  void sort_one(Dataset& data, const std::vector<int>& keys, const char* which) const {
    if (!request_.sorted) return sort_data(data, keys);
    for (std::int64_t i = 1; i < data.nobs(); ++i) {
      if (compare(data, keys, i - 1, i) > 0) {
        throw StataError(5, std::string(which) + " data not sorted");
      }
    }
  }

  static int compare(const Dataset& data, const std::vector<int>& keys, std::int64_t i,
                     std::int64_t j) {
    std::vector<std::pair<int, int>> pairs;
    for (const int v : keys) pairs.emplace_back(v, v);
    return compare_keys(data, i, data, j, pairs);
  }

  /// REQUIRES: the data are sorted by the keys.
  void require_unique(const Dataset& data, const std::vector<int>& keys, bool unique,
                      const std::string& which) const {
    if (!unique) return;
    for (std::int64_t i = 1; i < data.nobs(); ++i) {
      if (!same_values(data, keys, i - 1, i)) continue;
      std::string names;
      for (const int v : keys) names += " " + data.variable(v).name;
      const bool many = keys.size() > 1;
      throw StataError(
          459, (many ? "variables" : "variable") + names + (many ? " do" : " does") +
                   " not uniquely identify observations in the " + which + " data");
    }
  }

  void combine() {
    std::vector<int> all(other_.nvar());
    std::iota(all.begin(), all.end(), 0);
    const std::vector<bool> known = known_in_master();
    const ColumnPairs columns =
        combine_variables(session_, other_, all, {"merge", request_.force});
    const std::int64_t before = data_.nobs();
    const auto after = static_cast<std::int64_t>(pairs_.size());
    const std::vector<int> sorted_by = data_.sorted_by;
    data_.set_nobs(after);
    if (after == before) data_.sorted_by = sorted_by;
    codes_.assign(pairs_.size(), kMasterOnly);
    fill(columns, known, before);
    combine_labels(session_, other_, request_.labels, request_.notes);
  }

  /// By variable of the using data: whether the master data has it.
  std::vector<bool> known_in_master() const {
    std::vector<bool> known;
    for (const Variable& variable : other_.variables()) {
      known.push_back(data_.find(variable.name) >= 0);
    }
    return known;
  }

  void fill(const ColumnPairs& columns, const std::vector<bool>& known,
            std::int64_t before) {
    ColumnPairs fresh, shared;
    for (const auto& pair : columns) (known[pair.first] ? shared : fresh).push_back(pair);
    RowCopier everything(other_, data_, columns);
    RowCopier fresh_ones(other_, data_, fresh);
    RowCopier shared_ones(other_, data_, shared);
    std::vector<std::pair<int, int>> own;
    for (int v = 0; v < data_.nvar(); ++v) own.emplace_back(v, v);
    RowCopier repeat(data_, data_, own);
    // Added rows copy their master as it was before it is updated.
    for (std::int64_t row = before; row < data_.nobs(); ++row) {
      if (pairs_[row].master >= 0) repeat.copy(pairs_[row].master, row);
    }
    for (std::int64_t row = 0; row < data_.nobs(); ++row) {
      const MergePair& pair = pairs_[row];
      if (pair.other < 0) continue;
      if (pair.master < 0) {
        everything.copy(pair.other, row);
        codes_[row] = kUsingOnly;
        continue;
      }
      fresh_ones.copy(pair.other, row);
      codes_[row] = request_.update ? update(shared_ones, shared, pair.other, row)
                                    : static_cast<int>(kMatched);
    }
  }

  /// Takes over values of variables that both have, as update and replace say.
  int update(RowCopier& copier, const ColumnPairs& shared, std::int64_t from,
             std::int64_t row) {
    bool filled = false, conflict = false;
    for (std::size_t i = 0; i < shared.size(); ++i) {
      const auto& [theirs, ours] = shared[i];
      if (other_.is_missing_at(theirs, from)) continue;
      if (data_.is_missing_at(ours, row)) {
        filled = true;
        copier.copy_cell(i, from, row);
      } else if (compare_keys(data_, row, other_, from, {shared[i]}) != 0) {
        conflict = true;
        if (request_.replace) copier.copy_cell(i, from, row);
      }
    }
    return conflict ? kConflict : filled ? kMissingUpdated : kMatched;
  }

  void finish() {
    const bool failed = std::any_of(codes_.begin(), codes_.end(), [this](int code) {
      return !is_among(code, request_.required);
    });
    if (failed) {
      mark();
      throw StataError(
          9, merge_assertion_text(request_.required, paragraph_width(session_.out)));
    }
    keep_results();
    mark();
    if (!request_.report) return;
    MergeCounts counts{};
    for (const int code : codes_) ++counts[code - 1];
    session_.out.print(merge_table(counts, request_.update, request_.mark));
  }

  static bool is_among(int code, const std::vector<int>& codes) {
    return codes.empty() || std::find(codes.begin(), codes.end(), code) != codes.end();
  }

  void keep_results() {
    if (request_.keep.empty()) return;
    std::vector<std::uint8_t> keep(codes_.size());
    for (std::size_t i = 0; i < codes_.size(); ++i) {
      keep[i] = is_among(codes_[i], request_.keep) ? 1 : 0;
    }
    data_.keep_observations(keep);
    std::erase_if(codes_, [this](int code) { return !is_among(code, request_.keep); });
  }

  void mark() {
    data_.changed = true;
    if (request_.mark.empty()) return;
    const int v = data_.add_variable(request_.mark, {Storage::byte_, 0});
    for (std::int64_t i = 0; i < data_.nobs(); ++i) data_.set_number(v, i, codes_[i]);
    data_.value_labels.try_emplace("_merge", ValueLabel{{1, "Master only (1)"},
                                                        {2, "Using only (2)"},
                                                        {3, "Matched (3)"},
                                                        {4, "Missing updated (4)"},
                                                        {5, "Nonmissing conflict (5)"}});
    data_.variable(v).value_label = "_merge";
    fit_formats_to_labels(data_, "_merge");
    data_.variable(v).label = "Matching result from merge";
  }

  Session& session_;
  Dataset& data_;
  const MergeRequest request_;
  std::vector<int> master_keys_;
  Dataset other_;
  ColumnPairs keys_;  // using, master
  MergePairs pairs_;
  std::vector<int> codes_;
};

}  // namespace

void run_merge(Session& session, const CommandLine& line) {
  MergeRequest request = parse_merge(line);
  Merge(session, std::move(request)).run(only_path(line.using_raw));
}

}  // namespace adohost
