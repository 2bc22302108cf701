#include "dta/text_source.h"

#include <array>

#include "dta/test_table.h"
#include "stata_pydata/error.h"

using namespace stata_pydata::dta;
using namespace std::string_literals;
using stata_pydata::ElementType;
using stata_pydata::Error;
using stata_pydata::Mask;

namespace {

template <typename T>
const std::byte* bytes_of(const T& data) {
  return reinterpret_cast<const std::byte*>(data.data());
}

/// The cells of a table's first variable, a str#, without their padding.
std::vector<std::string> cells_of(TestTable& table) {
  const auto plan = table.plan();
  const std::string image = memory_image(plan);
  std::vector<std::string> cells;
  for (std::int64_t row = 0; row < plan.layout().observations; ++row) {
    std::string text = cell_text(plan, image, 0, row);
    text.resize(text.find_last_not_of('\0') + 1);
    cells.push_back(text);
  }
  return cells;
}

std::vector<std::string> cells_of(TextChunk chunk) {
  TestTable table;
  table.add("s", TextColumn{false, {chunk}});
  return cells_of(table);
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("offsets of 32 and 64 bits, with a validity bitmap") {
  const std::string bytes = "xxonetwothree";
  const std::vector<std::int32_t> narrow = {2, 5, 5, 8, 13};
  const std::vector<std::int64_t> wide(narrow.begin(), narrow.end());
  const std::byte bits[] = {std::byte{0b1011}};
  TextChunk chunk;
  chunk.count = 4;
  chunk.bytes = bytes.data();
  chunk.values = bytes_of(narrow);
  CHECK(cells_of(chunk) == Texts{"one", "", "two", "three"});
  chunk.mask = {.kind = Mask::Kind::valid_bits, .data = bits};
  CHECK(cells_of(chunk) == Texts{"one", "", "", "three"});
  chunk.form = TextForm::offsets64;
  chunk.values = bytes_of(wide);
  CHECK(cells_of(chunk) == Texts{"one", "", "", "three"});
}

TEST_CASE("views: short ones inside, long ones in a buffer") {
  const std::string buffer = "....a text of nineteen b";
  const char* const buffers[] = {nullptr, buffer.data()};
  std::array<std::int32_t, 8> views{};
  views[0] = 12;
  std::memcpy(&views[1], "twelve bytes", 12);
  views[4] = 20;
  views[6] = 1, views[7] = 4;
  TextChunk chunk;
  chunk.form = TextForm::views;
  chunk.count = 2;
  chunk.values = bytes_of(views);
  chunk.view_buffers = buffers;
  chunk.view_buffer_count = 2;
  CHECK(cells_of(chunk) == Texts{"twelve bytes", "a text of nineteen b"});
  views[6] = 2;
  CHECK_THROWS_WITH(cells_of(chunk),
                    "variable s, row 1: the text has a code, offset or "
                    "view outside its buffers");
}

TEST_CASE("fixed fields: NULs at the end are padding, of binaries they are bytes") {
  const std::string fields = "ab\0\0abcd\0\0\0\0"s;
  TextChunk chunk;
  chunk.form = TextForm::fixed;
  chunk.count = 3;
  chunk.values = bytes_of(fields);
  chunk.width = chunk.stride = 4;
  CHECK(cells_of(chunk) == Texts{"ab", "abcd", ""});
  CHECK(text_of(chunk, 0, true).size == 4);
  chunk.values += 8;
  chunk.stride = -4;
  CHECK(cells_of(chunk) == Texts{"", "abcd", "ab"});
}

TEST_CASE("dictionaries: codes of any width, a code outside is an error") {
  TestTable table;
  const TextChunk words = table.slices({"zero", "one", "two"});
  const std::vector<std::uint8_t> codes = {2, 0, 1, 2};
  TextChunk chunk;
  chunk.count = 4;
  chunk.dictionary = &words;
  chunk.code_type = ElementType::uint8;
  chunk.codes = bytes_of(codes);
  chunk.code_stride = 1;
  CHECK(cells_of(chunk) == Texts{"two", "zero", "one", "two"});
  const std::vector<std::int64_t> wide = {1, -1};
  chunk.count = 2;
  chunk.code_type = ElementType::int64;
  chunk.codes = bytes_of(wide);
  chunk.code_stride = 8;
  CHECK_THROWS_AS(cells_of(chunk), Error);
  const std::byte masked[] = {std::byte{0}, std::byte{1}};
  chunk.mask = {.kind = Mask::Kind::bytes, .data = masked};
  CHECK(cells_of(chunk) == Texts{"one", ""});
}

TEST_CASE("widths count bytes; above 2,045 a text becomes strL") {
  const auto type_of = [](Texts texts) {
    TestTable table;
    table.add_texts("s", std::move(texts));
    return table.plan().schema().variables[0].type;
  };
  CHECK(type_of({"", ""}) == str_type(1));
  CHECK(type_of({"\xC3\xA9\xC3\xA9"}) == str_type(4));
  CHECK(type_of({std::string(2045, 'x')}) == str_type(2045));
  CHECK(type_of({std::string(2046, 'x')}) == kStrl);
}

TEST_CASE("declared widths hold or refuse") {
  const auto plan_as = [](VariableType type, Texts texts, bool binary = false) {
    TestTable table;
    table.add_texts("s", std::move(texts), binary).rule = TypeRule::declared;
    table.schema.variables[0].type = type;
    return table.plan().schema().variables[0].type;
  };
  CHECK(plan_as(str_type(10), {"abc"}) == str_type(10));
  CHECK(plan_as(str_type(0), {"abc"}) == str_type(3));
  CHECK(plan_as(kStrl, {"abc"}) == kStrl);
  CHECK(plan_as(kStrl, {"abc"}, true) == kStrl);
  CHECK_THROWS_WITH(plan_as(str_type(2), {"ab", "abc"}),
                    "variable s, row 1: the text has 3 bytes; str2 holds at most 2");
  CHECK_THROWS_WITH(plan_as(str_type(0), {std::string(2046, 'x')}),
                    "variable s, row 0: the text has 2046 bytes; str2045 holds at most "
                    "2045");
  CHECK_THROWS_WITH(plan_as(str_type(2046), {""}),
                    "variable s: str2046 is wider than str2045; strL holds longer texts");
  CHECK_THROWS_WITH(plan_as(kDouble, {"1"}),
                    "variable s: a column of texts can't be double");
  CHECK_THROWS_WITH(plan_as(str_type(9), {"1"}, true),
                    "variable s: binary texts can't be str9, only strL");
}

TEST_CASE("a NUL in a text is an error, in a binary it is a byte") {
  TestTable table;
  table.add_texts("s", {"fine", "a\0b"s});
  CHECK_THROWS_WITH(table.plan(),
                    "variable s, row 1: the text contains a NUL byte; as "
                    "bytes it can become a binary strL");
  TestTable binary;
  binary.add_texts("s", {"fine", "a\0b"s}, true);
  CHECK(binary.plan().schema().variables[0].type == kStrl);
}

TEST_CASE("run-end encoded: a run's text for each of its elements, from any of them on") {
  const std::string bytes = "onethree";
  const std::vector<std::int32_t> offsets = {0, 3, 3, 8};
  const std::vector<std::int16_t> ends16 = {2, 3, 9};
  const std::vector<std::int64_t> ends64(ends16.begin(), ends16.end());
  TextChunk values;
  values.count = 3;
  values.bytes = bytes.data();
  values.values = bytes_of(offsets);
  TextChunk chunk;
  chunk.dictionary = &values;
  chunk.run_ends = bytes_of(ends16);
  chunk.run_type = ElementType::int16;
  chunk.run_count = 3;
  chunk.count = 5;
  CHECK(cells_of(chunk) == Texts{"one", "one", "", "three", "three"});
  chunk.run_offset = 2;
  chunk.run_ends = bytes_of(ends64);
  chunk.run_type = ElementType::int64;
  CHECK(cells_of(chunk) == Texts{"", "three", "three", "three", "three"});
  chunk.run_offset = 6;  // the last element lies behind the runs
  CHECK_THROWS_WITH_AS(cells_of(chunk),
                       "variable s, row 3: the text has a code, offset or view outside "
                       "its buffers",
                       Error);
}

TEST_CASE("cells of an image end at their first NUL, whatever follows") {
  const std::string cells = "ab\0zcdefg\0\0\0"s;
  TextChunk chunk;
  chunk.form = TextForm::cells;
  chunk.values = reinterpret_cast<const std::byte*>(cells.data());
  chunk.stride = chunk.width = 4;
  chunk.count = 3;
  CHECK(cells_of(chunk) == Texts{"ab", "cdef", "g"});
}
