// Notes, which are characteristics: note0 is the highest number in use, note1 the first
// text ([D] notes).
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "data/dataset.h"

namespace adohost {

/// The owner of the notes of the data set.
inline constexpr std::string_view kDataOwner = "_dta";
inline constexpr int kMostNotes = 9999;

/// The number in note0, or 0.
int note_count(const Dataset& data, const std::string& owner);
/// The texts by number.
std::map<int, std::string> notes_of(const Dataset& data, const std::string& owner);
/// Replaces all notes of `owner`.
void set_notes(Dataset& data, const std::string& owner,
               const std::map<int, std::string>& notes);
/// Adds one behind the last.
void add_note(Dataset& data, const std::string& owner, const std::string& text);
/// Whether a characteristic of that name is part of the notes.
bool is_note_name(std::string_view name);

}  // namespace adohost
