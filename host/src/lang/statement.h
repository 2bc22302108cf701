// Logical lines grouped into statements: a command, or a header line that ends in `{`
// with the statements up to its `}`, or a program (or `input`) with the lines up to its
// `end`. Nothing is expanded or looked up here.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "lang/source.h"

namespace adohost {

struct Statement {
  enum class Kind { blank, command, block, program };

  Kind kind = Kind::blank;
  Line line;                    // the header of a block or program
  std::vector<Statement> body;  // of a block
  std::vector<Line> lines;      // of a program or input, without `end`
  Line close;                   // the line with `}` or `end`
};

/// Reads the statement that begins at lines[pos] and moves `pos` past it. Returns false
/// where the lines end within it (`pos` stays). Throws 198 "program error: code follows
/// on the same line as close brace", and 198 for a close brace that closes nothing.
bool read_statement(const std::vector<Line>& lines, std::size_t& pos, Statement& out);

/// All of `lines` as statements. Throws 198 "program error: matching close brace not
/// found".
std::vector<Statement> read_statements(const std::vector<Line>& lines);

/// The text behind leading prefixes: `capture`, `quietly:`, `version 14:`, a macro.
std::string_view after_prefixes(std::string_view text);

/// Whether the command in `text` is one that defines a program line by line.
bool defines_program(std::string_view text);

}  // namespace adohost
