// rename ([D] rename, [D] rename group): one variable, lists in parentheses, wildcards,
// and upper and lower case.
#include <algorithm>
#include <optional>
#include <set>

#include "base/text.h"
#include "commands/data_commands.h"
#include "lang/command.h"
#include "lang/tokens.h"

namespace adohost {
namespace {

/// What each wildcard of `pattern` stands for in `name`, or nothing where they do not
/// match: `*` any text, `#` digits, `?` one character.
std::optional<std::vector<std::string>> wildcards_in(std::string_view pattern,
                                                     std::string_view name) {
  if (pattern.empty()) {
    if (!name.empty()) return std::nullopt;
    return std::vector<std::string>{};
  }
  const char c = pattern.front();
  const auto with = [&](std::size_t n) -> std::optional<std::vector<std::string>> {
    auto rest = wildcards_in(pattern.substr(1), name.substr(n));
    if (rest) rest->insert(rest->begin(), std::string(name.substr(0, n)));
    return rest;
  };
  if (c == '*') {
    for (std::size_t n = 0; n <= name.size(); ++n) {
      if (auto found = with(n)) return found;
    }
    return std::nullopt;
  }
  if (c == '#') {
    const std::size_t digits = name.find_first_not_of("0123456789");
    for (std::size_t n = std::min(digits, name.size()); n > 0; --n) {
      if (auto found = with(n)) return found;
    }
    return std::nullopt;
  }
  if (name.empty()) return std::nullopt;
  if (c == '?') return with(utf8_prefix(name, 1).size());
  if (c != name.front()) return std::nullopt;
  return wildcards_in(pattern.substr(1), name.substr(1));
}

bool is_wildcard(char c) {
  return c == '*' || c == '?' || c == '#';
}
bool has_wildcard(std::string_view s) {
  return std::any_of(s.begin(), s.end(), is_wildcard);
}

/// The new name that `pattern` makes of `name`: its wildcards take, in order, what those
/// of the old pattern stood for; `=` is the whole old name.
std::string make_name(std::string_view pattern, std::string_view name,
                      const std::vector<std::string>& pieces) {
  std::string made;
  std::size_t next = 0;
  for (const char c : pattern) {
    if (c == '=') {
      made += name;
    } else if (is_wildcard(c)) {
      if (next >= pieces.size()) {
        throw StataError(198, "more wildcards in the new name than in the old one");
      }
      made += pieces[next++];
    } else {
      made += c;
    }
  }
  return made;
}

struct Renaming {
  int variable;
  std::string name;
};

void rename_pattern(const Session& session, const std::string& from,
                    const std::string& to, std::vector<Renaming>* list) {
  if (!has_wildcard(from)) {
    const int v = find_variable(session.data, from, session.settings.varabbrev);
    list->push_back({v, make_name(to, session.data.variable(v).name, {})});
    return;
  }
  if (std::count_if(from.begin(), from.end(), is_wildcard) > 4) {
    throw StataError(198, "too many wildcards in " + from);
  }
  bool any = false;
  for (int v = 0; v < session.data.nvar(); ++v) {
    const std::string& name = session.data.variable(v).name;
    const auto pieces = wildcards_in(from, name);
    if (!pieces) continue;
    any = true;
    list->push_back({v, make_name(to, name, *pieces)});
  }
  if (!any) fail_variable(from);
}

/// Takes one operand off `text`: names in parentheses, or one word.
std::vector<std::string> take_operand(std::string_view* text) {
  const std::string_view from = trim_left(*text);
  if (from.empty()) fail_syntax();
  const bool list = from.front() == '(';
  const std::size_t end =
      list ? skip_brackets(from, 0) : std::min(from.find_first_of(" \t("), from.size());
  *text = from.substr(end);
  return split_blank(list ? from.substr(1, end - 2) : from.substr(0, end));
}

/// A range or _all in an old list stands for its variables.
std::vector<std::string> expand_ranges(Session& session,
                                       const std::vector<std::string>& words) {
  std::vector<std::string> names;
  for (const std::string& word : words) {
    const bool range = word == "_all" || word.find('-') != std::string::npos;
    if (!range) {
      names.push_back(word);
      continue;
    }
    for (const int v : parse_varlist(session.data, word, session_rules(session))) {
      names.push_back(session.data.variable(v).name);
    }
  }
  return names;
}

std::vector<Renaming> plan_pairs(Session& session, std::string_view text) {
  const std::vector<std::string> from = expand_ranges(session, take_operand(&text));
  const std::vector<std::string> to = take_operand(&text);
  if (!trim(text).empty()) fail_syntax();
  const bool one_for_all =
      to.size() == 1 && (has_wildcard(to[0]) || to[0][0] == '=' || to[0].back() == '=');
  if (from.size() != to.size() && !one_for_all) {
    throw StataError(198, std::to_string(from.size()) + " old names but " +
                              std::to_string(to.size()) + " new ones");
  }
  std::vector<Renaming> list;
  for (std::size_t i = 0; i < from.size(); ++i) {
    const std::string& target = one_for_all ? to[0] : to[i];
    const bool whole_name = has_wildcard(target) && !has_wildcard(from[i]);
    std::string pattern = target;
    if (whole_name) pattern.replace(pattern.find_first_of("*?#"), 1, "=");
    rename_pattern(session, from[i], pattern, &list);
  }
  return list;
}

std::string proper(std::string_view s) {
  return s.empty() ? std::string() : upper(s.substr(0, 1)) + lower(s.substr(1));
}

std::vector<Renaming> plan_case(Session& session, std::string_view names,
                                const Options& options) {
  std::vector<Renaming> list;
  for (const int v : required_variables(session, names)) {
    const std::string& name = session.data.variable(v).name;
    list.push_back({v, options.has("upper")   ? upper(name)
                       : options.has("lower") ? lower(name)
                                              : proper(name)});
  }
  return list;
}

void check_names(const Dataset& data, const std::vector<Renaming>& list) {
  std::set<std::string> old_names, new_names;
  for (const Renaming& renaming : list) {
    if (!old_names.insert(data.variable(renaming.variable).name).second) fail_syntax();
  }
  for (const auto& [v, name] : list) {
    if (!is_name(name) || is_reserved(name))
      throw StataError(198, name + " invalid name");
    const bool taken = data.find(name) >= 0 && !old_names.contains(name);
    if (taken || !new_names.insert(name).second) {
      throw StataError(110, "variable " + name + " already defined");
    }
  }
}

}  // namespace

void run_rename(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowExp | kAllowOptions);
  const Options options =
      parse_options(line.options, {{"upper", 1}, {"lower", 1}, {"proper", 1}});
  std::string text = line.anything;
  if (line.exp) text += " =" + *line.exp;  // rename (a b) =_old
  const std::vector<Renaming> list = options.given.empty()
                                         ? plan_pairs(session, text)
                                         : plan_case(session, text, options);
  check_names(session.data, list);
  std::vector<Renaming> wanted;
  for (const Renaming& renaming : list) {
    if (session.data.variable(renaming.variable).name != renaming.name) {
      wanted.push_back(renaming);
    }
  }
  // Names may be exchanged, so all take a name that nobody has first.
  for (std::size_t i = 0; i < wanted.size() && wanted.size() > 1; ++i) {
    session.data.rename_variable(wanted[i].variable, "__renaming" + std::to_string(i));
  }
  for (const auto& [v, name] : wanted) session.data.rename_variable(v, name);
}

}  // namespace adohost
