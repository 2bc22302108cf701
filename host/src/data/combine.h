// Bringing a second data set into one: the types that hold the values of both, and what
// is taken over of labels, characteristics and notes (append, merge, joinby).
#pragma once

#include <string>
#include <vector>

#include "data/dataset.h"

namespace adohost {

/// The smallest type that holds the values of both. REQUIRES: both are numbers or both
/// strings.
VarType common_type(VarType a, VarType b);

/// Adds the variable `v` of `from` at the end of `to`, all missing, with its format,
/// labels and characteristics. Returns its position.
int adopt_variable(const Dataset& from, int v, Dataset& to);

/// Adds the sets of value labels that `to` has not; returns the names of those that both
/// have, which stay as they are.
std::vector<std::string> adopt_value_labels(const Dataset& from, Dataset& to);

/// Adds the notes of the data and of the variables that both have, where `to` does not
/// have the same text.
void adopt_notes(const Dataset& from, Dataset& to);
/// Adds the characteristics of the data that `to` has not; notes are left out.
void adopt_characteristics(const Dataset& from, Dataset& to);

}  // namespace adohost
