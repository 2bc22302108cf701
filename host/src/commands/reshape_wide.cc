// reshape wide: one variable becomes several, in fewer observations.
#include <algorithm>
#include <map>
#include <numeric>

#include "base/error.h"
#include "base/text.h"
#include "commands/reshape_request.h"
#include "data/combine.h"
#include "data/row_copier.h"
#include "data/row_order.h"
#include "format/format.h"
#include "lang/words.h"

namespace adohost {
namespace {

class ToWide {
 public:
  ToWide(Session& session, const ReshapeRequest& request)
      : session_(session), data_(session.data), request_(request) {}

  void run() {
    i_ = positions(data_, request_.i);
    j_ = positions(data_, {request_.j}).front();
    for (const std::string& stub : request_.stubs) {
      stubs_.push_back(positions(data_, {long_name(stub)}).front());
    }
    find_values();
    find_groups();
    Dataset made = make_variables();
    fill(made);
    ReshapeReport report;
    report.values = values_;
    for (std::size_t s = 0; s < stubs_.size(); ++s) {
      report.groups.push_back(
          {{long_name(request_.stubs[s])}, wide_names(request_.stubs[s], values_)});
    }
    finish_reshape(session_, std::move(made), request_, report);
  }

 private:
  std::string value_at(std::int64_t row) const {
    if (data_.variable(j_).type.is_string()) return std::string(data_.text(j_, row));
    return macro_number(data_.number(j_, row));
  }

  void find_values() {
    const bool texts = data_.variable(j_).type.is_string();
    if (texts && !request_.texts) {
      throw StataError(109,
                       "variable " + request_.j + " is string; specify string option");
    }
    std::set<std::string> found;
    for (std::int64_t row = 0; row < data_.nobs(); ++row) {
      const std::string value = value_at(row);
      if (value.empty() || value[0] == '.') {
        throw StataError(498, "variable " + request_.j + " contains missing values");
      }
      found.insert(value);
    }
    values_ = sorted_values(found, texts);
    for (std::size_t k = 0; k < values_.size(); ++k) place_[values_[k]] = k;
  }

  bool varies(int v) const {
    return v == j_ || std::find(stubs_.begin(), stubs_.end(), v) != stubs_.end();
  }

  void find_groups() {
    order_ = sorted_order(data_, ascending(i_));
    for (std::size_t k = 0; k < order_.size(); ++k) {
      const bool starts = k == 0 || !same_values(data_, i_, order_[k - 1], order_[k]);
      if (starts) groups_.emplace_back();
      groups_.back().push_back(order_[k]);
    }
    for (const auto& group : groups_) check_group(group);
  }

  void check_group(const std::vector<std::int64_t>& group) const {
    std::set<std::string> seen;
    for (const std::int64_t row : group) {
      if (!seen.insert(value_at(row)).second) {
        throw StataError(9, "values of variable " + request_.j + " not unique within " +
                                joined(request_.i));
      }
      for (int v = 0; v < data_.nvar(); ++v) {
        if (varies(v) || same_values(data_, {v}, group.front(), row)) continue;
        throw StataError(9, "variable " + data_.variable(v).name +
                                " not constant within " + joined(request_.i));
      }
    }
  }

  /// i, then for each value of j the stubs, then the others.
  Dataset make_variables() {
    Dataset made;
    for (const int v : i_) constant_.emplace_back(v, adopt_variable(data_, v, made));
    for (const std::string& value : values_) {
      for (std::size_t s = 0; s < stubs_.size(); ++s) {
        const Variable& source = data_.variable(stubs_[s]);
        const int v = made.add_variable(wide_name(request_.stubs[s], value), source.type);
        made.variable(v).format = source.format;
        made.variable(v).value_label = source.value_label;
        made.variable(v).label =
            value + " " + (source.label.empty() ? source.name : source.label);
        varying_.emplace_back(stubs_[s], v);
      }
    }
    for (int v = 0; v < data_.nvar(); ++v) {
      const bool id = std::find(i_.begin(), i_.end(), v) != i_.end();
      if (!id && !varies(v)) constant_.emplace_back(v, adopt_variable(data_, v, made));
    }
    return made;
  }

  void fill(Dataset& made) {
    made.set_nobs(static_cast<std::int64_t>(groups_.size()));
    RowCopier constant(data_, made, constant_);
    RowCopier varying(data_, made, varying_);
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      const auto to = static_cast<std::int64_t>(g);
      constant.copy(groups_[g].front(), to);
      for (const std::int64_t row : groups_[g]) {
        const std::size_t first = place_.at(value_at(row)) * stubs_.size();
        for (std::size_t s = 0; s < stubs_.size(); ++s) {
          varying.copy_cell(first + s, row, to);
        }
      }
    }
    made.sorted_by.resize(i_.size());
    std::iota(made.sorted_by.begin(), made.sorted_by.end(), 0);
  }

  Session& session_;
  const Dataset& data_;
  const ReshapeRequest& request_;
  std::vector<int> i_, stubs_;
  int j_ = 0;
  std::vector<std::string> values_;
  std::map<std::string, std::size_t> place_;
  std::vector<std::int64_t> order_;
  std::vector<std::vector<std::int64_t>> groups_;
  std::vector<std::pair<int, int>> constant_, varying_;
};

}  // namespace

void reshape_wide(Session& session, const ReshapeRequest& request) {
  ToWide(session, request).run();
}

}  // namespace adohost
