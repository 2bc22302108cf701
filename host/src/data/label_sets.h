// Which sets of value labels the variables of a data set use, in all its languages.
#pragma once

#include <set>
#include <string>

#include "data/dataset.h"

namespace adohost {

/// The names of the sets that variables have: the current ones, and those that `label
/// language` keeps for other languages in characteristics `_lang_l_*`.
std::set<std::string> attached_label_sets(const Dataset& data);
/// Forgets all other sets.
void drop_unattached_labels(Dataset& data);

/// Widens the display formats of the variables that have the set `name`, so that its
/// longest text fits ([D] label, option nofix).
void fit_formats_to_labels(Dataset& data, const std::string& name);

}  // namespace adohost
