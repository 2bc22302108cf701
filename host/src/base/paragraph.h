// Sentences set in lines, as Stata prints the explanation below an error.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace adohost {

/// `text` broken at blanks into lines of at most `width` characters, the first indented
/// by `first` blanks and the others by `others`; blanks inside a line stay as many as
/// they are. No newline at the end.
std::string paragraph(std::string_view text, std::size_t first, std::size_t others,
                      std::size_t width);

}  // namespace adohost
