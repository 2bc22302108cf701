#include "stata_pydata/text_encoding.h"

#include "doctest/doctest.h"

using namespace stata_pydata::dta;

TEST_CASE("well-formed UTF-8 and what is not") {
  for (const char* text : {"", "plain ASCII, longer than a word", "\xC2\x80", "\xDF\xBF",
                           "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF",
                           "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF", "M\xC3\xBCnchen"})
    CHECK_MESSAGE(is_utf8(text), text);
  for (const char* text :
       {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC3", "\xC3(", "\xE0\x9F\xBF",
        "\xE2\x82", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80", "\xFF", "caf\xE9", "ok \xE2\x28\xA1"})
    CHECK_FALSE(is_utf8(text));
}

TEST_CASE("texts that are no UTF-8 are taken for Windows-1252, one by one") {
  CHECK(as_utf8("M\xC3\xBCnchen", true) == "M\xC3\xBCnchen");
  CHECK(as_utf8("M\xC3\xBC", false) == "M\xC3\x83\xC2\xBC");
  CHECK(as_utf8("caf\xE9", true) == "caf\xC3\xA9");
  CHECK(as_utf8("\x80 100", false) == "\xE2\x82\xAC 100");
  CHECK(as_utf8("\x93quoted\x94", true) == "\xE2\x80\x9Cquoted\xE2\x80\x9D");
  CHECK(as_utf8("\x81\xFF", false) == "\xC2\x81\xC3\xBF");
  CHECK(utf8_bytes("\x80\xE9z", false) == 6);
}

TEST_CASE("every single byte becomes well-formed UTF-8") {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string stored(3, static_cast<char>(byte));
    for (const bool utf8 : {false, true}) {
      const std::string text = as_utf8(stored, utf8);
      CHECK(is_utf8(text));
      CHECK(utf8_bytes(stored, utf8) == static_cast<std::int64_t>(text.size()));
    }
  }
}
