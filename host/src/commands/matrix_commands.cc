// matrix ([P] matrix): define, input, list, dir, drop, rename, rownames, colnames.
#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "data/storage.h"
#include "expr/expression.h"
#include "expr/matrix_algebra.h"
#include "expr/matrix_expression.h"
#include "expr/names.h"
#include "format/format.h"
#include "lang/command.h"
#include "lang/tokens.h"

namespace adohost {

namespace {

std::string_view take_word(std::string_view* s) {
  *s = trim_left(*s);
  const std::string_view word = s->substr(0, word_length(*s));
  s->remove_prefix(word.size());
  *s = trim_left(*s);
  return word;
}

Matrix& require_matrix(Session& session, std::string_view name) {
  const auto it = session.matrices.find(std::string(name));
  if (it == session.matrices.end()) fail_not_found("matrix " + std::string(name));
  return it->second;
}

/// A[i,j] = value.
void define_element(Session& session, std::string_view name, std::string_view rest) {
  Matrix& m = require_matrix(session, name);
  const std::size_t end = skip_brackets(rest, 0);
  std::string_view inside = rest.substr(1, end - 2);
  const Expression row = Expression::take(session, &inside);
  if (!inside.starts_with(',')) fail_syntax();
  const Expression column(session, inside.substr(1));
  const std::string_view value = trim_left(rest.substr(end));
  if (!value.starts_with('=') || row.is_string() || column.is_string()) fail_syntax();
  const Place place = first_place(session);
  const double i = row.number(place);
  const double j = column.number(place);
  if (!(i >= 1 && i < m.rows + 1.0 && j >= 1 && j < m.cols + 1.0)) {
    throw StataError(503, "conformability error");
  }
  const double x = evaluate_number(session, value.substr(1));
  m.at(static_cast<int>(i) - 1, static_cast<int>(j) - 1) = x;
}

void define(Session& session, std::string_view rest) {
  const std::string_view name = take_word(&rest);
  if (rest.starts_with('[')) return define_element(session, name, rest);
  if (!rest.starts_with('=') || rest.starts_with("==")) fail_syntax();
  if (!is_name(name) || is_reserved(name)) {
    throw StataError(198, std::string(name) + " invalid name");
  }
  session.matrices[std::string(name)] = evaluate_matrix(session, rest.substr(1));
}

/// `matrix input` takes what `define` takes, but that blanks may stand for commas.
void input(Session& session, std::string_view rest) {
  const std::string_view name = take_word(&rest);
  if (!rest.starts_with('=')) fail_syntax();
  const std::string_view body = trim(rest.substr(1));
  if (body.size() < 2 || body.front() != '(' || body.back() != ')') fail_syntax();
  std::string text(name);
  text += "=(";
  char before = ',';
  for (std::size_t i = 1; i + 1 < body.size(); ++i) {
    const char c = body[i];
    if (c == ' ') continue;
    const bool joint = c == ',' || c == '\\';
    const bool after_blank = body[i - 1] == ' ';
    if (after_blank && !joint && before != ',' && before != '\\') text += ',';
    text += c;
    before = c;
  }
  define(session, text + ")");
}

struct ListLayout {
  std::size_t stub = 0;
  std::size_t width = 0;
  int columns_a_block = 1;
};

ListLayout layout_of(const Session& session, const Matrix& m,
                     const std::vector<std::string>& cells) {
  ListLayout layout;
  for (const std::string& name : m.row_names) {
    layout.stub = std::max(layout.stub, utf8_length(name));
  }
  for (const std::string& name : m.col_names) {
    layout.width = std::max(layout.width, utf8_length(name));
  }
  for (const std::string& cell : cells)
    layout.width = std::max(layout.width, cell.size());
  layout.width += 2;
  const auto room = static_cast<std::size_t>(session.out.linesize());
  const std::size_t left = room > layout.stub ? room - layout.stub : 0;
  layout.columns_a_block = std::max(1, static_cast<int>(left / layout.width));
  return layout;
}

/// The matrix in blocks of columns that fit the line; of a symmetric one the lower half.
void print_matrix(Session& session, const std::string& title, const Matrix& m,
                  const std::string& format) {
  std::vector<std::string> cells;
  for (const double x : m.cells) {
    cells.emplace_back(trim(format_number(x, format)));
  }
  const bool half = m.rows > 1 && is_symmetric(m);
  const ListLayout layout = layout_of(session, m, cells);
  session.out.line("");
  session.out.line(std::string(half ? "symmetric " : "") + title + "[" +
                   std::to_string(m.rows) + "," + std::to_string(m.cols) + "]");
  for (int from = 0; from < m.cols; from += layout.columns_a_block) {
    const int to = std::min(m.cols, from + layout.columns_a_block);
    if (from > 0) session.out.line("");
    std::string line(layout.stub, ' ');
    for (int j = from; j < to; ++j) line += pad_left(m.col_names[j], layout.width);
    session.out.line(line);
    for (int i = half ? from : 0; i < m.rows; ++i) {
      line = pad_left(m.row_names[i], layout.stub);
      for (int j = from; j < (half ? std::min(to, i + 1) : to); ++j) {
        line += pad_left(cells[static_cast<std::size_t>(i) * m.cols + j], layout.width);
      }
      session.out.line(line, Style::result);
    }
  }
}

void list(Session& session, std::string_view rest) {
  const CommandLine line = split_command("matrix list", rest);
  require_only(line, kAllowAnything | kAllowOptions);
  const Options options = parse_options(line.options, {{"format", 1, true}});
  const std::string format = options.argument("format").value_or("%10.0g");
  if (!is_numeric_format(format)) throw StataError(120, "invalid %format");
  const Matrix* m = find_matrix(session, line.anything);
  if (!m) fail_not_found("matrix " + line.anything);
  Matrix named = *m;
  name_rows_and_columns(&named);
  print_matrix(session, line.anything, named, format);
}

void directory(Session& session) {
  for (const auto& [name, m] : session.matrices) {
    session.out.line(pad_left(name, 12) + "[" + std::to_string(m.rows) + "," +
                     std::to_string(m.cols) + "]");
  }
}

void drop(Session& session, const std::vector<std::string>& names) {
  if (names.empty()) fail_syntax();
  if (names.size() == 1 && names[0] == "_all") return session.matrices.clear();
  for (const std::string& name : names) require_matrix(session, name);
  for (const std::string& name : names) session.matrices.erase(name);
}

void rename(Session& session, const std::vector<std::string>& names) {
  if (names.size() != 2) fail_syntax();
  if (!is_name(names[1])) throw StataError(198, names[1] + " invalid name");
  Matrix moved = std::move(require_matrix(session, names[0]));
  session.matrices.erase(names[0]);
  session.matrices[names[1]] = std::move(moved);
}

void set_names(Session& session, std::string_view rest, bool rows) {
  Matrix& m = require_matrix(session, take_word(&rest));
  if (!rest.starts_with('=')) fail_syntax();
  std::vector<std::string> names = split_blank(rest.substr(1));
  for (std::string& name : names) name = strip_quotes(name);
  const auto size = static_cast<std::size_t>(rows ? m.rows : m.cols);
  if (names.size() != size) throw StataError(503, "conformability error");
  (rows ? m.row_names : m.col_names) = std::move(names);
}

void run_matrix(Session& session, const CommandLine& line) {
  std::string_view rest = trim(line.rest);
  const std::string_view all = rest;
  const std::string_view word = take_word(&rest);
  if (rest.starts_with('=') || rest.starts_with('[')) return define(session, all);
  if (abbreviates(word, "define", 3)) return define(session, rest);
  if (abbreviates(word, "input", 3)) return input(session, rest);
  if (abbreviates(word, "list", 1)) return list(session, rest);
  if (word == "dir") return directory(session);
  if (word == "drop") return drop(session, split_blank(rest));
  if (abbreviates(word, "rename", 3)) return rename(session, split_blank(rest));
  if (abbreviates(word, "rownames", 4)) return set_names(session, rest, true);
  if (abbreviates(word, "colnames", 4)) return set_names(session, rest, false);
  fail_syntax();
}

constexpr Command kCommands[] = {
    {"matrix", 3, run_matrix, Split::verbatim},
};

}  // namespace

std::span<const Command> matrix_commands() {
  return kCommands;
}

}  // namespace adohost
