// What is said of a file that is no good: Stata's codes and texts, in one place.
#pragma once

#include <string>
#include <string_view>

namespace adohost {

/// 610 for what does not begin as a .dta file does.
[[noreturn]] void fail_not_stata_format(const std::string& file);
/// 610 for a release that the host does not know.
[[noreturn]] void fail_newer_release(const std::string& file, int release);
/// 688 where `tag` (`</data>`) does not stand where the lengths of what is before it say.
[[noreturn]] void fail_no_marker(std::string_view tag);
/// 612 where the map does not point at `tag`.
[[noreturn]] void fail_not_recorded(std::string_view tag);
/// 612 where the file is shorter than what it says of itself.
[[noreturn]] void fail_file_ended();
/// 688 for anything else that cannot be; `what` is a whole sentence.
[[noreturn]] void fail_file_corrupt(std::string_view what);

}  // namespace adohost
