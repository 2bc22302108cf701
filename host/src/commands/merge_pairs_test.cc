#include "commands/merge_pairs.h"

#include "doctest/doctest.h"

using namespace adohost;

namespace {

Dataset keys(const std::vector<double>& values) {
  Dataset data;
  data.add_variable("id", {Storage::double_, 0});
  data.set_nobs(static_cast<std::int64_t>(values.size()));
  for (std::size_t i = 0; i < values.size(); ++i) {
    data.set_number(0, static_cast<std::int64_t>(i), values[i]);
  }
  return data;
}

/// The pairs as text: `0-1` for matched ones, `2-` and `-3` for those without a partner.
std::string pairs(const std::vector<double>& master, const std::vector<double>& other) {
  std::string text;
  for (const MergePair& pair : pair_by_keys(keys(master), keys(other), {{0, 0}})) {
    const auto shown = [](std::int64_t i) { return i < 0 ? "" : std::to_string(i); };
    text += (text.empty() ? "" : " ") + std::string(shown(pair.master)) + "-" +
            shown(pair.other);
  }
  return text;
}

}  // namespace

TEST_CASE("unique keys match one to one") {
  CHECK(pairs({1, 2, 3}, {1, 2, 3}) == "0-0 1-1 2-2");
  CHECK(pairs({1, 3}, {2, 3, 4}) == "0- 1-1 -0 -2");
  CHECK(pairs({}, {1, 2}) == "-0 -1");
  CHECK(pairs({1, 2}, {}) == "0- 1-");
}

TEST_CASE("a using observation serves several of the master") {
  CHECK(pairs({1, 1, 2}, {1, 2}) == "0-0 1-0 2-1");
}

TEST_CASE("further using observations are added behind the master") {
  CHECK(pairs({1, 2}, {1, 1, 1, 2}) == "0-0 1-3 0-1 0-2");
}

TEST_CASE("groups of several on both sides go in turn, the last one again") {
  CHECK(pairs({1, 1}, {1, 1, 1}) == "0-0 1-1 1-2");
  CHECK(pairs({1, 1, 1}, {1, 1}) == "0-0 1-1 2-1");
}

TEST_CASE("missing values are keys like others, each its own") {
  const double a = missing_value(1), dot = missing_value();
  CHECK(pairs({1, dot, a}, {dot, a}) == "0- 1-0 2-1");
}

TEST_CASE("pairs by number") {
  const MergePairs found = pair_by_number(1, 3);
  CHECK(found.size() == 3);
  CHECK(found[0].master == 0);
  CHECK(found[0].other == 0);
  CHECK(found[2].master == -1);
  CHECK(found[2].other == 2);
}
