// Macro functions on what a session holds: `all', r() e() s(), matrix names.
#include "base/error.h"
#include "base/text.h"
#include "base/wildcard.h"
#include "lang/macro_functions_table.h"
#include "lang/session.h"
#include "lang/words.h"

namespace adohost {
namespace {

constexpr auto npos = std::string_view::npos;

std::string join(const std::vector<std::string>& names, std::string_view pattern = "*") {
  std::string text;
  for (const std::string& name : names) {
    if (!matches_wildcard(pattern, name)) continue;
    if (!text.empty()) text += ' ';
    text += name;
  }
  return text;
}

std::vector<std::string> scalar_names(Session& session, bool numbers, bool strings) {
  std::vector<std::string> names;
  for (const auto& [name, scalar] : session.scalars)
    if (scalar.is_string ? strings : numbers) names.push_back(name);
  return names;
}

/// all {globals | [numeric|string] scalars | matrices} ["pattern"]
std::string run_all(Session& session, std::string_view rest) {
  std::string_view kind = take_word(rest);
  bool numbers = true, strings = true;
  if (kind == "numeric" || kind == "string") {
    numbers = kind == "numeric";
    strings = !numbers;
    kind = take_word(rest);
    if (kind != "scalars") fail_syntax();
  }
  std::string_view pattern = "*";
  if (!trim(rest).empty()) pattern = take_word(rest);
  require_end(rest);
  if (kind == "globals") return join(session.macros.global_names(), pattern);
  if (kind == "scalars") return join(scalar_names(session, numbers, strings), pattern);
  if (kind != "matrices") fail_syntax();
  std::vector<std::string> names;
  for (const auto& [name, matrix] : session.matrices) names.push_back(name);
  return join(names, pattern);
}

/// The names of `(scalars)`, `(macros)`, `(matrices)`, `(functions)` in `results`.
std::string names_in(const Results& results, std::string_view rest) {
  rest = trim(rest);
  if (!rest.starts_with('(') || !rest.ends_with(')')) fail_syntax();
  const std::string_view kind = trim(rest.substr(1, rest.size() - 2));
  std::vector<std::string> names;
  if (kind == "scalars") {
    for (const auto& entry : results.scalars) names.push_back(entry.first);
  } else if (kind == "macros") {
    for (const auto& entry : results.macros) names.push_back(entry.first);
  } else if (kind == "matrices") {
    for (const auto& entry : results.matrices) names.push_back(entry.first);
  } else if (kind != "functions") {
    fail_syntax();
  }
  return join(names);
}

std::string run_r(Session& session, std::string_view rest) {
  return names_in(session.r, rest);
}
std::string run_e(Session& session, std::string_view rest) {
  return names_in(session.e, rest);
}
std::string run_s(Session& session, std::string_view rest) {
  return names_in(session.s, rest);
}

template <class MatricesByName>
const Matrix* find_in(const MatricesByName& matrices, std::string_view name) {
  const auto found = matrices.find(std::string(name));
  return found == matrices.end() ? nullptr : &found->second;
}

/// The matrix `A`, `r(A)` or `e(A)` that is all of `text`. Throws 111.
const Matrix& only_matrix(Session& session, std::string_view text) {
  text = trim(text);
  const Matrix* matrix = nullptr;
  if (text.starts_with("r(") && text.ends_with(')'))
    matrix = find_in(session.r.matrices, trim(text.substr(2, text.size() - 3)));
  else if (text.starts_with("e(") && text.ends_with(')'))
    matrix = find_in(session.e.matrices, trim(text.substr(2, text.size() - 3)));
  else if (is_name(text))
    matrix = find_in(session.matrices, text);
  else
    fail_syntax();
  if (matrix == nullptr) fail_not_found(std::string(text));
  return *matrix;
}

enum class Part { all, equation, name };

/// The names of rows or columns, cut to the part before or after the colon.
std::string matrix_names(const std::vector<std::string>& names, Part part) {
  std::vector<std::string> parts;
  for (const std::string& full : names) {
    const std::size_t colon = full.find(':');
    if (part == Part::all)
      parts.push_back(full);
    else if (part == Part::name)
      parts.push_back(colon == std::string::npos ? full : full.substr(colon + 1));
    else
      parts.push_back(colon == std::string::npos ? "_" : full.substr(0, colon));
  }
  return join(parts);
}

template <Part part>
std::string run_columns(Session& session, std::string_view rest) {
  return matrix_names(only_matrix(session, rest).col_names, part);
}
template <Part part>
std::string run_rows(Session& session, std::string_view rest) {
  return matrix_names(only_matrix(session, rest).row_names, part);
}

/// permname suggestion [, length(#)]: a name that no variable has.
std::string run_permname(Session& session, std::string_view rest) {
  const std::size_t comma = find_outside(rest, ',');
  std::size_t width = 32;
  if (comma != npos) {
    for (const TypedOption& option : typed_options(rest.substr(comma + 1))) {
      const auto n = to_integer(trim(option.argument));
      if (option.name != "length") fail_option(std::string(option.name));
      if (!n || *n < 8 || *n > 32) fail_syntax();
      width = static_cast<std::size_t>(*n);
    }
  }
  const std::string_view wish = trim(rest.substr(0, comma));
  if (!is_name(wish)) throw StataError(198, std::string(wish) + " invalid name");
  std::string name(utf8_prefix(wish, width));
  for (int i = 1; session.data.find(name) >= 0; ++i) {
    const std::string tail = std::to_string(i);
    name = std::string(utf8_prefix(wish, width - tail.size())) + tail;
  }
  return name;
}

constexpr MacroFunction kFunctions[] = {
    {"all", 3, run_all},
    {"r", 1, run_r},
    {"e", 1, run_e},
    {"s", 1, run_s},
    {"colnames", 8, run_columns<Part::name>},
    {"coleq", 5, run_columns<Part::equation>},
    {"colfullnames", 12, run_columns<Part::all>},
    {"rownames", 8, run_rows<Part::name>},
    {"roweq", 5, run_rows<Part::equation>},
    {"rowfullnames", 12, run_rows<Part::all>},
    {"permname", 8, run_permname},
};

}  // namespace

std::span<const MacroFunction> result_macro_functions() {
  return kFunctions;
}

}  // namespace adohost
