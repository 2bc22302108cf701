#include "lang/statement.h"

#include "base/error.h"
#include "doctest/doctest.h"

namespace adohost {

namespace {

std::vector<Line> lines_of(const std::vector<std::string>& texts) {
  std::vector<Line> lines;
  for (const std::string& text : texts) lines.push_back(Line{text, {text}, {}});
  return lines;
}

/// c for a command, b{...} for a block, p for a program, - for a blank line.
std::string shape_of(const std::vector<Statement>& statements) {
  std::string text;
  for (const Statement& s : statements) {
    switch (s.kind) {
      case Statement::Kind::blank:
        text += "-";
        break;
      case Statement::Kind::command:
        text += "c";
        break;
      case Statement::Kind::program:
        text += "p" + std::to_string(s.lines.size());
        break;
      case Statement::Kind::block:
        text += "b{" + shape_of(s.body) + "}";
        break;
    }
  }
  return text;
}

std::string shape(const std::vector<std::string>& texts) {
  return shape_of(read_statements(lines_of(texts)));
}

}  // namespace

TEST_CASE("blocks nest") {
  CHECK(shape({"display 1", "", "display 2"}) == "c-c");
  CHECK(shape({"if x {", "foreach v in a b {", "display 1", "}", "", "}"}) == "b{b{c}-}");
  CHECK(shape({"capture noisily {", "}", "qui: while 1 {", "}"}) == "b{}b{}");
  CHECK(shape({"`qui' foreach v in a {", "}", "version 14: if 1 {", "}"}) == "b{}b{}");
}

TEST_CASE("a brace at the end of other commands is text") {
  CHECK(shape({"local brace {", "display \"{"}) == "cc");
  CHECK(shape({"capture local brace {"}) == "c");
}

TEST_CASE("programs are taken line by line") {
  CHECK(shape({"program define p", "if 1 {", "display 1", "}", "end", "p"}) == "p3c");
  CHECK(shape({"capture program drop p", "program drop p", "program list p"}) == "ccc");
  CHECK(shape({"program p, plugin using(\"x\")", "display 1"}) == "cc");
  CHECK(shape({"pr p, rclass", "end"}) == "p0");
}

TEST_CASE("unfinished and misplaced braces") {
  CHECK_THROWS_AS(shape({"if 1 {", "display 1"}), StataError);
  const auto lines = lines_of({"if 1 {", "display 1"});
  std::size_t pos = 0;
  Statement statement;
  CHECK_FALSE(read_statement(lines, pos, statement));
  CHECK(pos == 0);
  std::vector<std::string> deep(100000, "if 1 {");
  CHECK_THROWS_AS(shape(deep), StataError);
}

}  // namespace adohost
