// Wildcards, the same in varlists, file names, macro functions and results.
#pragma once

#include <string_view>

namespace adohost {

/// Whether all of `text` matches `pattern`, in which `*` is any run of characters and `?`
/// one character.
bool matches_wildcard(std::string_view pattern, std::string_view text);

}  // namespace adohost
