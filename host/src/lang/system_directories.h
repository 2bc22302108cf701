// The directories that Stata knows by a codeword ([P] sysdir): STATA, BASE, SITE, PLUS,
// PERSONAL, OLDPLACE. They stand around the program file and below the home directory.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace adohost {

/// In the order of `sysdir`.
std::span<const std::string_view> system_directory_names();

/// The directory with a slash at its end, or "" for what is no codeword (any case).
std::string system_directory(std::string_view codeword);

/// A place of the ado-path as it is kept: a codeword in capitals, or a path without ~.
std::string ado_place(std::string_view text);
/// The directory that a codeword or a path names.
std::string named_directory(std::string_view text);

/// `path` with a leading ~ replaced by the home directory.
std::string expand_home(std::string_view path);

/// Where temporary files go: $STATATMP, else $TMPDIR, else /tmp; no slash at the end.
std::string temporary_directory();

}  // namespace adohost
