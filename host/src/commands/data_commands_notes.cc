// Characteristics ([P] char) and the notes kept in them ([D] notes): note0 is how many
// there are, note1 the first.
#include <algorithm>

#include "base/text.h"
#include "commands/data_commands.h"
#include "lang/command.h"
#include "lang/words.h"

namespace adohost {
namespace {

constexpr std::string_view kData = "_dta";

/// `_dta` or the full name of the variable that `name` names.
std::string owner_of(Session& session, std::string_view name) {
  if (name == kData) return std::string(kData);
  const int v = find_variable(session.data, name, session.settings.varabbrev);
  return session.data.variable(v).name;
}

const std::string* find_char(const Session& session, const std::string& owner,
                             const std::string& name) {
  const auto found = session.data.characteristics.find({owner, name});
  return found == session.data.characteristics.end() ? nullptr : &found->second;
}

void set_char(Session& session, const std::string& owner, const std::string& name,
              const std::string& text) {
  if (text.empty()) {
    session.data.characteristics.erase({owner, name});
  } else {
    session.data.characteristics[{owner, name}] = text;
  }
  session.data.changed = true;
}

int note_count(const Session& session, const std::string& owner) {
  const std::string* text = find_char(session, owner, "note0");
  const auto count = text == nullptr ? std::nullopt : to_integer(*text);
  return count && *count > 0 && *count < 10000 ? static_cast<int>(*count) : 0;
}

/// `_dta` first, then the variables in their order; or those that `text` names.
std::vector<std::string> owners(Session& session, std::string_view text) {
  std::vector<std::string> found;
  if (trim(text).empty()) {
    found.emplace_back(kData);
    for (const Variable& var : session.data.variables()) found.push_back(var.name);
    return found;
  }
  for (const std::string& word : split_blank(text)) {
    if (word == kData) {
      found.push_back(word);
      continue;
    }
    for (const int v : parse_varlist(session.data, word, session_rules(session))) {
      found.push_back(session.data.variable(v).name);
    }
  }
  return found;
}

void add_note(Session& session, std::string_view owner_text, std::string_view text) {
  const std::string_view name = trim(owner_text);
  const std::string owner = owner_of(session, name.empty() ? kData : name);
  const std::string note = unquoted(text);
  if (note.empty()) fail_syntax();
  const int number = note_count(session, owner) + 1;
  set_char(session, owner, "note" + std::to_string(number), note);
  set_char(session, owner, "note0", std::to_string(number));
}

/// `  1.  text`, wrapped below its first word.
void print_note(Session& session, int number, std::string_view text) {
  const std::string indent(6, ' ');
  const auto width = static_cast<std::size_t>(session.out.linesize());
  std::string line = pad_left(std::to_string(number), 3) + ".  ";
  bool first = true;
  for (const std::string& word : split_blank(text)) {
    if (!first && utf8_length(line) + 1 + utf8_length(word) > width) {
      session.out.line(line);
      line = indent + word;
    } else {
      line += (first ? "" : " ") + word;
    }
    first = false;
  }
  session.out.line(line);
}

struct NoteRange {
  int first = 1, last = 9999;
};

NoteRange read_range(const CommandLine& line) {
  NoteRange range;
  if (!line.in_text) return range;
  const std::string_view text = trim(*line.in_text);
  const std::size_t slash = text.find('/');
  const auto first = to_integer(text.substr(0, slash));
  const auto last =
      slash == std::string_view::npos ? first : to_integer(text.substr(slash + 1));
  if (!first || !last || *first < 1 || *last < *first || *last > 9999) fail_syntax();
  return {static_cast<int>(*first), static_cast<int>(*last)};
}

void list_notes(Session& session, const CommandLine& line, std::string_view names) {
  const NoteRange range = read_range(line);
  for (const std::string& owner : owners(session, names)) {
    bool titled = false;
    const int count = std::min(note_count(session, owner), range.last);
    for (int i = range.first; i <= count; ++i) {
      const std::string* text = find_char(session, owner, "note" + std::to_string(i));
      if (text == nullptr) continue;
      if (!titled) session.out.line("\n" + owner + ":");
      titled = true;
      print_note(session, i, *text);
    }
  }
}

void drop_notes(Session& session, const CommandLine& line, std::string_view names) {
  if (trim(names).empty()) throw StataError(100, "varlist required");
  const NoteRange range = read_range(line);
  int dropped = 0;
  for (const std::string& owner : owners(session, names)) {
    const int count = note_count(session, owner);
    int last = 0;  // the highest number that is left
    for (int i = 1; i <= count; ++i) {
      const std::string name = "note" + std::to_string(i);
      if (find_char(session, owner, name) == nullptr) continue;
      if (i < range.first || i > range.last) {
        last = i;
        continue;
      }
      set_char(session, owner, name, "");
      ++dropped;
    }
    if (count > 0)
      set_char(session, owner, "note0", last > 0 ? std::to_string(last) : "");
  }
  session.out.line("  (" + std::to_string(dropped) +
                   std::string(plural(dropped, " note", " notes")) + " dropped)");
}

}  // namespace

void run_notes(Session& session, const CommandLine& line) {
  const std::string_view rest = trim(line.rest);
  const std::size_t colon = find_outside(rest, ':');
  if (colon != std::string_view::npos) {
    return add_note(session, rest.substr(0, colon), rest.substr(colon + 1));
  }
  const CommandLine split = split_command("notes", rest);
  require_only(split, kAllowAnything | kAllowIn);
  std::string_view names = split.anything;
  std::string_view after = names;
  const std::string word = take_text(&after);
  if (word == "drop") return drop_notes(session, split, after);
  list_notes(session, split, word == "list" ? after : names);
}

namespace {

struct CharName {
  std::string owner, name;
};

/// Takes `owner[name]` off `text`; the name may be empty where `whole` owners are meant.
CharName take_char_name(Session& session, std::string_view* text, bool whole = false) {
  const std::string_view from = trim_left(*text);
  const std::size_t open = from.find('['), close = from.find(']');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) {
    fail_syntax();
  }
  const std::string name(trim(from.substr(open + 1, close - open - 1)));
  if (!is_name(name) && !(whole && name.empty())) fail_syntax();
  *text = from.substr(close + 1);
  return {owner_of(session, trim(from.substr(0, open))), name};
}

void define_char(Session& session, std::string_view rest) {
  const CharName target = take_char_name(session, &rest);
  set_char(session, target.owner, target.name, unquoted(rest));
}

void print_char(Session& session, const std::string& owner, const std::string& name,
                const std::string& text) {
  session.out.line(pad_right("  " + owner + "[" + name + "]:", 28) + text);
}

void list_chars(Session& session, std::string_view rest) {
  CharName wanted;
  if (!trim(rest).empty()) wanted = take_char_name(session, &rest, true);
  for (const std::string& owner : owners(session, wanted.owner)) {
    const auto& all = session.data.characteristics;
    for (auto it = all.lower_bound({owner, ""}); it != all.end(); ++it) {
      if (it->first.first != owner) break;
      if (!wanted.name.empty() && it->first.second != wanted.name) continue;
      print_char(session, owner, it->first.second, it->second);
    }
  }
}

void rename_chars(Session& session, std::string_view rest) {
  const std::size_t comma = std::min(rest.find(','), rest.size());
  const Options options =
      parse_options(rest.substr(std::min(comma + 1, rest.size())), {{"replace", 7}});
  const std::vector<std::string> names = split_blank(rest.substr(0, comma));
  if (names.size() != 2) fail_syntax();
  const std::string from = owner_of(session, names[0]), to = owner_of(session, names[1]);
  std::vector<std::pair<std::string, std::string>> moved;
  for (const auto& [key, text] : session.data.characteristics) {
    if (key.first == from) moved.emplace_back(key.second, text);
  }
  for (const auto& [name, text] : moved) {
    if (options.has("replace") || find_char(session, to, name) == nullptr) continue;
    throw StataError(110, to + "[" + name + "] already defined");
  }
  for (const auto& [name, text] : moved) {
    set_char(session, to, name, text);
    set_char(session, from, name, "");
  }
}

}  // namespace

void run_char(Session& session, const CommandLine& line) {
  std::string_view rest = trim(line.rest), after = rest;
  const std::size_t end = std::min(rest.find_first_of(" \t["), rest.size());
  const std::string_view word = rest.substr(0, end);
  after = trim_left(rest.substr(end));
  const bool bracket = after.starts_with('[');
  if (!bracket && abbreviates(word, "define", 3)) return define_char(session, after);
  if (!bracket && abbreviates(word, "list", 1)) return list_chars(session, after);
  if (!bracket && word == "rename") return rename_chars(session, after);
  if (word.empty()) return list_chars(session, {});
  define_char(session, rest);
}

}  // namespace adohost
