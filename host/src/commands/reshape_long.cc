// reshape long: several variables become one, in more observations.
#include <algorithm>
#include <numeric>

#include "base/error.h"
#include "base/paragraph.h"
#include "base/text.h"
#include "commands/reshape_request.h"
#include "data/combine.h"
#include "data/row_copier.h"
#include "data/row_order.h"
#include "lang/words.h"

namespace adohost {
namespace {

/// The value of j in the name of a variable, or nothing where it does not have this stub.
std::optional<std::string> value_in(const std::string& name, const std::string& stub,
                                    bool texts) {
  const std::size_t at = std::min(stub.find('@'), stub.size());
  const std::string before = stub.substr(0, at);
  const std::string after = at < stub.size() ? stub.substr(at + 1) : "";
  const bool has = name.size() > before.size() + after.size() &&
                   name.starts_with(before) && name.ends_with(after);
  if (!has) return std::nullopt;
  const std::string value =
      name.substr(before.size(), name.size() - before.size() - after.size());
  const bool digits = value.find_first_not_of("0123456789") == std::string::npos &&
                      (value.size() == 1 || value[0] != '0');
  if (!texts && !digits) return std::nullopt;
  return value;
}

class ToLong {
 public:
  ToLong(Session& session, const ReshapeRequest& request)
      : session_(session), data_(session.data), request_(request) {}

  void run() {
    find_values();
    require_unique();
    Dataset made = make_variables();
    fill(made);
    ReshapeReport report;
    report.to_long = true;
    report.values = values_;
    for (std::size_t s = 0; s < request_.stubs.size(); ++s) {
      report.groups.push_back(
          {wide_names(request_.stubs[s], values_), {long_name(request_.stubs[s])}});
    }
    finish_reshape(session_, std::move(made), request_, report);
  }

 private:
  void find_values() {
    std::set<std::string> found;
    for (const std::string& stub : request_.stubs) {
      bool any = false;
      for (const Variable& variable : data_.variables()) {
        const auto value = value_in(variable.name, stub, request_.texts);
        if (!value || is_id(variable.name)) continue;
        any = true;
        found.insert(*value);
        used_.insert(variable.name);
      }
      if (!any) throw StataError(111, "no xij variables found");
    }
    values_ = sorted_values(found, request_.texts);
    if (data_.find(request_.j) >= 0) {
      throw StataError(110, "variable " + request_.j + " already defined");
    }
  }

  bool is_id(const std::string& name) const {
    return std::find(request_.i.begin(), request_.i.end(), name) != request_.i.end();
  }

  void require_unique() {
    const std::vector<int> i = positions(data_, request_.i);
    order_ = sorted_order(data_, ascending(i));
    for (std::size_t k = 1; k < order_.size(); ++k) {
      if (!same_values(data_, i, order_[k - 1], order_[k])) continue;
      const std::string names = joined(request_.i);
      const bool many = i.size() > 1;
      throw StataError(
          9, (many ? "variables " : "variable ") + names + (many ? " do" : " does") +
                 " not uniquely identify the observations\n" +
                 paragraph("Your data are currently wide.  You are performing a reshape "
                           "long.  You specified i(" +
                               names + ") and j(" + request_.j +
                               ").  In the current wide form, variable " + names +
                               " should uniquely identify the observations.",
                           4, 4, paragraph_width(session_.out)));
    }
  }

  /// i, j, then the others in their order, a stub where its first variable stood.
  Dataset make_variables() {
    Dataset made;
    for (const int v : positions(data_, request_.i)) {
      constant_.emplace_back(v, adopt_variable(data_, v, made));
    }
    add_j(made);
    std::set<std::string> placed;
    for (int v = 0; v < data_.nvar(); ++v) {
      const std::string& name = data_.variable(v).name;
      if (is_id(name)) continue;
      if (!used_.contains(name)) {
        constant_.emplace_back(v, adopt_variable(data_, v, made));
        continue;
      }
      for (std::size_t s = 0; s < request_.stubs.size(); ++s) {
        const std::string target = long_name(request_.stubs[s]);
        const bool mine = value_in(name, request_.stubs[s], request_.texts).has_value();
        if (mine && placed.insert(target).second) add_stub(s, target, made);
      }
    }
    return made;
  }

  void add_j(Dataset& made) {
    VarType type{Storage::byte_, 0};
    if (request_.texts) {
      std::size_t width = 1;
      for (const std::string& value : values_) width = std::max(width, value.size());
      type = {Storage::str, static_cast<std::uint16_t>(width)};
    } else {
      type.storage = smallest_integer_type(0, *to_number(values_.back()));
    }
    j_ = made.add_variable(request_.j, type);
  }

  void add_stub(std::size_t s, const std::string& target, Dataset& made) {
    Source source;
    std::optional<VarType> type;
    std::optional<int> first;
    for (const std::string& name : wide_names(request_.stubs[s], values_)) {
      const int v = data_.find(name);
      source.variables.push_back(v);
      if (v < 0) continue;
      if (!first) first = v;
      const VarType own = data_.variable(v).type;
      if (type && type->is_string() != own.is_string()) {
        throw StataError(198, target + " type mismatch with other " + request_.stubs[s] +
                                  " variables");
      }
      type = type ? common_type(*type, own) : own;
    }
    source.target = made.add_variable(target, *type);
    made.variable(source.target).format = data_.variable(*first).format;
    made.variable(source.target).value_label = data_.variable(*first).value_label;
    sources_.push_back(source);
  }

  void fill(Dataset& made) {
    const auto n = static_cast<std::int64_t>(values_.size());
    made.set_nobs(data_.nobs() * n);
    RowCopier constant(data_, made, constant_);
    std::vector<std::pair<int, int>> pairs;
    std::vector<std::vector<int>> place(values_.size());  // of pairs, by value
    for (const Source& source : sources_) {
      for (std::size_t k = 0; k < values_.size(); ++k) {
        if (source.variables[k] < 0) continue;
        place[k].push_back(static_cast<int>(pairs.size()));
        pairs.emplace_back(source.variables[k], source.target);
      }
    }
    RowCopier varying(data_, made, pairs);
    for (std::int64_t row = 0; row < made.nobs(); ++row) {
      const std::int64_t from = order_[row / n];
      const auto k = static_cast<std::size_t>(row % n);
      constant.copy(from, row);
      if (request_.texts) {
        made.set_text(j_, row, values_[k]);
      } else {
        made.set_number(j_, row, *to_number(values_[k]));
      }
      for (const int p : place[k]) varying.copy_cell(p, from, row);
    }
    made.sorted_by.resize(request_.i.size() + 1);
    std::iota(made.sorted_by.begin(), made.sorted_by.end(), 0);
  }

  struct Source {
    int target = 0;
    std::vector<int> variables;  // by value of j; -1 where there is none
  };

  Session& session_;
  const Dataset& data_;
  const ReshapeRequest& request_;
  std::vector<std::string> values_;
  std::set<std::string> used_;
  std::vector<std::int64_t> order_;
  std::vector<std::pair<int, int>> constant_;
  std::vector<Source> sources_;
  int j_ = 0;
};

}  // namespace

void reshape_long(Session& session, const ReshapeRequest& request) {
  ToLong(session, request).run();
}

}  // namespace adohost
