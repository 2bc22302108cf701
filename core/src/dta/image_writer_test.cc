#include "stata_pydata/image_writer.h"

#include <fcntl.h>

#include <limits>

#include "dta/test_table.h"
#include "stata_pydata/error.h"
#include "stata_pydata/missing.h"

using namespace stata_pydata::dta;
using namespace std::string_literals;
using stata_pydata::ElementType;
using stata_pydata::Error;
using stata_pydata::Mask;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// Reads an image field by field.
class Walk {
 public:
  explicit Walk(const std::string& image) : image_(image) {}
  std::string take(std::size_t bytes) {
    at_ += bytes;
    return image_.substr(at_ - bytes, bytes);
  }
  std::uint64_t number(std::size_t bytes) {
    std::uint64_t value = 0;
    std::memcpy(&value, take(bytes).data(), bytes);
    return value;
  }
  std::string field(std::size_t bytes) {
    const std::string whole = take(bytes);
    const std::string text = whole.substr(0, whole.find('\0'));
    CHECK(whole == text + std::string(bytes - text.size(), '\0'));
    return text;
  }
  void expect(const std::string& text) { CHECK(take(text.size()) == text); }
  std::size_t at() const { return at_; }
  bool at_end() const { return at_ == image_.size(); }

 private:
  const std::string& image_;
  std::size_t at_ = 0;
};

TestTable small_table() {
  TestTable table;
  table.schema.data_label = "a label";
  table.schema.timestamp = " 4 Aug 2024 07:02";
  table.add_numbers<double>("x", ElementType::float64, {1.5, kNaN, -2});
  table.add_texts("s", {"a", "", "lab\xC3\xA9l"});
  table.schema.variables[0].label = "the x";
  table.schema.variables[0].value_label = "yesno";
  table.schema.value_labels = {{"yesno", {{2, "two"}, {1, "one"}, {kLongDot + 1, "na"}}}};
  table.schema.characteristics = {{"x", "note1", "a note"}, {"_dta", "c", ""}};
  return table;
}

}  // namespace

TEST_CASE("a small image, byte for byte") {
  TestTable table = small_table();
  const auto plan = table.plan();
  const std::string image = memory_image(plan);
  Walk walk(image);
  walk.expect("<stata_dta><header><release>118</release><byteorder>LSF</byteorder><K>");
  CHECK(walk.number(2) == 2);
  walk.expect("</K><N>");
  CHECK(walk.number(8) == 3);
  walk.expect("</N><label>");
  CHECK(walk.number(2) == 7);
  walk.expect(
      "a label</label><timestamp>\x11 4 Aug 2024 07:02</timestamp></header><map>");
  const std::string tags[] = {"<stata_dta>",
                              "<map>",
                              "<variable_types>",
                              "<varnames>",
                              "<sortlist>",
                              "<formats>",
                              "<value_label_names>",
                              "<variable_labels>",
                              "<characteristics>",
                              "<data>",
                              "<strls>",
                              "<value_labels>",
                              "</stata_dta>"};
  for (const auto& tag : tags) CHECK(image.compare(walk.number(8), tag.size(), tag) == 0);
  CHECK(walk.number(8) == image.size());
  walk.expect("</map><variable_types>");
  CHECK(walk.number(2) == 65526);
  CHECK(walk.number(2) == 6);
  walk.expect("</variable_types><varnames>");
  CHECK(walk.field(129) == "x");
  CHECK(walk.field(129) == "s");
  walk.expect("</varnames><sortlist>" + std::string(6, '\0') + "</sortlist><formats>");
  CHECK(walk.field(57) == "%10.0g");
  CHECK(walk.field(57) == "%9s");
  walk.expect("</formats><value_label_names>");
  CHECK(walk.field(129) == "yesno");
  CHECK(walk.field(129).empty());
  walk.expect("</value_label_names><variable_labels>");
  CHECK(walk.field(321) == "the x");
  CHECK(walk.field(321).empty());
  walk.expect("</variable_labels><characteristics>");
  for (const auto& [owner, name, text] :
       {std::tuple{"x", "note1", "a note"}, {"_dta", "c", ""}, {"x", "note0", "1"}}) {
    walk.expect("<ch>");
    CHECK(walk.number(4) == 2 * 129 + std::strlen(text) + 1);
    CHECK(walk.field(129) == owner);
    CHECK(walk.field(129) == name);
    walk.expect(text + "\0</ch>"s);
  }
  walk.expect("</characteristics><data>");
  const double cells[] = {1.5, std::bit_cast<double>(kDoubleDotBits), -2};
  const std::string texts[] = {"a", "", "lab\xC3\xA9l"};
  for (int i = 0; i < 3; ++i) {
    CHECK(walk.number(8) == std::bit_cast<std::uint64_t>(cells[i]));
    CHECK(walk.field(6) == texts[i]);
  }
  walk.expect("</data><strls></strls><value_labels><lbl>");
  CHECK(walk.number(4) == 8 + 8 * 3 + 11);
  CHECK(walk.field(129) == "yesno");
  CHECK(walk.number(3) == 0);
  CHECK(walk.number(4) == 3);
  CHECK(walk.number(4) == 11);
  for (const unsigned offset : {4, 0, 8}) CHECK(walk.number(4) == offset);
  for (const unsigned value : {1u, 2u, 0x7FFFFFE6u}) CHECK(walk.number(4) == value);
  walk.expect("two\0one\0na\0</lbl></value_labels></stata_dta>"s);
  CHECK(walk.at_end());
}

TEST_CASE("file and memory, one thread and several: the same bytes") {
  TestTable table;
  std::vector<double> x;
  std::vector<std::string> s, l;
  for (int i = 0; i < 60000; ++i) {
    x.push_back(i * 0.5);
    s.push_back(std::to_string(i % 977));
    l.push_back(std::string(static_cast<std::size_t>(i % 7), 'l'));
  }
  table.add_numbers<double>("x", ElementType::float64, x);
  table.add_texts("s", s);
  auto& strl = table.add_texts("l", l);
  strl.rule = TypeRule::declared;
  table.schema.variables[2].type = kStrl;
  for (const bool share : {false, true}) {
    table.options.share_strls = share ? StrlSharing::equal : StrlSharing::none;
    table.options.threads = 3;
    const auto plan = table.plan();
    const std::string image = memory_image(plan);
    CHECK(memory_image(plan, 4) == image);
    CHECK(file_image(plan) == image);
    CHECK(file_image(plan, 4) == image);
    table.options.threads = 1;
    CHECK(memory_image(table.plan()) == image);
  }
}

TEST_CASE("strLs: own texts in row-major order, or owned by the first that is equal") {
  TestTable table;
  for (const char* name : {"a", "b"}) {
    table.add_texts(name, name == "a"s ? std::vector<std::string>{"one", "", "two"}
                                       : std::vector<std::string>{"two", "one", "two"});
    table.variables.back().rule = TypeRule::declared;
    table.schema.variables.back().type = kStrl;
  }
  table.add_texts("c", {"one", "\0x\0"s, ""}, true);

  struct Gso {
    std::uint64_t v, o, kind;
    std::string bytes;
  };
  const auto check = [&](const std::vector<std::pair<unsigned, unsigned>>& cells,
                         const std::vector<Gso>& strls) {
    const auto plan = table.plan();
    const std::string image = memory_image(plan);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const auto stored =
          cell<std::uint64_t>(plan, image, i % 3, static_cast<std::int64_t>(i / 3));
      CAPTURE(i);
      CHECK((stored & 0xFFFF) == cells[i].first);
      CHECK((stored >> 16) == cells[i].second);
    }
    const std::string section =
        image.substr(static_cast<std::size_t>(plan.layout().first_strl));
    Walk walk(section);
    for (const auto& strl : strls) {
      walk.expect("GSO");
      CHECK(walk.number(4) == strl.v);
      CHECK(walk.number(8) == strl.o);
      CHECK(walk.number(1) == strl.kind);
      CHECK(walk.number(4) == strl.bytes.size());
      walk.expect(strl.bytes);
    }
    walk.expect("</strls>");
  };
  check({{1, 1}, {2, 1}, {3, 1}, {0, 0}, {2, 2}, {3, 2}, {1, 3}, {2, 3}, {0, 0}},
        {{1, 1, 130, "one\0"s},
         {2, 1, 130, "two\0"s},
         {3, 1, 129, "one"},
         {2, 2, 130, "one\0"s},
         {3, 2, 129, "\0x\0"s},
         {1, 3, 130, "two\0"s},
         {2, 3, 130, "two\0"s}});
  table.options.share_strls = StrlSharing::equal;
  check({{1, 1}, {2, 1}, {3, 1}, {0, 0}, {1, 1}, {3, 2}, {2, 1}, {2, 1}, {0, 0}},
        {{1, 1, 130, "one\0"s},
         {2, 1, 130, "two\0"s},
         {3, 1, 129, "one"},
         {3, 2, 129, "\0x\0"s}});
}

TEST_CASE("sharing finds equal texts among many and keeps different ones apart") {
  TestTable table;
  std::vector<std::string> texts;
  for (int i = 0; i < 30000; ++i) texts.push_back("text " + std::to_string(i % 10007));
  table.add_texts("s", texts);
  table.variables[0].rule = TypeRule::declared;
  table.schema.variables[0].type = kStrl;
  table.options.share_strls = StrlSharing::equal;
  const auto plan = table.plan();
  const std::string image = memory_image(plan);
  bool equal = true;
  for (std::int64_t i = 0; i < 30000; ++i)
    equal &= cell<std::uint64_t>(plan, image, 0, i) >> 16 ==
             static_cast<std::uint64_t>(i % 10007 + 1);
  CHECK(equal);
}

TEST_CASE("117: narrow fields, strL references of 4 + 4 bytes") {
  TestTable table = small_table();
  table.schema.release = 117;
  table.add_texts("l", {"", "x", ""});
  table.variables[2].rule = TypeRule::declared;
  table.schema.variables[2].type = kStrl;
  const auto plan = table.plan();
  const std::string image = memory_image(plan);
  CHECK(image.substr(28, 3) == "117");
  CHECK(cell<std::uint64_t>(plan, image, 2, 1) == (std::uint64_t{2} << 32 | 3));
  const std::string gso =
      image.substr(static_cast<std::size_t>(plan.layout().first_strl));
  CHECK(gso.starts_with("GSO\3\0\0\0\2\0\0\0\x82\2\0\0\0x\0</strls>"s));
  CHECK(image.substr(static_cast<std::size_t>(plan.layout().map[kMapEndTag])) ==
        "</stata_dta>");
}

TEST_CASE("119 above 32,767 variables, with its wide counts and references") {
  TestTable table;
  for (int k = 0; k < 32768; ++k)
    table.add_numbers<std::int8_t>("v" + std::to_string(k), ElementType::int8, {1, 2});
  table.add_texts("l", {"", "x"});
  table.variables.back().rule = TypeRule::declared;
  table.schema.variables.back().type = kStrl;
  const auto plan = table.plan();
  CHECK(plan.schema().release == 119);
  const std::string image = file_image(plan);
  CHECK(image.compare(70, 8, "\1\x80\0\0</K>"s) == 0);
  CHECK(cell<std::uint64_t>(plan, image, 32768, 1) == (std::uint64_t{2} << 24 | 32769));
  table.schema.release = 118;
  CHECK_THROWS_WITH(table.plan(), "32769 variables; release 118 holds at most 32767");
}

TEST_CASE("an empty image has missing numbers and empty texts") {
  Schema schema;
  for (const auto type : {kByte, kInt, kLong, kFloat, kDouble, str_type(3), kStrl}) {
    const std::string name = "v" + std::to_string(schema.variables.size());
    schema.variables.push_back({name, type, "", "", ""});
  }
  schema.sorted_by = {0};
  const auto plan = plan_empty_image(schema, 100000);
  const std::string image = memory_image(plan, 2);
  for (const std::int64_t row : {0, 99999}) {
    CHECK(cell<std::int8_t>(plan, image, 0, row) == kByteDot);
    CHECK(cell<std::int16_t>(plan, image, 1, row) == kIntDot);
    CHECK(cell<std::int32_t>(plan, image, 2, row) == kLongDot);
    CHECK(cell<std::uint32_t>(plan, image, 3, row) == kFloatDotBits);
    CHECK(cell<std::uint64_t>(plan, image, 4, row) == kDoubleDotBits);
    CHECK(cell_text(plan, image, 5, row) == "\0\0\0"s);
    CHECK(cell<std::uint64_t>(plan, image, 6, row) == 0);
  }
  CHECK(plan.schema().sorted_by.empty());
  CHECK(file_image(plan) == image);
  schema.variables[5].type = str_type(0);
  CHECK_THROWS_AS(plan_empty_image(schema, 1), Error);
}

TEST_CASE("no variables, no observations") {
  TestTable table;
  CHECK(memory_image(table.plan()).ends_with("</value_labels></stata_dta>"));
  table.add_numbers<double>("x", ElementType::float64, {});
  table.add_texts("s", {});
  const auto plan = table.plan();
  CHECK(plan.schema().variables[1].type == str_type(1));
  CHECK(memory_image(plan).find("<data></data>") != std::string::npos);
}

TEST_CASE("a sort list is kept as far as the rows bear it out") {
  TestTable table;
  table.add_numbers<double>("a", ElementType::float64,
                            {-1, 1, 1, kNaN, kNaN, double_nan(1)});
  table.add_texts("b", {"z", "a", "a\xC3", "\xFF", "\xFF", ""});
  table.add_numbers<std::int32_t>("c", ElementType::int32, {9, 5, 4, 1, 1, 0});
  const auto kept = [&](std::vector<std::int32_t> claim) {
    table.schema.sorted_by = std::move(claim);
    return table.plan().schema().sorted_by;
  };
  using Keys = std::vector<std::int32_t>;
  CHECK(kept({0, 1, 2}) == Keys{0, 1, 2});
  CHECK(kept({0, 2}) == Keys{0});
  CHECK(kept({2, 0}) == Keys{});
  CHECK(kept({1}) == Keys{});
  table.variables[1].rule = TypeRule::declared;
  table.schema.variables[1].type = kStrl;
  CHECK(kept({0, 1}) == Keys{0, 1});
  table.schema.sorted_by = {0, 1};
  const auto plan = table.plan();
  const std::string list = memory_image(plan).substr(
      static_cast<std::size_t>(plan.layout().map[kMapSortList]), 18);
  CHECK(list == "<sortlist>\1\0\2\0\0\0\0\0"s);
  CHECK_THROWS_AS(kept({3}), Error);
  CHECK_THROWS_AS(kept({0, 0}), Error);
}

TEST_CASE("a late violation of the sort order is found, whatever the threads") {
  for (const int broken : {1, 255, 256, 257, 4999}) {
    TestTable table;
    std::vector<std::int32_t> values(5000);
    for (int i = 0; i < 5000; ++i) values[static_cast<std::size_t>(i)] = i;
    values[static_cast<std::size_t>(broken)] = broken - 2;
    table.add_numbers("x", ElementType::int32, values);
    table.schema.sorted_by = {0};
    for (const int threads : {1, 3}) {
      table.options.threads = threads;
      CHECK(table.plan().schema().sorted_by.empty());
    }
  }
}

TEST_CASE("stop gives up, in planning and in writing") {
  TestTable table;
  table.add_numbers("x", ElementType::float64, std::vector<double>(200000));
  const auto plan = table.plan();
  table.options.stop = [] { return true; };
  CHECK_FALSE(plan_image(table.schema, table.variables, table.options));
  std::string image(static_cast<std::size_t>(plan.image_bytes()), 'x');
  CHECK_FALSE(
      write_image(plan, reinterpret_cast<std::byte*>(image.data()), table.options));
  CHECK(image.substr(0, 11) == std::string(11, '\0'));
}

TEST_CASE("a full file is an error that says so") {
  TestTable table = small_table();
  const int fd = ::open("/dev/full", O_WRONLY);
  REQUIRE(fd >= 0);
  try {
    write_image(table.plan(), fd);
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.fault() == stata_pydata::Fault::memory);
    CHECK(std::string(error.what()).starts_with("could not write the image at offset "));
  }
  ::close(fd);
}

TEST_CASE("columns must be as many as variables and equally long") {
  TestTable table = small_table();
  table.add_numbers<double>("y", ElementType::float64, {1, 2});
  CHECK_THROWS_WITH(table.plan(), "variable y has 2 rows, variable x has 3");
  table.variables.pop_back();
  CHECK_THROWS_WITH(table.plan(), "2 columns for 3 variables");
}

TEST_CASE("neighbours of one width, numbers and wide texts among them, in any number") {
  TestTable table;
  std::vector<std::string> texts(200, "a text wider than a vector of sixteen bytes");
  const auto add = [&](int count, auto zero, ElementType type) {
    for (int i = 0; i < count; ++i) {
      std::vector<decltype(zero)> values(200);
      for (std::size_t row = 0; row < values.size(); ++row)
        values[row] =
            static_cast<decltype(zero)>((row * 7 + static_cast<std::size_t>(i)) % 90);
      table.add_numbers("v" + std::to_string(table.variables.size()), type, values);
    }
  };
  add(17, std::int8_t{}, ElementType::int8);
  add(9, std::int16_t{}, ElementType::int16);
  table.add_texts("s", texts);
  add(5, std::int32_t{}, ElementType::int32);
  add(70, float{}, ElementType::float32);
  add(3, double{}, ElementType::float64);
  add(1, std::int16_t{}, ElementType::int16);
  std::string first;
  for (const auto* kernels : kernel_tables()) {
    table.options.kernels = kernels;
    const auto plan = table.plan();
    const std::string image = memory_image(plan);
    if (first.empty()) first = image;
    CHECK(image == first);
    for (const std::int64_t row : {0, 15, 16, 63, 64, 199}) {
      CHECK(cell<std::int8_t>(plan, image, 16, row) == (row * 7 + 16) % 90);
      CHECK(cell<std::int16_t>(plan, image, 25, row) == (row * 7 + 8) % 90);
      CHECK(cell<float>(plan, image, 32, row) == static_cast<float>((row * 7) % 90));
      CHECK(cell<double>(plan, image, 104, row) ==
            static_cast<double>((row * 7 + 2) % 90));
      CHECK(cell_text(plan, image, 26, row) == texts[0]);
    }
  }
}
