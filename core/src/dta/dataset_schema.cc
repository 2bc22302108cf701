#include "stata_pydata/dataset_schema.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <map>

#include "stata_pydata/error.h"

namespace stata_pydata::dta {
namespace {

constexpr std::string_view kNote = "note";

/// The number of a note by its characteristic's name; -1 for any other name.
int note_number(std::string_view name) {
  if (!name.starts_with(kNote)) return -1;
  name.remove_prefix(kNote.size());
  int number = -1;
  const char* end = name.data() + name.size();
  const auto [stop, error] = std::from_chars(name.data(), end, number);
  const bool plain = !name.empty() && (name[0] != '0' || name.size() == 1);
  return plain && error == std::errc() && stop == end ? number : -1;
}

template <typename Items>
auto* find_named(Items& items, std::string_view name) {
  const auto found = std::find_if(items.begin(), items.end(),
                                  [&](const auto& item) { return item.name == name; });
  return found == items.end() ? nullptr : &*found;
}

}  // namespace

const std::string* ValueLabelSet::find(std::int32_t value) const noexcept {
  const auto found =
      std::find_if(entries.rbegin(), entries.rend(),
                   [&](const ValueLabel& entry) { return entry.value == value; });
  return found == entries.rend() ? nullptr : &found->text;
}

std::int64_t Schema::find_variable(std::string_view name) const noexcept {
  const auto* found = find_named(variables, name);
  return found ? found - variables.data() : -1;
}

const ValueLabelSet* Schema::find_value_labels(std::string_view name) const noexcept {
  return find_named(value_labels, name);
}

std::vector<std::string> notes_of(const Schema& schema, std::string_view owner) {
  std::map<int, std::string> notes;
  for (const auto& item : schema.characteristics)
    if (const int number = note_number(item.name); number > 0 && item.owner == owner)
      notes[number] = item.contents;
  std::vector<std::string> texts;
  for (auto& [number, text] : notes) texts.push_back(std::move(text));
  return texts;
}

void set_notes(Schema& schema, std::string_view owner,
               std::span<const std::string> notes) {
  if (notes.size() > kMostNotes)
    throw Error(Fault::range, std::string(owner) + " has " +
                                  std::to_string(notes.size()) + " notes; at most " +
                                  std::to_string(kMostNotes) + " are possible");
  std::erase_if(schema.characteristics, [&](const Characteristic& item) {
    return item.owner == owner && note_number(item.name) >= 0;
  });
  if (notes.empty()) return;
  const auto add = [&](std::size_t number, std::string text) {
    schema.characteristics.push_back({std::string(owner),
                                      std::string(kNote) + std::to_string(number),
                                      std::move(text)});
  };
  add(0, std::to_string(notes.size()));
  for (std::size_t i = 0; i < notes.size(); ++i) add(i + 1, notes[i]);
}

void complete_notes(Schema& schema) {
  std::map<std::string, int> highest;
  for (const auto& item : schema.characteristics)
    if (const int number = note_number(item.name); number > 0) {
      int& most = highest[item.owner];
      most = std::max(most, number);
    }
  for (auto& item : schema.characteristics) {
    if (note_number(item.name) != 0) continue;
    const auto found = highest.find(item.owner);
    if (found == highest.end()) continue;
    item.contents = std::to_string(found->second);
    highest.erase(found);
  }
  for (const auto& [owner, number] : highest)
    schema.characteristics.push_back(
        {owner, std::string(kNote) + "0", std::to_string(number)});
}

std::string type_name(VariableType type) {
  std::string name(storage_name(type.storage));
  return type.storage == Storage::str ? name + std::to_string(type.width) : name;
}

std::string default_format(VariableType type) {
  switch (type.storage) {
    case Storage::byte_:
    case Storage::int_:
      return "%8.0g";
    case Storage::long_:
      return "%12.0g";
    case Storage::double_:
      return "%10.0g";
    case Storage::str:
      return "%" + std::to_string(std::max<int>(9, type.width)) + "s";
    case Storage::strl:
      return "%9s";
    default:
      return "%9.0g";
  }
}

std::string format_timestamp(std::int64_t seconds_since_1970) {
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto seconds = static_cast<std::time_t>(seconds_since_1970);
  std::tm local{};
  if (!::localtime_r(&seconds, &local) || local.tm_year < -1800 || local.tm_year > 8099)
    throw Error(Fault::range, "the time " + std::to_string(seconds_since_1970) +
                                  " is outside the years 100 to 9999 of a timestamp");
  char text[64];
  std::snprintf(text, sizeof text, "%2d %s %04d %02d:%02d", local.tm_mday,
                months[static_cast<std::size_t>(local.tm_mon)], local.tm_year + 1900,
                local.tm_hour, local.tm_min);
  return text;
}

}  // namespace stata_pydata::dta
