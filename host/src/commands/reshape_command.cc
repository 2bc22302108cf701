// reshape long, reshape wide ([D] reshape). What was asked for is kept in characteristics
// of the data, so that `reshape wide` alone goes back.
#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "base/error.h"
#include "base/paragraph.h"
#include "base/text.h"
#include "commands/data_commands.h"
#include "commands/reshape_report.h"
#include "data/combine.h"
#include "data/row_copier.h"
#include "data/row_order.h"
#include "format/format.h"
#include "lang/session.h"
#include "lang/words.h"

namespace adohost {
namespace {

struct ReshapeRequest {
  std::vector<std::string> stubs;
  std::vector<std::string> i;
  std::string j;
  bool texts = false;  // option string: the values of j are texts
};

void set_char(Dataset& data, const std::string& name, const std::string& text) {
  data.characteristics[{"_dta", name}] = text;
}

std::string get_char(const Dataset& data, const std::string& name) {
  const auto found = data.characteristics.find({"_dta", name});
  return found == data.characteristics.end() ? "" : found->second;
}

void remember(Dataset& data, const ReshapeRequest& request) {
  set_char(data, "ReS_i", joined(request.i));
  set_char(data, "ReS_j", request.j);
  set_char(data, "ReS_Xij", joined(request.stubs));
  set_char(data, "ReS_str", request.texts ? "1" : "0");
  set_char(data, "ReS_ver", "v.2");
}

/// The request as typed, or the last one where none was.
ReshapeRequest parse_request(Session& session, const CommandLine& line,
                             std::string_view typed) {
  const Options options =
      parse_options(line.options, {{"i", 1, true}, {"j", 1, true}, {"string", 1}});
  ReshapeRequest request;
  const Dataset& data = session.data;
  if (trim(typed).empty() && options.given.empty()) {
    request.stubs = split_blank(get_char(data, "ReS_Xij"));
    request.i = split_blank(get_char(data, "ReS_i"));
    request.j = get_char(data, "ReS_j");
    request.texts = get_char(data, "ReS_str") == "1";
    if (request.stubs.empty()) {
      throw StataError(111, "data have not been reshaped yet");
    }
    return request;
  }
  request.stubs = split_blank(typed);
  if (request.stubs.empty()) throw StataError(100, "stubnames required");
  const auto i = options.argument("i");
  if (!i) throw StataError(198, "option i() required");
  for (const int v : required_variables(session, *i)) {
    request.i.push_back(data.variable(v).name);
  }
  request.j = trim(options.argument("j").value_or("_j"));
  request.texts = options.has("string");
  return request;
}

/// The name of the variable that stands for `stub` where j is `value`; `@` says where it
/// goes.
std::string wide_name(const std::string& stub, const std::string& value) {
  const std::size_t at = stub.find('@');
  if (at == std::string::npos) return stub + value;
  return stub.substr(0, at) + value + stub.substr(at + 1);
}

std::string long_name(const std::string& stub) {
  std::string name = stub;
  std::erase(name, '@');
  return name;
}

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

std::vector<std::string> sorted_values(const std::set<std::string>& values, bool texts) {
  std::vector<std::string> list(values.begin(), values.end());
  if (texts) return list;
  std::sort(list.begin(), list.end(), [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  });
  return list;
}

std::vector<int> positions(const Dataset& data, const std::vector<std::string>& names) {
  std::vector<int> list;
  for (const std::string& name : names) {
    const int v = data.find(name);
    if (v < 0) fail_variable(name);
    list.push_back(v);
  }
  return list;
}

void copy_about_data(const Dataset& from, Dataset& to) {
  to.data_label = from.data_label;
  to.filename = from.filename;
  to.timestamp = from.timestamp;
  to.value_labels = from.value_labels;
  for (const auto& [key, text] : from.characteristics) {
    if (key.first == "_dta") to.characteristics[key] = text;
  }
}

void finish(Session& session, Dataset made, const ReshapeRequest& request,
            ReshapeReport report) {
  report.variables_before = session.data.nvar();
  report.observations_before = session.data.nobs();
  copy_about_data(session.data, made);
  session.data = std::move(made);
  remember(session.data, request);
  session.data.changed = true;
  report.variables_after = session.data.nvar();
  report.observations_after = session.data.nobs();
  report.j = request.j;
  session.out.print(reshape_text(report, session.out.linesize()));
}

// ---- long

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
      report.groups.push_back({wide_names(s), {long_name(request_.stubs[s])}});
    }
    finish(session_, std::move(made), request_, report);
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

  std::vector<std::string> wide_names(std::size_t s) const {
    std::vector<std::string> names;
    for (const std::string& value : values_) {
      names.push_back(wide_name(request_.stubs[s], value));
    }
    return names;
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
    for (const std::string& name : wide_names(s)) {
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

// ---- wide

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
      report.groups.push_back({{long_name(request_.stubs[s])}, wide_names(s)});
    }
    finish(session_, std::move(made), request_, report);
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

  std::vector<std::string> wide_names(std::size_t s) const {
    std::vector<std::string> names;
    for (const std::string& value : values_) {
      names.push_back(wide_name(request_.stubs[s], value));
    }
    return names;
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

void run_reshape(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowOptions);
  std::string_view typed = line.anything;
  const std::string direction = take_text(&typed);
  const bool to_long = direction == "long";
  if (!to_long && direction != "wide") fail_syntax();
  const ReshapeRequest request = parse_request(session, line, typed);
  if (to_long) {
    ToLong(session, request).run();
  } else {
    ToWide(session, request).run();
  }
}

}  // namespace adohost
