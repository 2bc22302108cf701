#include "commands.h"

#include <sys/ipc.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <optional>

#include "doctest/doctest.h"
#include "mock_stata.h"
#include "segment_plan.h"
#include "stata_pydata/error.h"

using namespace stata_pydata;
using stata_pydata::testing::MockStata;

namespace {

// Segments without a key (IPC_PRIVATE) and their info file, removed at the end of a test.
class Segments {
 public:
  ~Segments() {
    for (const int id : ids) {
      try {
        sysv::remove(id);
      } catch (const Error&) {  // the test removed it
        continue;
      }
    }
    std::filesystem::remove(path);
  }

  template <typename Word>
  Word* add(const std::string& name, SegmentType type, const std::vector<Word>& values) {
    const int id = sysv::create(IPC_PRIVATE, (values.size() + 1) * 8);
    ids.push_back(id);
    attachments.emplace_back(id, Access::read_write);
    Word* words = reinterpret_cast<Word*>(attachments.back().writable());
    std::copy(values.begin(), values.end(), words);
    write_line({0, id, type, static_cast<std::int64_t>(values.size()), name});
    return words;
  }
  void write_line(const SegmentRecord& record) {
    std::ofstream(path, std::ios::app) << format_record(record);
  }

  std::vector<int> ids;
  std::vector<sysv::Attachment> attachments;
  const std::string path = std::filesystem::temp_directory_path() /
                           ("plugin_test_" + std::to_string(getpid()));
};

int refused(const MockStata& mock, const Words& words, std::string* sentence = nullptr) {
  try {
    return run_command(mock.stata(), words);
  } catch (const Refusal& refusal) {
    if (sentence != nullptr) *sentence = refusal.what();
    return refusal.rc();
  } catch (const Error& error) {
    if (sentence != nullptr) *sentence = error.what();
    return error.rc();
  }
}

constexpr double kInfinity = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("text is printed as it is") {
  CHECK(literal_line("a {b} c") == "a {c -(}b{c )-} c\n");
  CHECK(literal_line("tab\tand\x1b[1m") == "tab and [1m\n");
}

TEST_CASE("scan says what the data will be and fill makes them") {
  Segments segments;
  segments.add<long>("id", SegmentType::int_, {1, -2147483647, 2147483620});
  segments.add<double>("1x", SegmentType::float_, {.5, std::nan(""), -1e300});
  segments.add<long>("big", SegmentType::long_, {1L << 31, 1L << 53, -(1L << 53) - 1});
  MockStata mock(3, 3);
  REQUIRE(run_command(mock.stata(), {"scan", segments.path}) == 0);
  CHECK(mock.macros["_obs"] == "3");
  CHECK(mock.macros["_k"] == "3");
  CHECK(mock.macros["_names"] == "id _1x big");
  CHECK(mock.macros["_types"] == "long double double");
  CHECK(mock.macros["_renamed"] == "2");
  CHECK(mock.macros["_original2"] == "1x");
  CHECK(mock.displayed.find(
            "note: \"1x\" is not a name in Stata; variable named _1x\n") == 0);
  CHECK(mock.displayed.find("2^53") != std::string::npos);
  CHECK(mock.displayed.find(": big\n") != std::string::npos);
  CHECK(mock.stores == 0);

  for (const char* threads : {"0", "1", "3"}) {
    REQUIRE(run_command(mock.stata(), {"fill", segments.path, threads}) == 0);
    CHECK(mock.cells == std::vector<double>{1, .5, 0x1p31, -2147483647, 0x1p1023, 0x1p53,
                                            2147483620, -1e300, -0x1p53});
  }
  CHECK(mock.errors.empty());
}

TEST_CASE("of a name longer than a label the first 80 characters are shown and kept") {
  Segments segments;
  const std::string letter = "ö";
  std::string name = "1", label = "1";
  for (int i = 0; i < 79; ++i) label += letter;
  for (int i = 0; i < 100'000; ++i) name += letter;
  segments.add<long>(name, SegmentType::int_, {1});
  MockStata mock(1, 1);
  REQUIRE(run_command(mock.stata(), {"scan", segments.path}) == 0);
  CHECK(mock.macros["_original1"] == label);
  CHECK(mock.displayed.find("note: \"" + label + "\" is not a name") == 0);
  CHECK(mock.displayed.size() < 500);
}

TEST_CASE("fill stores every row, whatever the parts in which rows are read") {
  for (const std::int64_t rows : {1, 127, 128, 129, 8192, 8321}) {
    Segments segments;
    std::vector<long> integers(static_cast<std::size_t>(rows));
    std::vector<double> doubles(integers.size());
    std::vector<double> expected;
    for (std::size_t i = 0; i < integers.size(); ++i) {
      integers[i] = static_cast<long>(i) - 3;
      doubles[i] = i % 7 == 0 ? std::nan("") : static_cast<double>(i) / 7;
      expected.push_back(static_cast<double>(integers[i]));
      expected.push_back(i % 7 == 0 ? 0x1p1023 : doubles[i]);
    }
    segments.add<long>("n", SegmentType::int_, integers);
    segments.add<double>("x", SegmentType::float_, doubles);
    MockStata mock(2, static_cast<int>(rows));
    REQUIRE(run_command(mock.stata(), {"scan", segments.path}) == 0);
    REQUIRE(run_command(mock.stata(), {"fill", segments.path, "2"}) == 0);
    CHECK(mock.cells == expected);
  }
}

TEST_CASE("values beyond the types of Stata are named") {
  Segments segments;
  segments.add<double>("x", SegmentType::float_, {0, 1, -kInfinity});
  MockStata mock(1, 3);
  std::string sentence;
  CHECK(refused(mock, {"scan", segments.path}, &sentence) == 459);
  CHECK(sentence.find("observation 3 of variable x is -inf") == 0);
}

TEST_CASE("a value that changes between scan and fill never turns into missing") {
  Segments segments;
  long* id = segments.add<long>("id", SegmentType::int_, {1, 2, 3});
  double* x = segments.add<double>("x", SegmentType::float_, {1, 2, 3});
  MockStata mock(2, 3);
  REQUIRE(run_command(mock.stata(), {"scan", segments.path}) == 0);
  const std::vector<std::string> fill{"fill", segments.path, "1"};
  std::string sentence;
  SUBCASE("a long beyond the range") {
    id[1] = 2147483621;
    CHECK(refused(mock, fill, &sentence) == 459);
    CHECK(sentence.find("observation 2 of variable id was changed") == 0);
  }
  SUBCASE("an infinity") {
    x[2] = kInfinity;
    CHECK(refused(mock, fill, &sentence) == 459);
    CHECK(sentence.find("observation 3 of variable x was changed") == 0);
  }
  SUBCASE("the very number that Stata uses for missing") {
    x[0] = 0x1p1023;
    CHECK(refused(mock, fill) == 459);
  }
}

TEST_CASE("fill checks that the data are those that scan described") {
  Segments segments;
  segments.add<double>("x", SegmentType::float_, {1, 2, 3});
  SUBCASE("variables") {
    MockStata mock(2, 3);
    mock.macros["_types"] = "double";
    CHECK(refused(mock, {"fill", segments.path, "1"}) == 459);
  }
  SUBCASE("observations") {
    MockStata mock(1, 2);
    mock.macros["_types"] = "double";
    CHECK(refused(mock, {"fill", segments.path, "1"}) == 459);
  }
  SUBCASE("types") {
    MockStata mock(1, 3);
    for (const char* types : {"long", "", "byte"}) {
      mock.macros["_types"] = types;
      CHECK(refused(mock, {"fill", segments.path, "1"}) == 459);
    }
    CHECK(mock.stores == 0);
  }
}

TEST_CASE("the first cell that Stata refuses is named") {
  Segments segments;
  segments.add<double>("x", SegmentType::float_, std::vector<double>(5000, 1.5));
  MockStata mock(1, 5000);
  mock.macros["_types"] = "double";
  mock.fail_at = 4321;
  std::string sentence;
  CHECK(refused(mock, {"fill", segments.path, "2"}, &sentence) == 198);
  CHECK(sentence == "observation 4321 of variable x could not be stored");
}

TEST_CASE("Break ends a fill between blocks") {
  constexpr int kRows = 1 << 20;
  Segments segments;
  segments.add<double>("x", SegmentType::float_, std::vector<double>(kRows, 1.5));
  for (const char* threads : {"1", "2"}) {
    MockStata mock(1, kRows);
    mock.macros["_types"] = "double";
    mock.break_after = 10;
    CHECK(run_command(mock.stata(), {"fill", segments.path, threads}) == kBreak);
    CHECK(mock.stores < kRows);
    CHECK(mock.polls > 0);
  }
  MockStata mock(1, kRows);
  mock.stop = 1;
  CHECK(run_command(mock.stata(), {"scan", segments.path}) == kBreak);
}

TEST_CASE("a probe calls one entry and says what came back") {
  MockStata mock(2, 3);
  REQUIRE(run_command(mock.stata(), {"probe", "store", "2", "3", "-0x1.8p1"}) == 0);
  CHECK(mock.cell(2, 3) == -3);
  CHECK(mock.macros["_rc"] == "0");
  mock.fail_at = 1;
  REQUIRE(run_command(mock.stata(), {"probe", "store", "1", "1", "nan"}) == 0);
  CHECK(mock.macros["_rc"] == "198");

  REQUIRE(run_command(mock.stata(), {"probe", "counts", "a", "", "b c"}) == 0);
  CHECK(mock.macros["_words"] == "3");
  CHECK(mock.macros["_bytes"] == "4");
  CHECK(mock.macros["_observations"] == "3");
  CHECK(mock.macros["_dataset_variables"] == "2");
  CHECK(mock.macros["_call_variables"] == "0");
  CHECK(mock.macros["_missing"] == "0x1p+1023");

  REQUIRE(run_command(mock.stata(), {"probe", "macro", "1000"}) == 0);
  CHECK(mock.macros["_bytes"] == "1000");
  CHECK(mock.macros["_cut"] == "7");
  REQUIRE(run_command(mock.stata(), {"probe", "absent"}) == 0);
  CHECK(mock.macros["_text"].empty());
  REQUIRE(run_command(mock.stata(), {"probe", "display", "{x}"}) == 0);
  CHECK(mock.displayed == "{c -(}x{c )-}\n");
}

TEST_CASE("the order probe stores zeros in every cell") {
  MockStata mock(2, 3);
  mock.cells.assign(6, 1.0);
  REQUIRE(run_command(mock.stata(), {"probe", "order"}) == 0);
  CHECK(mock.cells == std::vector<double>(6, 0.0));
  CHECK(mock.stores == 12);
}

TEST_CASE("a probe never reaches a cell that is not there") {
  MockStata mock(2, 3);
  for (const Words& words :
       std::vector<Words>{{"probe"},
                          {"probe", "nosuch"},
                          {"probe", "store", "1", "1"},
                          {"probe", "store", "3", "1", "0"},
                          {"probe", "store", "0", "1", "0"},
                          {"probe", "store", "1", "4", "0"},
                          {"probe", "store", "1", "99999999999999999999", "0"},
                          {"probe", "store", "1", "", "0"},
                          {"probe", "store", "1x", "1", "0"},
                          {"probe", "store", "1", "1", "one"},
                          {"probe", "store_text", "1", "4", "text"},
                          {"probe", "macro", "-1"}}) {
    CAPTURE(words.back());
    CHECK(refused(mock, words) == 198);
  }
  CHECK(mock.stores == 0);
}

TEST_CASE("remove takes what is the file's and names the rest") {
  Segments segments;
  segments.add<double>("x", SegmentType::float_, {1});
  segments.add<double>("y", SegmentType::float_, {1});
  segments.attachments.clear();
  sysv::remove(segments.ids[0]);
  segments.ids.push_back(sysv::create(IPC_PRIVATE, 8));
  segments.write_line({4711, segments.ids[2], SegmentType::float_, 1, "z"});
  MockStata mock(0, 0);
  CHECK(run_command(mock.stata(), {"remove", segments.path}) == 0);
  CHECK(mock.errors.empty());
  CHECK(mock.displayed ==
        "note: the segment of variable x was gone already\n"
        "note: the segment of variable z was gone already\n");
  CHECK_THROWS_AS(sysv::status(segments.ids[1]), Error);
  CHECK(sysv::status(segments.ids[2]).bytes == 8);
}

TEST_CASE("commands that aren't") {
  MockStata mock(0, 0);
  const std::string file = "/nonexistent/info";
  for (const Words& words : std::vector<Words>{{},
                                               {"drop"},
                                               {"scan"},
                                               {"scan", file, file},
                                               {"fill", file},
                                               {"fill", file, "-1"},
                                               {"fill", file, "2.5"},
                                               {"fill", file, ""},
                                               {"remove"}}) {
    CHECK(refused(mock, words) == 198);
  }
  CHECK(refused(mock, {"scan", file}) == 601);
  CHECK(run_command(mock.stata(), {"version"}) == 0);
  CHECK(mock.macros["_version"] == STATA_PYDATA_VERSION);
}
