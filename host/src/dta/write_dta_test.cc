#include "dta/write_dta.h"

#include <random>

#include "base/error.h"
#include "doctest/doctest.h"
#include "dta/read_dta.h"

using namespace adohost;

namespace {

std::string image_of(const Dataset& data, const DtaWriteOptions& options = {}) {
  std::string image;
  write_dta(data, options, [&image](const void* bytes, std::size_t n) {
    image.append(static_cast<const char*>(bytes), n);
  });
  return image;
}

std::string image_of(const Dataset& data, int release) {
  DtaWriteOptions options;
  options.release = release;
  return image_of(data, options);
}

Dataset read_image(std::string image) {
  const DtaInput input = DtaInput::of_bytes("test.dta", std::move(image));
  return read_dta(input, read_dta_file(input));
}

void check_same(const Dataset& a, const Dataset& b) {
  REQUIRE(a.nvar() == b.nvar());
  REQUIRE(a.nobs() == b.nobs());
  CHECK(a.data_label == b.data_label);
  CHECK(a.sorted_by == b.sorted_by);
  CHECK(a.value_labels == b.value_labels);
  CHECK(a.characteristics == b.characteristics);
  for (int v = 0; v < a.nvar(); ++v) {
    const Variable &x = a.variable(v), &y = b.variable(v);
    CHECK(x.name == y.name);
    CHECK(x.type == y.type);
    CHECK(x.format == y.format);
    CHECK(x.label == y.label);
    CHECK(x.value_label == y.value_label);
    for (std::int64_t i = 0; i < a.nobs(); ++i) {
      if (x.type.is_numeric()) {
        REQUIRE(a.number(v, i) == b.number(v, i));
      } else {
        REQUIRE(a.text(v, i) == b.text(v, i));
        REQUIRE(a.is_binary(v, i) == b.is_binary(v, i));
      }
    }
  }
}

/// Data with something of everything, drawn at random.
Dataset drawn_data(std::mt19937& random, std::int64_t n) {
  const auto draw = [&random](int limit) {
    return static_cast<int>(random() % static_cast<unsigned>(limit));
  };
  Dataset data;
  for (int v = 0; v < 1 + draw(9); ++v) {
    const auto storage = static_cast<Storage>(draw(7));
    const std::uint16_t width =
        storage == Storage::str ? static_cast<std::uint16_t>(1 + draw(20)) : 0;
    data.add_variable("v" + std::to_string(v), {storage, width});
    data.variable(v).label = std::string(draw(80), 'l');
  }
  data.set_nobs(n);
  for (int v = 0; v < data.nvar(); ++v) {
    for (std::int64_t i = 0; i < n; ++i) {
      const std::string text(draw(30), static_cast<char>('a' + draw(26)));
      if (data.variable(v).type.is_numeric()) {
        data.set_number(v, i, draw(3) == 0 ? missing_value(draw(27)) : draw(100) - 50);
      } else if (data.variable(v).type.storage == Storage::strl && draw(3) == 0) {
        data.set_binary(v, i, text + '\0' + text);
      } else if (i > 0 && data.variable(v).type.storage == Storage::strl &&
                 draw(3) == 0) {
        data.set_strl_handle(v, i, data.strl_handle(v, i - 1));
      } else {
        data.set_text(v, i, text);
      }
    }
  }
  data.data_label = "Größe \"x\" `y' $z";
  data.sorted_by = {0};
  data.value_labels["yn"] = {{-5, "no"}, {0, ""}, {0x7fffffff, std::string(300, 'z')}};
  data.variable(0).value_label = "yn";
  data.characteristics[{"_dta", "note0"}] = "1";
  data.characteristics[{"v0", "c"}] = std::string(5000, 'c');
  return data;
}

}  // namespace

TEST_CASE("what is written is read as it was") {
  std::mt19937 random(7);
  for (int round = 0; round < 60; ++round) {
    const Dataset data = drawn_data(random, round % 10 == 0 ? 0 : 1 + random() % 40);
    for (const int release : {117, 118, 119}) {
      CAPTURE(release);
      const std::string image = image_of(data, release);
      const Dataset back = read_image(image);
      check_same(data, back);
      CHECK(image_of(back, release) == image);
    }
  }
}

TEST_CASE("rows that fill more than one block") {
  Dataset data;
  data.add_variable("t", {Storage::strl, 0});
  data.add_variable("s", {Storage::str, 2045});
  data.add_variable("x", {Storage::double_, 0});
  data.set_nobs(3000);
  for (std::int64_t i = 0; i < data.nobs(); ++i) {
    data.set_text(0, i, std::to_string(i % 1000));
    data.set_text(1, i, std::to_string(i));
    data.set_number(2, i, static_cast<double>(i));
  }
  const Dataset back = read_image(image_of(data));
  check_same(data, back);
}

TEST_CASE("texts that cells share are written once") {
  Dataset data;
  data.add_variable("t", {Storage::strl, 0});
  data.set_nobs(100);
  data.set_text(0, 0, std::string(1000, 'x'));
  for (std::int64_t i = 1; i < 100; ++i) {
    data.set_strl_handle(0, i, data.strl_handle(0, 0));
  }
  const std::string image = image_of(data);
  CHECK(image.size() < 4000);
  CHECK(read_image(image).text(0, 99) == std::string(1000, 'x'));
}

TEST_CASE("sets of labels that no variable has are left out, unless orphans") {
  Dataset data;
  data.add_variable("x", {Storage::byte_, 0});
  data.variable(0).value_label = "used";
  data.value_labels["used"] = {{1, "one"}};
  data.value_labels["french"] = {{1, "un"}};
  data.value_labels["orphan"] = {{2, "two"}};
  data.characteristics[{"x", "_lang_l_fr"}] = "french";
  CHECK(read_image(image_of(data)).value_labels.size() == 2);
  DtaWriteOptions options;
  options.orphans = true;
  CHECK(read_image(image_of(data, options)).value_labels.size() == 3);
  options = {};
  options.no_labels = true;
  const Dataset plain = read_image(image_of(data, options));
  CHECK(plain.value_labels.empty());
  CHECK(plain.variable(0).value_label == "used");
}

TEST_CASE("texts are cut to their fields between characters") {
  Dataset data;
  data.add_variable("x", {Storage::byte_, 0});
  std::string label;
  for (int i = 0; i < 80; ++i) label += "ß";
  data.variable(0).label = label;
  data.data_label = label;
  const Dataset old = read_image(image_of(data, 117));
  CHECK(old.variable(0).label == label.substr(0, 80));
  CHECK(old.data_label == label.substr(0, 80));
  CHECK(read_image(image_of(data)).variable(0).label == label);
  data.variable(0).label = "x" + label;
  CHECK(read_image(image_of(data, 117)).variable(0).label == "x" + label.substr(0, 78));
}

TEST_CASE("many variables make a file of release 119") {
  std::vector<Variable> variables(32768);
  for (std::size_t v = 0; v < variables.size(); ++v) {
    variables[v].name = "v" + std::to_string(v + 1);
    variables[v].type = {Storage::byte_, 0};
    variables[v].format = "%8.0g";
  }
  variables.back().type = {Storage::strl, 0};
  Dataset data(std::move(variables));
  data.set_nobs(2);
  data.set_text(32767, 1, "far");
  CHECK(usual_dta_release(data) == 119);
  CHECK_THROWS_AS(image_of(data), StataError);
  const Dataset back = read_image(image_of(data, 119));
  CHECK(back.nvar() == 32768);
  CHECK(back.text(32767, 1) == "far");
}
