// A Stata of the size of a test: a matrix of doubles, local macros, what was printed. It
// stores any double and counts what it was asked; one exists at a time.
#pragma once

#include <atomic>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "spi.h"
#include "stata.h"

namespace stata_pydata::testing {

class MockStata {
 public:
  MockStata(int variables, int observations)
      : variables_(variables),
        observations_(observations),
        cells(static_cast<std::size_t>(variables) *
              static_cast<std::size_t>(observations)) {
    current() = this;
    table_.display = [](char* text) { return print(current()->displayed, text); };
    table_.error = [](char* text) { return print(current()->errors, text); };
    table_.poll = [] { return ++current()->polls, 0; };
    table_.macro_save = [](char* name, char* value) {
      current()->macros[name] = value;
      return 0;
    };
    table_.macro_use = [](char* name, char* buffer, int bytes) {
      const std::string value = current()->macros[name];
      std::strncpy(buffer, value.c_str(), static_cast<std::size_t>(bytes));
      buffer[bytes - 1] = '\0';
      return 0;
    };
    table_.observations = [] { return current()->observations_; };
    table_.dataset_variables = [] { return current()->variables_; };
    table_.call_variables = [] { return 0; };
    table_.missing = 0x1p1023;
    table_.stop_flag = &stop;
    table_.store = store;
  }
  MockStata(const MockStata&) = delete;
  MockStata& operator=(const MockStata&) = delete;

  Stata stata() const { return Stata(table_); }
  spi::Table& table() { return table_; }
  double cell(int variable, int observation) const {
    return cells[static_cast<std::size_t>((observation - 1) * variables_ + variable - 1)];
  }

 private:
  int variables_, observations_;
  spi::Table table_{};

 public:
  std::vector<double> cells;
  std::map<std::string, std::string> macros;
  std::string displayed, errors;
  int stop = 0, polls = 0;
  std::atomic<int> stores{0};
  int break_after = -1;  // Break is pressed at this store
  int fail_at = -1;      // the store of this observation returns 198

 private:
  static MockStata*& current() {
    static MockStata* mock = nullptr;
    return mock;
  }
  static int print(std::string& where, const char* text) {
    where += text;
    return 0;
  }
  static int store(int variable, int observation, double value) {
    MockStata& mock = *current();
    if (observation == mock.fail_at) return 198;
    if (++mock.stores == mock.break_after) std::atomic_ref(mock.stop).store(1);
    const int index = (observation - 1) * mock.variables_ + variable - 1;
    mock.cells[static_cast<std::size_t>(index)] = value;
    return 0;
  }
};

}  // namespace stata_pydata::testing
