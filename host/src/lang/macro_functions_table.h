// The rows behind macro_function(): one family per file. Not for anyone else.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace adohost {

class Session;

struct MacroFunction {
  std::string_view name;
  std::size_t minimum;  // shortest abbreviation
  /// `rest` is what follows the name, without leading blanks.
  std::string (*run)(Session&, std::string_view rest);
};

std::span<const MacroFunction> data_macro_functions();  // type, label, char ...
std::span<const MacroFunction> text_macro_functions();  // word, piece, subinstr, list ...
std::span<const MacroFunction> result_macro_functions();  // all, r(), colnames ...
std::span<const MacroFunction> system_macro_functions();  // dir, environment, display ...

/// The macro that `local x`, `global x` (abbreviated too) name: its text, "" where there
/// is none. Takes the words off `text`. Throws 198.
const std::string& take_macro(Session& session, std::string_view& text);
/// Takes the first word off `text`, quotes stripped. Throws 198 where there is none.
std::string_view take_word(std::string_view& text);
/// Throws 198 where anything is left.
void require_end(std::string_view text);

}  // namespace adohost
