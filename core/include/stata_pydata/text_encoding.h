// The bytes of an image's texts as UTF-8. Releases before 118 hold one byte a character,
// by convention of Windows-1252; from 118 on texts are UTF-8, but genuine files have
// texts among them that were carried over from before. Pure functions, thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace stata_pydata::dta {

bool is_ascii(std::string_view text) noexcept;
/// Whether the bytes are well-formed UTF-8 (Unicode 15, table 3-7).
bool is_utf8(std::string_view text) noexcept;

/// Bytes of a stored text as UTF-8: its own where they are UTF-8 and `utf8` says that
/// they may be, else those of its characters of Windows-1252. A byte without a character
/// there is taken for the control character of its number.
std::int64_t utf8_bytes(std::string_view stored, bool utf8) noexcept;
/// Writes them; returns where they end. REQUIRES: room for utf8_bytes().
char* write_utf8(std::string_view stored, bool utf8, char* to) noexcept;
std::string as_utf8(std::string_view stored, bool utf8);

}  // namespace stata_pydata::dta
