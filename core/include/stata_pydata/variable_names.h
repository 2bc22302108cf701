// Legal names of Stata variables: letters, digits and underscores, not beginning with a
// digit, at most 32 characters, no word that Stata reserves. A name from elsewhere that
// isn't legal is changed as little as possible. Pure functions, thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stata_pydata {

/// Whether Stata 14.1 or later takes `name` for a variable. Of the letters outside ASCII
/// those of the scripts in common use count; a rarer one is refused, never let through.
bool is_legal_name(std::string_view name);
/// A legal name made of any bytes: what isn't legal becomes `_`, a leading digit and a
/// reserved word get a `_` before them, the rest is cut at 32 characters; an empty name
/// becomes v<position>.
std::string legal_name(std::string_view name, std::size_t position);
/// Legal and different names for all of `names`: those that are legal stay, of the others
/// one that meets a name in use gets _2, _3, ... REQUIRES: legal names don't repeat.
std::vector<std::string> legal_names(const std::vector<std::string>& names);

}  // namespace stata_pydata
