#include "data/dataset.h"

#include <algorithm>
#include <random>

#include "base/error.h"
#include "doctest/doctest.h"

using namespace adohost;

namespace {

// The same data held in the simplest way there is: a column of numbers or texts each.
struct Column {
  std::string name;
  VarType type;
  std::vector<double> numbers;
  std::vector<std::string> texts;
};

struct Model {
  std::vector<Column> columns;
  std::int64_t nobs = 0;
};

double as_stored(VarType type, double x) {
  std::byte cell[8];
  store_number(cell, type.storage, x);
  return load_number(cell, type.storage);
}

void check_same(const Dataset& data, const Model& model) {
  REQUIRE(data.nvar() == static_cast<int>(model.columns.size()));
  REQUIRE(data.nobs() == model.nobs);
  for (int v = 0; v < data.nvar(); ++v) {
    const Column& column = model.columns[v];
    REQUIRE(data.variable(v).name == column.name);
    REQUIRE(data.variable(v).type == column.type);
    REQUIRE(data.find(column.name) == v);
    for (std::int64_t i = 0; i < model.nobs; ++i) {
      if (column.type.is_string()) {
        REQUIRE(data.text(v, i) == column.texts[i]);
      } else {
        REQUIRE(data.number(v, i) == column.numbers[i]);
      }
    }
  }
}

class Walk {
 public:
  explicit Walk(unsigned seed) : random_(seed) {}

  void step() {
    switch (pick(9)) {
      case 0:
      case 1:
        return add();
      case 2:
        return drop();
      case 3:
        return retype();
      case 4:
        return reorder();
      case 5:
        return set_nobs();
      case 6:
        return keep();
      case 7:
        return permute();
      default:
        return write();
    }
  }
  void check() const { check_same(data_, model_); }

 private:
  std::size_t pick(std::size_t n) { return random_() % n; }

  VarType any_type() {
    static const char* const names[] = {"byte",   "int",  "long",  "float",
                                        "double", "str3", "str11", "strL"};
    return *VarType::parse(names[pick(8)]);
  }

  void add() {
    const VarType type = any_type();
    const std::string name = "v" + std::to_string(next_name_++);
    data_.add_variable(name, type);
    Column column{name, type, {}, {}};
    column.numbers.assign(model_.nobs, missing_value());
    column.texts.assign(model_.nobs, "");
    model_.columns.push_back(std::move(column));
  }

  void drop() {
    std::vector<int> gone;
    for (int v = data_.nvar() - 1; v >= 0; --v) {
      if (pick(4) != 0) continue;
      gone.push_back(v);
      model_.columns.erase(model_.columns.begin() + v);
    }
    data_.drop_variables(gone);
  }

  void retype() {
    std::vector<std::pair<int, VarType>> changes;
    for (int v = 0; v < data_.nvar(); ++v) {
      const VarType type = any_type();
      Column& column = model_.columns[v];
      if (type.is_string() != column.type.is_string()) continue;
      changes.emplace_back(v, type);
      column.type = type;
      for (double& x : column.numbers) {
        if (type.is_numeric()) x = as_stored(type, x);
      }
      for (std::string& s : column.texts) {
        if (type.storage == Storage::str) s = s.substr(0, type.width);
      }
    }
    data_.change_types(changes);
  }

  void reorder() {
    std::vector<int> order(model_.columns.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<int>(i);
    std::shuffle(order.begin(), order.end(), random_);
    std::vector<Column> next;
    for (const int old : order) next.push_back(model_.columns[old]);
    model_.columns = std::move(next);
    data_.reorder_variables(order);
  }

  void set_nobs() {
    model_.nobs = static_cast<std::int64_t>(pick(60));
    for (Column& column : model_.columns) {
      column.numbers.resize(model_.nobs, missing_value());
      column.texts.resize(model_.nobs);
    }
    data_.set_nobs(model_.nobs);
  }

  void keep() {
    std::vector<std::uint8_t> mask(model_.nobs);
    std::vector<std::int64_t> kept;
    for (std::int64_t i = 0; i < model_.nobs; ++i) {
      mask[i] = pick(5) != 0;
      if (mask[i] != 0) kept.push_back(i);
    }
    take(kept);
    data_.keep_observations(mask);
  }

  void permute() {
    std::vector<std::int64_t> order;
    for (std::int64_t i = 0; i < model_.nobs; ++i) {
      order.insert(order.end(), pick(3), static_cast<std::int64_t>(pick(model_.nobs)));
    }
    take(order);
    data_.reorder_observations(order);
  }

  void take(const std::vector<std::int64_t>& order) {
    for (Column& column : model_.columns) {
      Column next{column.name, column.type, {}, {}};
      for (const std::int64_t i : order) {
        next.numbers.push_back(column.numbers[i]);
        next.texts.push_back(column.texts[i]);
      }
      column = std::move(next);
    }
    model_.nobs = static_cast<std::int64_t>(order.size());
  }

  void write() {
    for (int v = 0; v < data_.nvar(); ++v) {
      Column& column = model_.columns[v];
      for (std::int64_t i = 0; i < model_.nobs; ++i) {
        if (column.type.is_string()) {
          std::string text(pick(14), static_cast<char>('a' + pick(26)));
          data_.set_text(v, i, text);
          if (column.type.storage == Storage::str)
            text.resize(std::min<std::size_t>(text.size(), column.type.width));
          column.texts[i] = text;
        } else {
          const double x = static_cast<double>(pick(400)) - 200.25;
          data_.set_number(v, i, x);
          column.numbers[i] = as_stored(column.type, x);
        }
      }
    }
  }

  std::mt19937 random_;
  Dataset data_;
  Model model_;
  int next_name_ = 0;
};

}  // namespace

TEST_CASE("any sequence of changes of shape keeps every cell") {
  for (unsigned seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    Walk walk(seed);
    for (int i = 0; i < 60; ++i) {
      walk.step();
      walk.check();
    }
  }
}

TEST_CASE("names are checked") {
  Dataset data;
  data.add_variable("x", {Storage::byte_, 0});
  CHECK_THROWS_AS(data.add_variable("x", {Storage::byte_, 0}), StataError);
  CHECK_THROWS_AS(data.add_variable("3x", {Storage::byte_, 0}), StataError);
  CHECK_THROWS_AS(data.add_variable("", {Storage::byte_, 0}), StataError);
  CHECK_THROWS_AS(data.rename_variable(0, "_n"), StataError);
  data.rename_variable(0, "y");
  CHECK(data.find("x") == -1);
  CHECK(data.find("y") == 0);
}

TEST_CASE("a characteristic follows its variable and goes with it") {
  Dataset data;
  data.add_variable("x", {Storage::byte_, 0});
  data.characteristics[{"x", "a"}] = "text";
  data.characteristics[{"_dta", "a"}] = "other";
  data.rename_variable(0, "y");
  CHECK(data.characteristics.at({"y", "a"}) == "text");
  data.drop_variables({0});
  CHECK(data.characteristics.size() == 1);
}

TEST_CASE("a sort order ends where its first missing variable was") {
  Dataset data;
  for (const char* name : {"a", "b", "c"}) data.add_variable(name, {Storage::byte_, 0});
  data.sorted_by = {2, 1, 0};
  data.reorder_variables({2, 0, 1});
  CHECK(data.sorted_by == std::vector<int>{0, 2, 1});
  data.drop_variables({2});
  CHECK(data.sorted_by == std::vector<int>{0});
}

TEST_CASE("binary strL cells keep their bytes and their flag") {
  Dataset data;
  data.add_variable("s", {Storage::strl, 0});
  data.set_nobs(2);
  const std::string bytes("a\0b", 3);
  data.set_binary(0, 0, bytes);
  CHECK(data.text(0, 0) == bytes);
  CHECK(data.is_binary(0, 0));
  CHECK_FALSE(data.is_binary(0, 1));
  data.set_text(0, 0, "plain");
  CHECK_FALSE(data.is_binary(0, 0));
  data.reorder_observations({0, 0, 0});
  data.set_text(0, 1, "other");
  CHECK(data.text(0, 2) == "plain");
}

TEST_CASE("a copy shares nothing") {
  Dataset data;
  data.add_variable("x", {Storage::double_, 0});
  data.add_variable("s", {Storage::strl, 0});
  data.set_nobs(3);
  data.set_text(1, 0, "before");
  const Dataset copy = data.clone();
  data.set_number(0, 0, 5);
  data.set_text(1, 0, "after");
  CHECK(is_missing(copy.number(0, 0)));
  CHECK(copy.text(1, 0) == "before");
}

TEST_CASE("more memory than there is is an error that changes nothing") {
  Dataset data;
  data.add_variable("x", {Storage::double_, 0});
  data.set_nobs(5);
  CHECK_THROWS_AS(data.set_nobs(std::int64_t{1} << 50), StataError);
  CHECK(data.nobs() == 5);
  CHECK_THROWS_AS(data.set_nobs(std::int64_t{1} << 62), StataError);
  CHECK(data.nobs() == 5);
}
