// Code points and letter case beyond ASCII, for the functions whose names begin with `u`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace adohost {

std::string encode_utf8(std::uint32_t code_point);
/// The code point at the front of `s`, taken off; a byte that is no UTF-8 stands for
/// itself.
std::uint32_t take_code_point(std::string_view* s);

/// Letter case of Latin, Greek and Cyrillic; other letters stay as they are.
std::string unicode_upper(std::string_view s);
std::string unicode_lower(std::string_view s);

}  // namespace adohost
