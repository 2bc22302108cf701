#include "output/smcl.h"

#include "doctest/doctest.h"
#include "output/output.h"

namespace adohost {

TEST_CASE("SMCL directives as plain text") {
  struct Row {
    const char* smcl;
    const char* plain;
  };
  const Row rows[] = {
      {"plain text", "plain text"},
      {"{txt}a{res} b{err}c", "a bc"},
      {"{txt:a}{bf:b{it:c}}", "abc"},
      {"{hline 5}", "-----"},
      {"{hline 4}{c +}{hline 3}", "----+---"},
      {"{c |}{c TLC}{c -}{c TRC}{c BT}", "|+-++"},
      {"{c -(}x{c )-}", "{x}"},
      {"{c S|}{c 'g}", "$`"},
      {"{char 65}{c 0x42}", "AB"},
      {"{c 233}", "\xc3\xa9"},
      {"ab{col 5}c", "ab  c"},
      {"abcdef{col 3}g", "abcdefg"},
      {"a{space 3}b", "a   b"},
      {"{ralign 6:ab}|{lalign 4:ab}|{center 6:ab}|", "    ab|ab  |  ab  |"},
      {"{dup 3:ab}", "ababab"},
      {"{help shm_use}", "shm_use"},
      {"{help shm_use:the help}", "the help"},
      {"{browse \"http://x.org\":here}", "here"},
      {"{stata \"use x\"}", "use x"},
      {"{cmd:use} {opt clear}", "use clear"},
      {"{cmdab:su:mmarize}", "summarize"},
      {"{* a comment}x", "x"},
      {"{unknown thing}", "{unknown thing}"},
      {"{", "{"},
      {"a { b", "a { b"},
      {"}", "}"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.smcl);
    CHECK(smcl_to_text(row.smcl, 1, 79) == row.plain);
  }
  CHECK(smcl_to_text("{p 2 4 50}one two three four five six{p_end}", 1, 72) ==
        "  one two three four\n    five six");
  CHECK(smcl_to_text("{hline}", 1, 10) == "----------");
  CHECK(smcl_to_text("{.-}", 4, 10) == "-------");
}

TEST_CASE("Hostile SMCL neither recurses without end nor fills memory") {
  std::string deep;
  for (int i = 0; i < 5000; ++i) deep += "{bf:";
  deep += "x" + std::string(5000, '}');
  CHECK(smcl_to_text(deep, 1, 79).find('x') != std::string::npos);
  CHECK(smcl_to_text("{space 999999999999}", 1, 79).size() == 32767);
  CHECK(smcl_to_text("{hline -5}", 1, 79).empty());
}

TEST_CASE("Loudness decides what reaches the sink") {
  std::string shown;
  Output out([&](std::string_view s) { shown += s; });
  {
    LoudnessScope quiet(out, Loudness::quiet);
    out.line("a");
    out.line("b", Style::error);
    LoudnessScope loud(out, Loudness::loud);
    out.line("c");
  }
  {
    LoudnessScope captured(out, Loudness::captured);
    LoudnessScope quiet(out, Loudness::quiet);
    out.line("d", Style::error);
  }
  out.line("e");
  CHECK(shown == "b\nc\ne\n");
}

TEST_CASE("The column counts characters from 1") {
  Output out([](std::string_view) {});
  CHECK(out.column() == 1);
  out.print(
      "\xc3\xa4"
      "b");
  CHECK(out.column() == 3);
  out.print("\n");
  CHECK(out.column() == 1);
  CHECK(out.take_printed());
  CHECK_FALSE(out.take_printed());
}

}  // namespace adohost
