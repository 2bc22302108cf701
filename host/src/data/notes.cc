#include "data/notes.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"

namespace adohost {
namespace {

constexpr std::string_view kNote = "note";

std::string note_name(int number) {
  return std::string(kNote) + std::to_string(number);
}

}  // namespace

bool is_note_name(std::string_view name) {
  return name.starts_with(kNote) && to_integer(name.substr(kNote.size())).has_value();
}

int note_count(const Dataset& data, const std::string& owner) {
  const auto found = data.characteristics.find({owner, note_name(0)});
  if (found == data.characteristics.end()) return 0;
  const auto count = to_integer(found->second);
  return count && *count > 0 && *count <= kMostNotes ? static_cast<int>(*count) : 0;
}

std::map<int, std::string> notes_of(const Dataset& data, const std::string& owner) {
  std::map<int, std::string> notes;
  const int count = note_count(data, owner);
  for (int i = 1; i <= count; ++i) {
    const auto found = data.characteristics.find({owner, note_name(i)});
    if (found != data.characteristics.end()) notes.emplace(i, found->second);
  }
  return notes;
}

void set_notes(Dataset& data, const std::string& owner,
               const std::map<int, std::string>& notes) {
  const int count = note_count(data, owner);
  for (int i = 0; i <= count; ++i) data.characteristics.erase({owner, note_name(i)});
  for (const auto& [number, text] : notes) {
    data.characteristics[{owner, note_name(number)}] = text;
  }
  if (!notes.empty()) {
    data.characteristics[{owner, note_name(0)}] = std::to_string(notes.rbegin()->first);
  }
  data.changed = true;
}

void add_note(Dataset& data, const std::string& owner, const std::string& text) {
  const int number = note_count(data, owner) + 1;
  if (number > kMostNotes) throw StataError(1000, "system limit exceeded - see manual");
  data.characteristics[{owner, note_name(number)}] = text;
  data.characteristics[{owner, note_name(0)}] = std::to_string(number);
  data.changed = true;
}

}  // namespace adohost
