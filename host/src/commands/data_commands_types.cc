// recast ([D] recast), compress ([D] compress), format ([D] format).
#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "commands/data_commands.h"
#include "format/format.h"
#include "lang/command.h"

namespace adohost {
namespace {

std::int64_t values_that_change(const Dataset& data, int v, VarType type) {
  std::int64_t changes = 0;
  const bool text = data.variable(v).type.is_string();
  for (std::int64_t i = 0; i < data.nobs(); ++i) {
    if (!text) {
      changes += holds(type.storage, data.number(v, i)) ? 0 : 1;
    } else if (type.storage == Storage::str) {
      changes += data.text(v, i).size() > type.width ? 1 : 0;
    }
  }
  return changes;
}

std::string with_values(std::int64_t n, std::string_view rest) {
  return with_commas(n) + std::string(plural(n, " value ", " values ")) +
         std::string(rest);
}

void recast_one(Session& session, int v, VarType type, bool force) {
  const std::string name = session.data.variable(v).name;
  const std::int64_t changes = values_that_change(session.data, v, type);
  if (changes > 0 && !force) {
    session.out.line(name + ":  " +
                     with_values(changes, "would be changed; not changed"));
    return;
  }
  session.data.change_type(v, type);
  if (changes > 0) session.out.line(name + ":  " + with_values(changes, "changed"));
}

}  // namespace

void run_recast(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowOptions);
  const Options options = parse_options(line.options, {{"force", 5}});
  std::string_view rest = line.anything;
  const std::string word = take_text(&rest);
  const auto type = VarType::parse(word);
  if (!type) fail_syntax();
  const std::vector<int> variables = required_variables(session, rest);
  for (const int v : variables) {
    if (session.data.variable(v).type.is_string() != type->is_string()) {
      fail_type_mismatch();
    }
  }
  for (const int v : variables) recast_one(session, v, *type, options.has("force"));
}

namespace {

/// What compress needs to know of a variable: the range and whether there are fractions.
struct NumberRange {
  double low = 0, high = 0;
  bool whole = true;
};

NumberRange range_of(const Dataset& data, int v) {
  NumberRange range;
  bool any = false;
  for (std::int64_t i = 0; i < data.nobs(); ++i) {
    const double x = data.number(v, i);
    if (is_missing(x)) continue;
    if (x != std::trunc(x)) {
      range.whole = false;
      return range;
    }
    range.low = any ? std::min(range.low, x) : x;
    range.high = any ? std::max(range.high, x) : x;
    any = true;
  }
  return range;
}

VarType smallest_number(const Dataset& data, int v) {
  const VarType now = data.variable(v).type;
  const NumberRange range = range_of(data, v);
  if (!range.whole) return now;
  const VarType type{smallest_integer_type(range.low, range.high), 0};
  return type.bytes() < now.bytes() ? type : now;
}

/// A strL becomes a str# where that takes no more memory; binary ones stay.
VarType smallest_text(const Dataset& data, int v) {
  constexpr std::size_t kStrlOverhead = 16;  // beside its bytes, of a strL text in memory
  const VarType now = data.variable(v).type;
  const bool strl = now.storage == Storage::strl;
  std::size_t longest = 1, memory = 0;
  for (std::int64_t i = 0; i < data.nobs(); ++i) {
    const std::string_view text = data.text(v, i);
    longest = std::max(longest, text.size());
    if (!strl) continue;
    if (data.is_binary(v, i) || text.find('\0') != std::string_view::npos) return now;
    memory += now.bytes() + (text.empty() ? 0 : text.size() + kStrlOverhead);
  }
  if (longest > kMaxStrWidth) return now;
  const auto nobs = static_cast<std::size_t>(data.nobs());
  if (strl && nobs * longest > memory) return now;
  return {Storage::str, static_cast<std::uint16_t>(longest)};
}

}  // namespace

void run_compress(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowOptions);
  parse_options(line.options, {{"nocoalesce", 9}});
  Dataset& data = session.data;
  std::vector<std::pair<int, VarType>> changes;
  for (const int v : variables_or_all(session, line.anything)) {
    if (data.nobs() == 0) break;
    const VarType now = data.variable(v).type;
    const VarType next =
        now.is_string() ? smallest_text(data, v) : smallest_number(data, v);
    const bool again = std::any_of(changes.begin(), changes.end(),
                                   [v](const auto& change) { return change.first == v; });
    if (next == now || again) continue;
    changes.emplace_back(v, next);
    session.out.line("  variable " + data.variable(v).name + " was " + now.name() +
                     " now " + next.name());
  }
  const auto before = static_cast<std::int64_t>(data.width());
  data.change_types(changes);
  const std::int64_t saved =
      (before - static_cast<std::int64_t>(data.width())) * data.nobs();
  session.out.line("  (" + with_commas(std::max<std::int64_t>(saved, 0)) +
                   std::string(plural(saved, " byte", " bytes")) + " saved)");
}

namespace {

void show_formats(Session& session, const std::vector<int>& variables) {
  std::size_t width = 13;
  for (const int v : variables) {
    width = std::max(width, utf8_length(session.data.variable(v).name));
  }
  session.out.line("");
  session.out.line("  " + pad_right("variable name", width) + "   display format");
  session.out.line("  " + std::string(width + 17, '-'));
  for (const int v : variables) {
    const Variable& var = session.data.variable(v);
    session.out.line("  " + pad_right(var.name, width) + "   " + var.format);
  }
}

void check_format(const Variable& var, std::string_view format) {
  const bool numeric = is_numeric_format(format);
  if (!numeric && !is_string_format(format)) {
    throw StataError(120, "invalid %format");
  }
  if (numeric == var.type.is_string()) {
    throw StataError(120, "format " + std::string(format) + " is not for " + var.name +
                              ", which is " + var.type.name());
  }
}

}  // namespace

void run_format(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything);
  std::string format, names;
  for (const std::string& word : split_blank(line.anything)) {
    if (word.front() != '%') {
      names += word + " ";
    } else if (format.empty()) {
      format = word;
    } else {
      fail_syntax();
    }
  }
  if (format.empty()) return show_formats(session, variables_or_all(session, names));
  const std::vector<int> variables = required_variables(session, names);
  for (const int v : variables) check_format(session.data.variable(v), format);
  for (const int v : variables) session.data.variable(v).format = format;
  session.data.changed = true;
}

}  // namespace adohost
