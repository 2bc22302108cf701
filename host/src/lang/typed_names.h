// A list of new variables with their storage types ([U] 11.4.2): `id str10 name
// double(x y) int z1-z3`. A type holds for the name behind it, or for all names in the
// parentheses behind it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "data/dataset.h"

namespace adohost {

struct TypedName {
  std::string name;
  VarType type;
};

/// Names without a type get `default_type`. Throws 198, and 110 where a variable of
/// `data` or an earlier one of the list has the name.
std::vector<TypedName> parse_typed_names(const Dataset& data, std::string_view text,
                                         VarType default_type);

}  // namespace adohost
