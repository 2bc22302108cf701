#include "data/label_sets.h"

#include <algorithm>

#include "base/text.h"
#include "format/format.h"

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

void fit_formats_to_labels(Dataset& data, const std::string& name) {
  const auto set = data.value_labels.find(name);
  if (name.empty() || set == data.value_labels.end()) return;
  std::size_t longest = 0;
  for (const auto& [value, text] : set->second) {
    longest = std::max(longest, utf8_length(text));
  }
  for (int v = 0; v < data.nvar(); ++v) {
    Variable& variable = data.variable(v);
    if (variable.value_label != name) continue;
    variable.format = widened_format(variable.format, static_cast<int>(longest));
  }
}

}  // namespace adohost
