// SMCL, the markup of Stata's output ([P] smcl), turned into plain text: links and type
// styles vanish, lines and corners become `-`, `|` and `+`.
#pragma once

#include <string>
#include <string_view>

namespace adohost {

/// `text` as plain text when printing starts in `column` (from 1) of lines of `linesize`
/// characters. A directive that is not known stays as it is. Never throws on any input.
std::string smcl_to_text(std::string_view text, int column, int linesize);

/// Whether `text` begins a paragraph ({p}, {pstd} ...) and does not end it.
bool leaves_paragraph_open(std::string_view text);

}  // namespace adohost
