#include "commands/reshape_request.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "commands/data_commands.h"
#include "lang/words.h"

namespace adohost {
namespace {

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

void copy_about_data(const Dataset& from, Dataset& to) {
  to.data_label = from.data_label;
  to.filename = from.filename;
  to.timestamp = from.timestamp;
  to.value_labels = from.value_labels;
  for (const auto& [key, text] : from.characteristics) {
    if (key.first == "_dta") to.characteristics[key] = text;
  }
}

}  // namespace

ReshapeRequest parse_reshape(Session& session, const CommandLine& line,
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

std::vector<std::string> wide_names(const std::string& stub,
                                    const std::vector<std::string>& values) {
  std::vector<std::string> names;
  for (const std::string& value : values) names.push_back(wide_name(stub, value));
  return names;
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

void finish_reshape(Session& session, Dataset made, const ReshapeRequest& request,
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

}  // namespace adohost
