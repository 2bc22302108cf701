#include "lang/source.h"

#include "doctest/doctest.h"

namespace adohost {

namespace {

/// The commands of a text, one in brackets after the other; [] is a comment or blank
/// line.
std::string commands(std::string_view text) {
  LineAssembler assembler;
  std::vector<Line> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    assembler.feed(text.substr(0, end), lines);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  assembler.finish(lines);
  std::string shown;
  for (const Line& line : lines) shown += "[" + line.text + "]";
  return shown;
}

}  // namespace

TEST_CASE("a line is a command") {
  CHECK(commands("display 1\n\n  display 2  \n") == "[display 1][][display 2]");
  CHECK(commands("display 1\r\ndisplay 2\r\n") == "[display 1][display 2]");
  CHECK(commands("\tdisplay\t1") == "[display 1]");
}

TEST_CASE("a star begins a comment only as the first token") {
  CHECK(commands("* text\n  * text\ngen x = 2 * 3") == "[][][gen x = 2 * 3]");
  CHECK(commands("* goes on ///\n display 1\ndisplay 2") == "[][display 2]");
}

TEST_CASE("two slashes begin a comment after a blank or at the start of a line") {
  CHECK(commands("display 1 // one\n// two\ndisplay 3") == "[display 1][][display 3]");
  CHECK(commands("use http://x.y/z") == "[use http://x.y/z]");
  CHECK(commands("display \"a // b\"") == "[display \"a // b\"]");
}

TEST_CASE("three slashes join lines") {
  CHECK(commands("display 1 ///\n  + 2") == "[display 1   + 2]");
  CHECK(commands("display 1 /// note\n+ 2 ///\n+ 3") == "[display 1 + 2 + 3]");
  CHECK(commands("display 1///\ndisplay 2") == "[display 1///][display 2]");
}

TEST_CASE("block comments nest and join lines") {
  CHECK(commands("display 1 /* a /* b */ c */ + 2") == "[display 1  + 2]");
  CHECK(commands("display 1 /* a\nb */ + 2\ndisplay 3") == "[display 1  + 2][display 3]");
  CHECK(commands("* see /home/*.do\nall a comment\n*/ still\ndisplay 1") ==
        "[][display 1]");
  CHECK(commands("display \"/* no */\"") == "[display \"/* no */\"]");
}

TEST_CASE("compound quotes hide comments and nest") {
  CHECK(commands("display `\"a \"b // c\" `\"d\"' // e\"' // f") ==
        "[display `\"a \"b // c\" `\"d\"' // e\"']");
  CHECK(commands("display \"open // a\ndisplay 1 // b") ==
        "[display \"open // a][display 1]");
}

TEST_CASE("#delimit ; ends commands at semicolons until #delimit cr") {
  CHECK(commands("#delimit ;\ndisplay 1\n + 2;\n#delimit cr\ndisplay 3") ==
        "[][display 1  + 2][][display 3]");
  CHECK(commands("#d ;\ndisplay 1; display 2;") == "[][display 1][display 2]");
  CHECK(commands("#d ;\n* a comment\n goes on;\ndisplay \"a;b\";") ==
        "[][][display \"a;b\"]");
  CHECK(commands("#d ;\ndisplay 1 // x\n + 2;") == "[][display 1   + 2]");
}

TEST_CASE("the lines as typed are kept for the echo") {
  LineAssembler assembler;
  std::vector<Line> lines;
  assembler.feed("display 1 /// x", lines);
  CHECK(assembler.pending());
  CHECK(lines.empty());
  assembler.feed("  + 2", lines);
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].raw == std::vector<std::string>{"display 1 /// x", "  + 2"});
  assembler.feed("#delimit ;", lines);
  CHECK(lines[1].note == "delimiter now ;");
}

}  // namespace adohost
