#include "stata_pydata/image_reader.h"

#include <sys/mman.h>
#include <unistd.h>

#include <memory>
#include <mutex>
#include <numeric>

#include "dta/raw_image.h"
#include "dta/read_image.h"
#include "dta/test_table.h"
#include "stata_pydata/error.h"

using namespace stata_pydata::dta;
using namespace std::string_literals;
using stata_pydata::ElementType;
using stata_pydata::Error;
using stata_pydata::Fault;

namespace {

using Texts = std::vector<std::string>;

constexpr int kReleases[] = {113, 114, 115, 117, 118, 119, 120, 121};

std::string error_of(const std::string& image) {
  try {
    const ImageReader reader(bytes_of(image));
    for (std::size_t i = 0; i < reader.schema().variables.size(); ++i)
      shown(reader, static_cast<std::int64_t>(i));
    return "";
  } catch (const Error& error) {
    CHECK(error.fault() == Fault::damaged);
    return error.what();
  }
}

bool ends_with(const std::string& text, std::string_view end) {
  CHECK_MESSAGE(text.ends_with(end), text);
  return text.ends_with(end);
}

/// A room that counts; buffers end where the next would be too large.
class Room : public TextRoom {
 public:
  explicit Room(std::int64_t most) : most_(most) {}
  Place take(std::int64_t bytes) override {
    CHECK(bytes <= most_);
    const std::lock_guard lock(mutex);
    buffers.push_back(std::make_unique<std::vector<char>>(bytes + kBefore, '!'));
    return {buffers.back()->data() + kBefore,
            static_cast<std::int32_t>(buffers.size()) - 1, kBefore};
  }
  std::int64_t most_bytes() const override { return most_; }

  static constexpr int kBefore = 3;
  std::mutex mutex;
  std::vector<std::unique_ptr<std::vector<char>>> buffers;

 private:
  std::int64_t most_;
};

/// The texts of a variable through views.
Texts viewed(const ImageReader& reader, std::int64_t variable, const RowSelection& rows,
             const ReadOptions& options = {}, std::int64_t most = INT32_MAX) {
  std::vector<std::byte> views(static_cast<std::size_t>(rows.count * kViewBytes));
  Room room(most);
  const ViewRequest request{variable, views.data(), &room};
  CHECK(reader.read_views({&request, 1}, rows, options));
  Texts found;
  for (std::int64_t i = 0; i < rows.count; ++i) {
    const char* view = reinterpret_cast<const char*>(views.data()) + i * kViewBytes;
    std::int32_t size, buffer, offset;
    std::memcpy(&size, view, 4);
    std::memcpy(&buffer, view + 8, 4);
    std::memcpy(&offset, view + 12, 4);
    if (size > kInlineBytes) {
      const auto& bytes = *room.buffers.at(static_cast<std::size_t>(buffer));
      CHECK(offset + size <= static_cast<std::int64_t>(bytes.size()));
      found.emplace_back(bytes.data() + offset, static_cast<std::size_t>(size));
      CHECK(std::memcmp(found.back().data(), view + 4, 4) == 0);
    } else {
      found.emplace_back(view + 4, static_cast<std::size_t>(size));
      const std::string rest(static_cast<std::size_t>(kInlineBytes - size), '\0');
      CHECK(std::string(view + 4 + size, rest.size()) == rest);
    }
  }
  return found;
}

}  // namespace

TEST_CASE("every release in both byte orders gives the same schema and cells") {
  for (const int release : kReleases)
    for (const bool big : {false, true}) {
      CAPTURE(release);
      CAPTURE(big);
      RawImage raw = every_type(release, big);
      raw.slack = '\xEE';
      const std::string image = raw.bytes();
      const ImageReader reader(bytes_of(image));
      const Schema& schema = reader.schema();
      CHECK(schema.release == release);
      CHECK(schema.byte_order == (big ? ByteOrder::big : ByteOrder::little));
      CHECK(schema.data_label == "a label");
      CHECK(schema.timestamp == " 4 Aug 2024 07:02");
      CHECK(schema.sorted_by == std::vector<std::int32_t>{1});
      CHECK(schema.variables[0].name == "b");
      CHECK(schema.variables[0].value_label == "set");
      CHECK(schema.variables[2].label == "a long");
      CHECK(schema.variables[4].format == "%td");
      CHECK(notes_of(schema, "_dta") == Texts{"a note"});
      REQUIRE(schema.characteristics.size() == 2);
      CHECK(schema.characteristics[1].owner == "b");
      CHECK(schema.characteristics[1].contents == "</ch>");
      REQUIRE(schema.value_labels.size() == 1);
      CHECK(schema.value_labels[0].entries[0].text == "two");  // in the order of texts
      CHECK(*schema.value_labels[0].find(-1) == "one");
      CHECK(*schema.value_labels[0].find(2147483622) == "two");

      CHECK(reader.observations() == 3);
      CHECK(shown(reader, 0) == Texts{"-127", ".", "100"});
      CHECK(shown(reader, 1) == Texts{"-32767", ".a", "32740"});
      CHECK(shown(reader, 2) == Texts{"-2147483647", ".z", "2147483620"});
      CHECK(shown(reader, 3) == Texts{"-1.5", ".b", "1.7014117331926443e+38"});
      CHECK(shown(reader, 4) ==
            Texts{"0.10000000000000001", ".c", "-1.0000000000000001e+300"});
      CHECK(shown(reader, 5) == Texts{"ab", "", "abcd"});
      if (release < 117) continue;
      CHECK(shown(reader, 6) == Texts{"text", "x\0y"s, "text"});
      CHECK(reader.text(6, 1).binary);
      CHECK_FALSE(reader.text(6, 2).binary);
      CHECK(reader.layout().image_bytes() == static_cast<std::int64_t>(image.size()));
      for (std::size_t i = 0; i < kMapEntries; ++i)
        CHECK(reader.layout().map[i] == static_cast<std::int64_t>(raw.map[i]));
      if (release < 120) continue;
      CHECK(schema.variables[7].type == kAlias);
      CHECK(reader.cells(7).count == 0);
      CHECK_THROWS_WITH(doubles(reader, 7, all_rows(reader)),
                        "variable alias is alias, it has no numbers");
    }
}

TEST_CASE("what the writer writes is read back, whatever the threads and the rows") {
  constexpr std::int64_t rows = 150'000;
  TestTable table;
  std::vector<double> values(rows);
  std::vector<std::string> names, longs;
  for (std::int64_t i = 0; i < rows; ++i) {
    values[static_cast<std::size_t>(i)] = i % 7 == 0 ? double_nan(i % 27) : 0.5 * i;
    names.push_back(std::string(static_cast<std::size_t>(i % 5), 'n'));
    longs.push_back(i % 3 == 0 ? "" : "text " + std::to_string(i % 1000));
  }
  table.add_numbers("x", ElementType::float64, values);
  table.add_texts("s", names);
  table.add_texts("t", longs).rule = TypeRule::declared;
  table.schema.variables[2].type = kStrl;
  for (const bool share : {false, true}) {
    table.options.share_strls = share ? StrlSharing::equal : StrlSharing::none;
    const std::string image = memory_image(table.plan());
    const ImageReader reader(bytes_of(image));
    for (const int threads : {1, 3}) {
      const ReadOptions options{.threads = threads};
      const auto read = doubles(reader, 0, all_rows(reader), options);
      CHECK(std::memcmp(read.data(), values.data(), rows * 8) == 0);
      CHECK(texts(reader, 1, all_rows(reader), options) == names);
      CHECK(texts(reader, 2, all_rows(reader), options) == longs);
    }
    const RowSelection back{.begin = rows - 1, .count = rows / 2, .step = -2};
    std::vector<std::int64_t> indexes(rows / 2);
    for (std::size_t i = 0; i < indexes.size(); ++i)
      indexes[i] = rows - 1 - 2 * static_cast<std::int64_t>(i);
    const RowSelection listed{.count = rows / 2, .indexes = indexes.data()};
    const auto picked = doubles(reader, 0, back);
    CHECK(picked[1] == values[rows - 3]);
    const auto same = doubles(reader, 0, listed);
    CHECK(std::memcmp(picked.data(), same.data(), picked.size() * 8) == 0);
    CHECK(texts(reader, 2, back) == texts(reader, 2, listed));
    CHECK(texts(reader, 2, back)[5] == longs[rows - 11]);
  }
}

TEST_CASE("views hold the same texts, whatever the threads, the rows and the room") {
  constexpr std::int64_t rows = 10'000;
  TestTable table;
  Texts shorts, mixed, longs;
  for (std::int64_t i = 0; i < rows; ++i) {
    const auto letter = static_cast<char>('a' + i % 26);
    shorts.emplace_back(static_cast<std::size_t>(i % 13), letter);
    mixed.emplace_back(static_cast<std::size_t>(i % 40), letter);
    if (i % 100 == 7) mixed.back() += "größe";
    longs.push_back(i % 3 == 0 ? "" : std::string(static_cast<std::size_t>(i % 60), 'L'));
  }
  table.add_texts("few", shorts);
  table.add_texts("mixed", mixed);
  table.add_texts("many", longs).rule = TypeRule::declared;
  table.schema.variables[2].type = kStrl;
  const std::string image = memory_image(table.plan());
  const ImageReader reader(bytes_of(image));
  std::vector<std::int64_t> indexes;
  for (std::int64_t i = 0; i < rows; i += 3) indexes.push_back((i * 7919) % rows);
  for (const auto& some :
       {all_rows(reader), RowSelection{.begin = rows - 1, .count = rows / 3, .step = -3},
        RowSelection{.begin = 7, .count = 1}, RowSelection{.begin = 0, .count = 0},
        RowSelection{.count = static_cast<std::int64_t>(indexes.size()),
                     .indexes = indexes.data()}})
    for (const auto* kernels : kernel_tables())
      for (const std::int64_t most : {std::int64_t{INT32_MAX}, std::int64_t{100}})
        for (std::int64_t k = 0; k < 3; ++k) {
          const ReadOptions options{.threads = 2, .kernels = kernels, .utf8 = true};
          CHECK(viewed(reader, k, some, options, most) == texts(reader, k, some));
        }
  CHECK_THROWS_WITH_AS(viewed(reader, 1, {.begin = 30, .count = 20}, {}, 50),
                       "variable mixed, row 39: a text of 39 bytes is too long for a "
                       "view of Arrow",
                       Error);
  const ReadOptions given_up{.stop = [] { return true; }};
  const ViewRequest request{0, nullptr, nullptr};
  CHECK_FALSE(reader.read_views({&request, 1}, all_rows(reader), given_up));
}

TEST_CASE("missing bytes and validity bits, into strided memory of any form") {
  TestTable table;
  std::vector<std::int16_t> values(3000);
  std::iota(values.begin(), values.end(), std::int16_t{0});
  const std::vector<std::byte> masked = [] {
    std::vector<std::byte> bytes(3000);
    for (std::size_t i = 0; i < bytes.size(); i += 10) bytes[i] = std::byte{1};
    return bytes;
  }();
  table.add_numbers("x", ElementType::int16, values,
                    {stata_pydata::Mask::Kind::bytes, masked.data(), 1, 0});
  const std::string image = memory_image(table.plan());
  const ImageReader reader(bytes_of(image));
  std::vector<std::int64_t> read(2 * 2999, -1);
  std::vector<std::uint8_t> missing(2999), validity(376, 0xEE);
  NumberRequest request{0,
                        {NumberForm::int64, reinterpret_cast<std::byte*>(read.data()), 16,
                         missing.data(), validity.data()}};
  CHECK(reader.read_numbers({&request, 1}, {.begin = 1, .count = 2999}));
  for (std::size_t i = 0; i < 2999; ++i) {
    const bool gone = (i + 1) % 10 == 0;
    CHECK(read[2 * i] == (gone ? 0 : static_cast<std::int64_t>(i) + 1));
    CHECK(read[2 * i + 1] == -1);
    CHECK(missing[i] == (gone ? 1 : 0));
    CHECK((validity[i / 8] >> (i % 8) & 1) == (gone ? 0 : 1));
  }
  CHECK((validity[374] >> 7) == 0);  // a spare bit
  CHECK(validity[375] == 0xEE);
  request.to.form = NumberForm::int8;
  CHECK_THROWS_WITH(reader.read_numbers({&request, 1}, all_rows(reader)),
                    "variable x is int, which the numbers asked for can't hold");
}

TEST_CASE("the least and the greatest number, missing ones aside") {
  TestTable table;
  std::vector<double> values(70'000, 0.5);
  values[3] = -7;
  values[69'999] = 1e300;
  values[5] = std::numeric_limits<double>::quiet_NaN();
  const std::vector<double> none(70'000, std::numeric_limits<double>::quiet_NaN());
  table.add_numbers("x", ElementType::float64, values);
  table.add_numbers("y", ElementType::float64, none);
  const std::string image = memory_image(table.plan());
  const ImageReader reader(bytes_of(image));
  for (const int threads : {1, 3}) {
    const ReadOptions options{.threads = threads};
    const auto all = reader.limits(0, all_rows(reader), options);
    CHECK(all.least == -7);
    CHECK(all.greatest == 1e300);
    const auto some = reader.limits(0, {.begin = 4, .count = 100, .step = 2}, options);
    CHECK(some.least == 0.5);
    CHECK(some.greatest == 0.5);
    const auto nothing = reader.limits(1, all_rows(reader), options);
    CHECK(nothing.least > nothing.greatest);
  }
}

TEST_CASE("rows and variables that are not there") {
  RawImage raw = every_type(118, false);
  const std::string image = raw.bytes();
  const ImageReader reader(bytes_of(image));
  const std::int64_t indexes[] = {0, 3};
  const RowSelection bad[] = {{.begin = 3, .count = 1},
                              {.begin = -1, .count = 2},
                              {.begin = 0, .count = 4},
                              {.begin = 0, .count = 3, .step = INT64_MAX},
                              {.begin = 2, .count = 2, .step = INT64_MIN},
                              {.count = 2, .indexes = indexes}};
  for (const auto& rows : bad) {
    CHECK_THROWS_AS(doubles(reader, 0, rows), Error);
    CHECK_THROWS_AS(texts(reader, 5, rows), Error);
  }
  CHECK_THROWS_WITH(reader.text(5, 3),
                    "there is no row 3 in an image of 3 rows, counted from 0");
  CHECK_THROWS_WITH(reader.cells(7),
                    "there is no variable number 7 among 7, counted from 0");
  CHECK_THROWS_WITH(reader.text(0, 0), "variable b is byte, it has no texts");
  CHECK(doubles(reader, 0, {.begin = 9, .count = 0}).empty());
  CHECK(doubles(reader, 0, {.begin = 2, .count = 3, .step = 0}).size() == 3);
}

TEST_CASE("stop gives up") {
  RawImage raw = every_type(118, false);
  const std::string image = raw.bytes();
  const ImageReader reader(bytes_of(image));
  const ReadOptions options{.stop = [] { return true; }};
  std::int64_t offsets[4];
  CHECK_FALSE(reader.text_offsets(6, all_rows(reader), offsets, options));
  CHECK(shown(reader, 6)[0] == "text");
}

TEST_CASE("texts that change between sizing and reading stay inside their room") {
  RawImage raw = every_type(118, false);
  std::string image = raw.bytes();
  const ImageReader reader(bytes_of(image));
  std::int64_t offsets[4];
  reader.text_offsets(5, all_rows(reader), offsets);
  CHECK(offsets[3] == 6);
  const auto first =
      static_cast<std::size_t>(reader.cells(5).first - bytes_of(image).data());
  image.replace(first, 4, "long");
  image[first + 2 * static_cast<std::size_t>(reader.layout().row_bytes)] = '\0';
  std::string bytes(8, '!');
  reader.read_texts(5, all_rows(reader), offsets, bytes.data());
  CHECK(bytes == "lo\0bcd!!"s);
}

TEST_CASE("texts as UTF-8: what is none is taken for Windows-1252, junk is left out") {
  for (const int release : {115, 117, 118}) {
    RawImage raw = every_type(release, false);
    raw.cells = "";
    raw.variables = {{4, "s", "%9s", "", ""}};
    raw.strls = {};
    raw.characteristics = {};
    raw.label_sets = {};
    raw.sort_list = {};
    for (const char* cell : {"a\xE9\0\xFF", "abcd", "\xC3\xA9\0z", "\x80\x80\x80\x80"})
      raw.cells += std::string(cell, 4);
    raw.observations = 4;
    const std::string image = raw.bytes();
    const ImageReader reader(bytes_of(image));
    const ReadOptions options{.utf8 = true};
    const std::string e = "\xC3\xA9", euro = "\xE2\x82\xAC";
    const std::string carried = release < 118 ? "\xC3\x83\xC2\xA9" : e;
    const Texts expected = {"a" + e, "abcd", carried, euro + euro + euro + euro};
    CHECK(texts(reader, 0, all_rows(reader), options) == expected);
    const std::int64_t indexes[] = {3, 0};
    CHECK(texts(reader, 0, {.count = 2, .indexes = indexes}, options) ==
          Texts{expected[3], expected[0]});
  }
}

TEST_CASE("texts that become ASCII between sizing and reading stay inside their cell") {
  RawImage raw = every_type(117, false);
  std::string image = raw.bytes();
  const auto cell = image.find("<data>") + 6 + 19;
  image.replace(cell, 4, "\x80\x80\x80\x80");
  const ImageReader reader(bytes_of(image));
  const ReadOptions options{.utf8 = true};
  std::int64_t offsets[4];
  reader.text_offsets(5, all_rows(reader), offsets, options);
  CHECK(offsets[1] == 12);
  image.replace(cell, 4, "abcd");
  std::string bytes(static_cast<std::size_t>(offsets[3]), '!');
  reader.read_texts(5, all_rows(reader), offsets, bytes.data(), options);
  CHECK(bytes == "abcd\0\0\0\0\0\0\0\0abcd"s);
}

TEST_CASE("what genuine files do is no error") {
  RawImage raw = every_type(117, false);
  raw.fixed_map_entry = kMapVariableLabels;
  CHECK(error_of(raw.bytes() + "\n") == "");
  raw.label_sets.push_back({"empty", {}, {}, ""});
  raw.label_sets.push_back({"shared", {0, 0}, {1, 2}, "yes\0"s});
  raw.variables[0].label_name = "nowhere";
  raw.variables[0].label = "caf\xE9";
  raw.timestamp = "";
  std::swap(raw.strls[0], raw.strls[1]);
  const std::string image = raw.bytes();
  const ImageReader reader(bytes_of(image));
  CHECK(reader.schema().value_labels[1].entries.empty());
  CHECK(*reader.schema().value_labels[2].find(2) == "yes");
  CHECK(reader.schema().variables[0].label == "caf\xE9");
  CHECK(shown(reader, 6) == Texts{"text", "x\0y"s, "text"});
  CHECK(reader.schema().timestamp.empty());
}

TEST_CASE("no .dta image, or a release that is not read") {
  const auto fault_of = [](const std::string& image) {
    try {
      ImageReader reader(bytes_of(image));
    } catch (const Error& error) {
      CHECK(error.fault() == Fault::invalid);
      return std::string(error.what());
    }
    return ""s;
  };
  CHECK(fault_of("") == "the bytes are no .dta image");
  CHECK(fault_of("PK\3\4") == "the bytes are no .dta image");
  CHECK(fault_of("\x6F\x02\x01"s + std::string(200, '\0')) ==
        "the image says that it is of .dta release '111'; 113 to 115 and 117 to 121 are "
        "read");
  RawImage raw = every_type(118, false);
  raw.release = 122;
  CHECK(fault_of(raw.bytes()).find("'122'") != std::string::npos);
  raw.release = 117;
  std::string image = raw.bytes();
  CHECK(fault_of(image.replace(28, 3, "113")).find("'113'") != std::string::npos);
}

TEST_CASE("damage is named by section, offset and expectation") {
  const auto damaged = [](auto change) {
    RawImage raw = every_type(118, false);
    change(raw);
    return error_of(raw.bytes());
  };
  CHECK(damaged([](RawImage& raw) { raw.sort_list = {9}; }) ==
        "damaged image: sort list, at offset 1269: found variable number 9 in place 1, "
        "expected 0 or one of 7 variables");
  CHECK(damaged([](RawImage& raw) { raw.variables[1].code = 3000; }) ==
        "damaged image: variable types, at offset 306: variable 2 is of type 3000, which "
        "release 118 doesn't have");
  CHECK(damaged([](RawImage& raw) { raw.variables[1].code = 65525; }) != "");
  CHECK(damaged([](RawImage& raw) { raw.observations = 2; }).find("data, at offset ") !=
        std::string::npos);
  CHECK(ends_with(damaged([](RawImage& raw) { raw.observations = 2; }),
                  ": expected </data>, found 'd\?\?\?\?\?\?'"));
  CHECK(damaged([](RawImage& raw) {
          raw.observations = 1ull << 39;
        }).find("expected 549755813888 rows of 31 bytes, the image ends after ") !=
        std::string::npos);
  CHECK(ends_with(damaged([](RawImage& raw) { raw.observations = 1ull << 40; }),
                  "found 1099511627776 observations, expected at most 1099511627775"));
  CHECK(ends_with(damaged([](RawImage& raw) {
                    raw.fixed_map_entry = kMapValueLabels;
                    raw.map[kMapValueLabels] = 7;
                  }),
                  ", not at 0"));
  CHECK(ends_with(damaged([](RawImage& raw) { raw.strls[0].o = 3; }),
                  "variable t, row 0: expected a strL that is there, found (7, 1)"));
  CHECK(ends_with(damaged([](RawImage& raw) { raw.strls[1].kind = 131; }),
                  "found a strL of kind 131, expected 129 (binary) or 130 (text)"));
  CHECK(ends_with(damaged([](RawImage& raw) { raw.label_sets[0].offsets[0] = 8; }),
                  "the text of a value is at 8 of 8 bytes of texts"));
}

TEST_CASE("few bytes can't stand for many label texts") {
  RawImage raw = every_type(118, false);
  RawLabelSet& set = raw.label_sets[0];
  set.texts = std::string(31'999, 'x') + '\0';
  set.offsets.assign(5000, 0);
  set.values.resize(5000);
  std::iota(set.values.begin(), set.values.end(), 0);
  CHECK(ends_with(error_of(raw.bytes()),
                  "the texts of the values overlap more than any that Stata writes"));
}

TEST_CASE("every truncated prefix is an error") {
  for (const int release : kReleases) {
    CAPTURE(release);
    RawImage raw = every_type(release, release % 2 == 0);
    const std::string image = raw.bytes();
    REQUIRE(error_of(image) == "");
    for (std::size_t size = 0; size < image.size(); ++size) {
      // An untagged image may end behind its cells: it has no value labels then.
      if (!raw.tagged() && size == raw.map[kMapValueLabels]) continue;
      // The copy lets a sanitizer see what is read behind the end.
      const std::vector<char> prefix(image.begin(),
                                     image.begin() + static_cast<std::ptrdiff_t>(size));
      CHECK_THROWS_AS(ImageReader(std::as_bytes(std::span(prefix))), Error);
    }
  }
}

TEST_CASE("flipped bytes give an image or an error, never a crash") {
  std::uint64_t state = 20240804;
  const auto random = [&](std::size_t below) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>(state >> 33) % below;
  };
  for (const int release : kReleases) {
    RawImage raw = every_type(release, release % 2 == 1);
    const std::string image = raw.bytes();
    for (int round = 0; round < 1500; ++round) {
      std::vector<char> bytes(image.begin(), image.end());
      for (std::size_t flips = 1 + random(3); flips > 0; --flips)
        bytes[random(bytes.size())] = static_cast<char>(random(256));
      try {
        const ImageReader reader(std::as_bytes(std::span(bytes)));
        if (reader.observations() > 1000) continue;
        for (std::size_t i = 0; i < reader.schema().variables.size(); ++i)
          shown(reader, static_cast<std::int64_t>(i));
      } catch (const Error& error) {
        CHECK((error.fault() == Fault::damaged || error.fault() == Fault::invalid));
      }
    }
  }
}

TEST_CASE("images over 4 GB: offsets of 64 bits") {
  RawImage raw;
  raw.variables = {{65526, "x"}, {32768, "t"}};
  raw.observations = 300'000'000;
  raw.absent_cell_bytes = 16 * raw.observations;
  raw.strls = {{2, raw.observations, 130, "last\0"s}};
  raw.label_sets = {{"set", {0}, {1}, "one\0"s}};
  const std::string ends = raw.bytes();
  const auto split = static_cast<std::size_t>(raw.map[kMapData]) + 6;
  const std::size_t size = ends.size() + raw.absent_cell_bytes;

  const int file = ::memfd_create("sparse", 0);
  REQUIRE(::ftruncate(file, static_cast<off_t>(size)) == 0);
  void* mapping = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  REQUIRE(mapping != MAP_FAILED);
  auto* bytes = static_cast<char*>(mapping);
  std::memcpy(bytes, ends.data(), split);
  char* behind = bytes + split + raw.absent_cell_bytes;
  std::memcpy(behind, ends.data() + split, ends.size() - split);
  const std::string row = raw.real(42.0) + raw.strl_cell(2, raw.observations);
  std::memcpy(behind - row.size(), row.data(), row.size());
  {
    const ImageReader reader({static_cast<const std::byte*>(mapping), size});
    const RowSelection last{.begin = 299'999'998, .count = 2};
    CHECK(doubles(reader, 0, last) == std::vector<double>{0, 42});
    CHECK(texts(reader, 1, last) == Texts{"", "last"});
    CHECK(*reader.schema().value_labels[0].find(1) == "one");
    CHECK(reader.layout().map[kMapValueLabels] > 4'800'000'000);
  }
  ::munmap(mapping, size);
  ::close(file);
}

TEST_CASE("variables side by side are read as one by one, in any order and step") {
  TestTable table;
  for (int k = 0; k < 40; ++k) {
    const std::string name = "v" + std::to_string(k);
    std::vector<double> values(1000);
    for (std::size_t row = 0; row < values.size(); ++row)
      values[row] = (row + static_cast<std::size_t>(k)) % 11 == 0
                        ? double_nan(k % 27)
                        : static_cast<double>((row + static_cast<std::size_t>(k)) % 90);
    // Seventeen bytes, a double, and the rest of the bytes.
    table.add_numbers(name, ElementType::float64, values).rule =
        k == 17 ? TypeRule::by_value : TypeRule::smallest;
  }
  const std::string image = memory_image(table.plan());
  const ImageReader reader(bytes_of(image));
  for (const auto& rows : {RowSelection{.begin = 0, .count = 1000},
                           RowSelection{.begin = 999, .count = 333, .step = -3},
                           RowSelection{.begin = 5, .count = 1}})
    for (const auto* kernels : kernel_tables()) {
      const ReadOptions options{.threads = 2, .kernels = kernels};
      const auto count = static_cast<std::size_t>(rows.count);
      std::vector<double> all(40 * count);
      std::vector<std::uint8_t> missing(40 * count), validity(40 * (count / 8 + 1));
      std::vector<NumberRequest> requests;
      for (std::size_t k = 0; k < 40; ++k)
        requests.push_back(
            {static_cast<std::int64_t>(k),
             {NumberForm::float64, reinterpret_cast<std::byte*>(all.data() + k * count),
              8, missing.data() + k * count, validity.data() + k * (count / 8 + 1)}});
      CHECK(reader.read_numbers(requests, rows, options));
      for (std::size_t k = 0; k < 40; ++k) {
        const auto alone = doubles(reader, static_cast<std::int64_t>(k), rows, options);
        CHECK(std::memcmp(alone.data(), all.data() + k * count, count * 8) == 0);
        for (std::size_t i = 0; i < count; ++i) {
          const bool valid = validity[k * (count / 8 + 1) + i / 8] >> (i % 8) & 1;
          CHECK(valid == (missing[k * count + i] == 0));
          CHECK(valid == (alone[i] == alone[i]));
        }
      }
    }
}
