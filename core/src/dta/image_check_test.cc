#include "stata_pydata/image_check.h"

#include <cmath>

#include "dta/raw_image.h"
#include "dta/test_table.h"

using namespace stata_pydata::dta;
using namespace std::string_literals;
using stata_pydata::ElementType;

namespace {

/// The one finding about a changed image, "error: ..." or "warning: ...".
template <typename Change>
std::string finding(const Change& change, int release = 118) {
  RawImage raw = every_type(release, false);
  for (char& c : raw.cells)
    if (c == '\xEE') c = '\0';
  raw.sort_list = {};
  change(raw);
  const std::string image = raw.bytes();
  const CheckReport report = check_image(bytes_of(image));
  std::string all;
  for (const auto& found : report.findings)
    all += (found.severity == Severity::error ? "error: " : "warning: ") +
           found.sentence + "\n";
  CHECK(report.passed() == (all.find("error: ") == std::string::npos));
  return all;
}

constexpr std::size_t kRow = 31;  // bytes of a row of every_type(118)

}  // namespace

TEST_CASE("nothing is found in what the writer writes") {
  for (const int release : {117, 118}) {
    TestTable table;
    table.schema.release = release;
    table.schema.data_label = "a label";
    table.schema.timestamp = " 4 Aug 2024 07:02";
    table.schema.characteristics = {{"_dta", "note1", "a note"}};
    table.schema.value_labels = {{"set", {{2, "two"}, {1, "one"}}}};
    table.add_numbers("x", ElementType::float64, std::vector{1.0, 2.0, std::nan("")});
    table.schema.variables[0].value_label = "set";
    table.add_texts("s", {"a", "abc", ""});
    table.add_texts("t", {"", "x\0y"s, "x\0y"s}, true);
    table.schema.sorted_by = {0, 1};
    table.options.share_strls = StrlSharing::equal;
    const std::string image = memory_image(table.plan());
    CHECK(check_image(bytes_of(image)).findings.empty());
  }
  CHECK(finding([](RawImage&) {}) == "");
}

TEST_CASE("each flaw of the metadata is found") {
  CHECK(finding([](RawImage& raw) {
          raw.fixed_map_entry = kMapFormats;
          raw.map[kMapFormats] = 5;
        }).starts_with("error: map: entry 5 is 5, expected "));
  CHECK(finding([](RawImage& raw) {
          raw.fixed_map_entry = kMapVariableLabels;
        }).starts_with("warning: map: entry 7 is 0, expected "));
  CHECK(finding([](RawImage& raw) { raw.timestamp = "4 Aug"; }) ==
        "error: header: the timestamp has 5 bytes, expected 0 or 17\n");
  CHECK(finding([](RawImage& raw) { raw.variables[1].name = "b"; }) ==
        "error: variable b: the name is there twice\n");
  CHECK(finding([](RawImage& raw) { raw.variables[1].name = "1x"; }) ==
        "warning: variable 1x: the name is none that Stata takes\n");
  CHECK(finding([](RawImage& raw) { raw.variables[1].format = "%9s"; }) ==
        "error: variable i: the format '%9s' is none for int\n");
  CHECK(finding([](RawImage& raw) { raw.variables[5].label_name = "set"; }) ==
        "error: variable s: is str4 and has value labels\n");
  CHECK(finding([](RawImage& raw) { raw.characteristics[1] = raw.characteristics[0]; }) ==
        "error: characteristic _dta[note1] is there twice\n");
  CHECK(finding([](RawImage& raw) { raw.characteristics[0][0] = "gone"; }) ==
        "warning: characteristic gone[note1] belongs to no variable of the data\n");
  CHECK(finding([](RawImage& raw) { raw.label_sets[0].values = {2, 1}; }) ==
        "error: value labels: the value 1 is not above the one before it\n");
  CHECK(finding([](RawImage& raw) { raw.label_sets.push_back(raw.label_sets[0]); }) ==
        "error: value-label set set is there twice\n");
  CHECK(finding([](RawImage&) {}, 119) ==
        "warning: header: release 119 for 7 variables, which Stata BE and SE refuse\n");
  CHECK(finding([](RawImage& raw) { raw.slack = '\xEE'; })
            .starts_with("warning: variable names: the bytes behind a text or list are "
                         "not zero\n"));
  CHECK(finding([](RawImage& raw) {
          raw.variables[2].code = 7;
        }).starts_with("error: damaged image: data, "));
}

TEST_CASE("each flaw of the data is found") {
  CHECK(finding([](RawImage& raw) { raw.cells[kRow] = '\x80'; }) ==
        "error: data: variable b, row 1: neither a byte in Stata's range nor a missing "
        "value\n");
  CHECK(finding([](RawImage& raw) { raw.cells.replace(7, 4, raw.real(NAN)); }) ==
        "error: data: variable f, row 0: neither a float in Stata's range nor a missing "
        "value\n");
  CHECK(finding([](RawImage& raw) { raw.cells.replace(11, 8, raw.real(-HUGE_VAL)); }) ==
        "warning: data: variable d, row 0: minus infinity\n");
  CHECK(finding([](RawImage& raw) { raw.cells[22] = 'x'; }) ==
        "warning: data: variable s, row 0: the bytes behind the text are not zero\n");
  CHECK(finding([](RawImage& raw) { raw.sort_list = {2}; }) ==
        "error: sort list: rows 1 and 2 are not sorted as it says\n");
  CHECK(finding([](RawImage& raw) { raw.sort_list = {7}; }) ==
        "error: sort list: rows 1 and 2 are not sorted as it says\n");
}

TEST_CASE("each flaw of the strLs is found") {
  CHECK(finding([](RawImage& raw) { std::swap(raw.strls[0], raw.strls[1]); }) ==
        "error: strLs: (7, 1) is not behind the one before it\n");
  CHECK(finding([](RawImage& raw) { raw.strls.push_back({6, 3, 130, "x\0"s}); }) ==
        "error: strLs: (6, 3) is no strL cell\n");
  CHECK(finding([](RawImage& raw) { raw.strls[0].bytes = "text"; }) ==
        "error: strLs: (7, 1): expected one NUL, at the end of the text\n");
  CHECK(finding([](RawImage& raw) { raw.strls.pop_back(); }) ==
        "error: data: variable t, row 1: refers to no strL\n");
  CHECK(finding([](RawImage& raw) { raw.cells.replace(23, 8, raw.strl_cell(7, 2)); }) ==
        "error: data: variable t, row 0: refers to a later cell\n");
}

TEST_CASE("any bytes give a report") {
  for (const int release : {113, 117, 118, 121}) {
    RawImage raw = every_type(release, true);
    const std::string image = raw.bytes();
    CHECK(check_image(bytes_of(image)).findings.size() < 10);
    std::uint64_t state = 7;
    for (std::size_t round = 0; round < 500; ++round) {
      std::string bytes = image;
      state = state * 6364136223846793005u + 1442695040888963407u;
      bytes[(state >> 33) % bytes.size()] ^= static_cast<char>(1u << (round % 8));
      CHECK(check_image(bytes_of(bytes)).findings.size() <= 1000);
    }
  }
  CHECK_FALSE(check_image({}).passed());
}
