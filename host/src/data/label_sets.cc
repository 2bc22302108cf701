#include "data/label_sets.h"

namespace adohost {

std::set<std::string> attached_label_sets(const Dataset& data) {
  std::set<std::string> names;
  for (const Variable& variable : data.variables()) {
    if (!variable.value_label.empty()) names.insert(variable.value_label);
  }
  for (const auto& [key, text] : data.characteristics) {
    if (key.second.starts_with("_lang_l_")) names.insert(text);
  }
  return names;
}

void drop_unattached_labels(Dataset& data) {
  const std::set<std::string> attached = attached_label_sets(data);
  std::erase_if(data.value_labels,
                [&attached](const auto& set) { return !attached.contains(set.first); });
}

}  // namespace adohost
