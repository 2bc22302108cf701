// Characteristics ([P] char) and the notes kept in them ([D] notes): note0 is how many
// there are, note1 the first.
#include <algorithm>

#include "base/text.h"
#include "commands/data_commands.h"
#include "data/notes.h"
#include "lang/clock.h"
#include "lang/command.h"
#include "lang/words.h"

namespace adohost {
namespace {

constexpr std::string_view kData = kDataOwner;

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

/// The text without quotes around it; a word TS becomes the time.
std::string note_text(std::string_view typed) {
  std::string text = unquoted(typed);
  const std::string padded = " " + text + " ";
  const std::size_t at = padded.find(" TS ");
  if (at != std::string::npos) text.replace(at, 2, time_stamp());
  if (text.empty()) fail_syntax();
  return text;
}

void attach_note(Session& session, std::string_view owner_text, std::string_view text) {
  const std::string_view name = trim(owner_text);
  add_note(session.data, owner_of(session, name.empty() ? kData : name), note_text(text));
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

/// The numbers between which notes are meant; `l` is the last.
struct NoteRange {
  int first = 1, last = kMostNotes;
};

NoteRange read_range(const std::optional<std::string>& typed, int highest) {
  if (!typed) return {};
  const std::string_view text = trim(*typed);
  const std::size_t slash = text.find('/');
  const auto end = [highest](std::string_view word) -> int {
    if (trim(word) == "l") return highest;
    const auto number = to_integer(trim(word));
    if (!number || *number < 1 || *number > kMostNotes) fail_syntax();
    return static_cast<int>(*number);
  };
  const int first = end(text.substr(0, slash));
  const int last = slash == std::string_view::npos ? first : end(text.substr(slash + 1));
  if (last < first) fail_syntax();
  return {first, last};
}

/// The notes of `owner` that `wanted` holds for, below its name.
template <typename Wanted>
void print_notes(Session& session, const std::string& owner, Wanted wanted) {
  bool titled = false;
  for (const auto& [number, text] : notes_of(session.data, owner)) {
    if (!wanted(number, text)) continue;
    if (!titled) session.out.line("\n" + owner + ":");
    titled = true;
    print_note(session, number, text);
  }
}

void list_notes(Session& session, const CommandLine& line, std::string_view names) {
  for (const std::string& owner : owners(session, names)) {
    const NoteRange range = read_range(line.in_text, note_count(session.data, owner));
    print_notes(session, owner, [&range](int number, const std::string&) {
      return number >= range.first && number <= range.last;
    });
  }
}

void search_notes(Session& session, std::string_view text) {
  const std::string wanted = unquoted(text);
  for (const std::string& owner : owners(session, {})) {
    print_notes(session, owner, [&wanted](int, const std::string& note) {
      return note.find(wanted) != std::string::npos;
    });
  }
}

void drop_notes(Session& session, const CommandLine& line, std::string_view names) {
  if (trim(names).empty()) throw StataError(100, "varlist required");
  std::size_t dropped = 0;
  for (const std::string& owner : owners(session, names)) {
    auto notes = notes_of(session.data, owner);
    const NoteRange range = read_range(line.in_text, note_count(session.data, owner));
    dropped += std::erase_if(notes, [&range](const auto& note) {
      return note.first >= range.first && note.first <= range.last;
    });
    set_notes(session.data, owner, notes);
  }
  session.out.line("  (" + std::to_string(dropped) + (dropped == 1 ? " note" : " notes") +
                   " dropped)");
}

std::string one_owner(Session& session, std::string_view text) {
  const auto found = owners(session, text);
  if (trim(text).empty()) throw StataError(100, "varlist required");
  if (found.size() != 1) throw StataError(103, "too many variables specified");
  return found.front();
}

/// notes replace owner in # : text
void replace_note(Session& session, std::string_view target, std::string_view text) {
  const CommandLine line = split_command("notes replace", target);
  require_only(line, kAllowAnything | kAllowIn);
  if (!line.in_text) fail_syntax();
  const std::string owner = one_owner(session, line.anything);
  auto notes = notes_of(session.data, owner);
  const NoteRange range = read_range(line.in_text, note_count(session.data, owner));
  if (range.first != range.last) fail_syntax();
  const auto note = notes.find(range.first);
  if (note == notes.end()) {
    throw StataError(
        111, "note " + std::to_string(range.first) + " for " + owner + " not found");
  }
  note->second = note_text(text);
  set_notes(session.data, owner, notes);
  session.out.line("  (note " + std::to_string(range.first) + " for " + owner +
                   " replaced)");
}

void renumber_notes(Session& session, std::string_view names) {
  const std::string owner = one_owner(session, names);
  std::map<int, std::string> renumbered;
  for (auto& [number, text] : notes_of(session.data, owner)) {
    renumbered.emplace(static_cast<int>(renumbered.size()) + 1, text);
  }
  set_notes(session.data, owner, renumbered);
}

}  // namespace

void run_notes(Session& session, const CommandLine& line) {
  const std::string_view rest = trim(line.rest);
  std::string_view after = rest;
  const std::string word = take_text(&after);
  if (word == "search") return search_notes(session, after);
  const std::size_t colon = find_outside(rest, ':');
  if (colon != std::string_view::npos) {
    const std::string_view text = rest.substr(colon + 1);
    if (word == "replace") {
      return replace_note(session, after.substr(0, find_outside(after, ':')), text);
    }
    return attach_note(session, rest.substr(0, colon), text);
  }
  if (word == "renumber") return renumber_notes(session, after);
  if (word == "replace") fail_syntax();
  const bool named = word == "drop" || word == "list";
  const CommandLine split = split_command("notes", named ? after : rest);
  require_only(split, kAllowAnything | kAllowIn);
  if (word == "drop") return drop_notes(session, split, split.anything);
  list_notes(session, split, split.anything);
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
