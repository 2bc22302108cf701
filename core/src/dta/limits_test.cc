// Images at the limits of the format: what genuine files rarely hold.
#include <numeric>

#include "dta/raw_image.h"
#include "dta/read_image.h"
#include "dta/test_table.h"
#include "stata_pydata/error.h"
#include "stata_pydata/image_check.h"

using namespace stata_pydata::dta;
using namespace std::string_literals;
using stata_pydata::ElementType;

namespace {

std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

void check_passes(const std::string& image) {
  const CheckReport report = check_image(bytes_of(image));
  for (const auto& finding : report.findings) CHECK_MESSAGE(false, finding.sentence);
  CHECK(report.passed());
}

}  // namespace

TEST_CASE("all 27 missing values of all types in both byte orders") {
  const int codes[] = {65530, 65529, 65528, 65527, 65526};
  const int widths[] = {1, 2, 4, 4, 8};
  for (const int release : {117, 118, 119})
    for (const bool big : {false, true}) {
      RawImage raw;
      raw.release = release;
      raw.big = big;
      raw.observations = kMissingValues;
      for (const int code : codes)
        raw.variables.push_back({code, "v" + std::to_string(code), "%9.0g", "", ""});
      for (int number = 0; number < kMissingValues; ++number)
        for (int type = 0; type < kNumericStorages; ++type)
          raw.cells +=
              raw.number(missing_bits(static_cast<Storage>(type), number), widths[type]);
      const std::string image = raw.bytes();
      if (release != 119) check_passes(image);  // 119 is for more variables
      const ImageReader reader(bytes_of(image));
      for (int type = 0; type < kNumericStorages; ++type) {
        const auto cells = shown(reader, type);
        CHECK(cells[0] == ".");
        for (int number = 1; number < kMissingValues; ++number)
          CHECK(cells[static_cast<std::size_t>(number)] ==
                std::string{'.', missing_letter(number)});
      }
    }
}

TEST_CASE("fields as long as they can be, in characters of one byte and of four") {
  for (const int release : {117, 118}) {
    for (const std::string letter :
         {"a", "\xF0\x90\x90\xB7"}) {  // a letter of four bytes
      if (release == 117 && letter.size() > 1) continue;
      TestTable table;
      Schema& schema = table.schema;
      schema.release = release;
      schema.data_label = repeated(letter, 80);
      const std::string name = repeated("a", 32);
      table.add_numbers<double>(name, ElementType::float64, {1});
      schema.variables[0].label = repeated(letter, 80);
      schema.variables[0].value_label = name;
      schema.value_labels = {{name, {{1, std::string(32'000, 'x')}, {2, ""}}}};
      schema.characteristics = {{name, name, std::string(67'783, 'c')},
                                {"_dta", "note1", std::string(67'783, 'n')}};
      table.add_texts("s", {std::string(2045, 's')});
      table.add_texts("t", {std::string(2046, 't')});
      const std::string image = memory_image(table.plan());
      check_passes(image);
      const ImageReader reader(bytes_of(image));
      const Schema& read = reader.schema();
      CHECK(read.data_label == schema.data_label);
      CHECK(read.variables[0].name == name);
      CHECK(read.variables[0].label == schema.variables[0].label);
      CHECK(read.value_labels[0].entries[0].text.size() == 32'000);
      CHECK(read.characteristics[0].contents.size() == 67'783);
      CHECK(texts(reader, 1, all_rows(reader))[0].size() == 2045);
      CHECK(read.variables[2].type == kStrl);
      CHECK(texts(reader, 2, all_rows(reader))[0].size() == 2046);
    }
  }
}

TEST_CASE("65,536 labelled values and 9,999 notes") {
  TestTable table;
  table.add_numbers<std::int32_t>("x", ElementType::int32, {-32'768, 32'767});
  table.schema.variables[0].value_label = "all";
  ValueLabelSet set{"all", {}};
  for (std::int32_t value = 32'767; value >= -32'768; --value)
    set.entries.push_back({value, std::to_string(value)});
  table.schema.value_labels = {set};
  std::vector<std::string> notes(9'999);
  for (std::size_t i = 0; i < notes.size(); ++i) notes[i] = "note " + std::to_string(i);
  set_notes(table.schema, "x", notes);
  const std::string image = memory_image(table.plan());
  check_passes(image);
  const ImageReader reader(bytes_of(image));
  CHECK(reader.schema().value_labels[0].entries.size() == 65'536);
  CHECK(*reader.schema().value_labels[0].find(-32'768) == "-32768");
  CHECK(notes_of(reader.schema(), "x") == notes);
}

TEST_CASE("strLs of the largest variable and observation that a cell can name") {
  struct Numbers {
    int release;
    std::uint64_t v, o;
  };
  for (const auto& [release, v, o] :
       {Numbers{117, 0xFFFF'FFFF, 0xFFFF'FFFE}, Numbers{118, 0xFFFF, 0xFFFF'FFFF'FFFE},
        Numbers{119, 0xFF'FFFF, 0xFF'FFFF'FFFE}, Numbers{120, 0x8001, 0x8000'0000'0001},
        Numbers{121, 0x80'0001, 0x80'0000'0001}})
    for (const bool big : {false, true}) {
      CAPTURE(release);
      CAPTURE(big);
      RawImage raw;
      raw.release = release;
      raw.big = big;
      raw.variables = {{32768, "t", "%9s", "", ""}};
      raw.observations = 3;
      raw.cells = raw.strl_cell(v, o) + raw.strl_cell(1, o) + raw.strl_cell(v, 1);
      raw.strls = {
          {v, 1, 130, "first\0"s}, {1, o, 130, "second\0"s}, {v, o, 130, "last\0"s}};
      const std::string image = raw.bytes();
      const ImageReader reader(bytes_of(image));
      CHECK(shown(reader, 0) == std::vector{"last"s, "second"s, "first"s});
    }
}

TEST_CASE("a strL of megabytes, and texts whose GSOs fill many buffers") {
  TestTable table;
  std::vector<std::string> long_texts, short_texts;
  for (std::size_t i = 0; i < 300; ++i) {
    long_texts.push_back(std::string(i == 7 ? 3'000'000 : i * 500, 'l'));
    short_texts.push_back(std::string(i % 90, 's'));
  }
  table.add_texts("l", long_texts);
  table.add_texts("s", short_texts).rule = TypeRule::declared;
  table.schema.variables[1].type = kStrl;
  const auto plan = table.plan();
  const std::string image = memory_image(plan);
  CHECK(file_image(plan, 2) == image);
  check_passes(image);
  const ImageReader reader(bytes_of(image));
  CHECK(texts(reader, 0, all_rows(reader)) == long_texts);
  CHECK(texts(reader, 1, all_rows(reader)) == short_texts);
}
