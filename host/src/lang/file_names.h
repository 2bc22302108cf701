// Names of files as they are typed: with or without quotes, with or without an extension.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace adohost {

/// The one file or directory that `text` names, quotes stripped. Throws 198.
std::string only_path(std::string_view text);
/// All that it names, separated by blanks. Throws 198 where it names none.
std::vector<std::string> path_list(std::string_view text);

/// `name` with `extension` (".dta") behind it where its last part has no extension.
std::string with_extension(const std::string& name, std::string_view extension);

}  // namespace adohost
