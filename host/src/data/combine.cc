#include "data/combine.h"

#include <algorithm>

#include "data/notes.h"

namespace adohost {
namespace {

Storage common_number(Storage a, Storage b) {
  const auto [low, high] = std::minmax(a, b);
  // A float has 24 bits: not enough for a long.
  if (low == Storage::long_ && high == Storage::float_) return Storage::double_;
  return high;
}

void copy_characteristics(const Dataset& from, const std::string& owner, Dataset& to,
                          bool notes) {
  for (auto it = from.characteristics.lower_bound({owner, ""});
       it != from.characteristics.end() && it->first.first == owner; ++it) {
    if (notes || !is_note_name(it->first.second)) to.characteristics.insert(*it);
  }
}

}  // namespace

VarType common_type(VarType a, VarType b) {
  if (a.is_numeric()) return {common_number(a.storage, b.storage), 0};
  if (a.storage == Storage::strl || b.storage == Storage::strl) {
    return {Storage::strl, 0};
  }
  return {Storage::str, std::max(a.width, b.width)};
}

int adopt_variable(const Dataset& from, int v, Dataset& to) {
  const Variable& source = from.variable(v);
  const int position = to.add_variable(source.name, source.type);
  Variable& target = to.variable(position);
  target.format = source.format;
  target.label = source.label;
  target.value_label = source.value_label;
  copy_characteristics(from, source.name, to, true);
  return position;
}

std::vector<std::string> adopt_value_labels(const Dataset& from, Dataset& to) {
  std::vector<std::string> known;
  for (const auto& [name, labels] : from.value_labels) {
    if (!to.value_labels.emplace(name, labels).second) known.push_back(name);
  }
  return known;
}

void adopt_notes(const Dataset& from, Dataset& to) {
  const auto adopt = [&](const std::string& owner) {
    const auto known = notes_of(to, owner);
    for (const auto& [number, text] : notes_of(from, owner)) {
      const bool has_it =
          std::any_of(known.begin(), known.end(),
                      [&t = text](const auto& n) { return n.second == t; });
      if (!has_it) add_note(to, owner, text);
    }
  };
  adopt(std::string(kDataOwner));
  for (const Variable& variable : from.variables()) {
    if (to.find(variable.name) >= 0) adopt(variable.name);
  }
}

void adopt_characteristics(const Dataset& from, Dataset& to) {
  copy_characteristics(from, std::string(kDataOwner), to, false);
}

}  // namespace adohost
