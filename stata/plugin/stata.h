// The Stata that called the plugin: a thin wrapper of its table (spi.h). Only store(),
// observations() and missing() may be called from several threads, store() for distinct
// cells; everything else belongs to the thread that Stata called.
#pragma once

#include <string>
#include <string_view>

#include "spi.h"

namespace stata_pydata {

class Stata {
 public:
  explicit Stata(const spi::Table& table) noexcept : table_(&table) {}

  int observations() const { return table_->observations(); }
  /// Variables that the call can address. A call without a varlist addresses all
  /// variables of the data; which of the two counts tells their number isn't documented
  /// for that case.
  int variables() const;
  double missing() const noexcept { return table_->missing; }
  /// Stores one cell, converted to the variable's type. REQUIRES: both indices are valid
  /// and the value is in the range of the type (Stata would store `.` in silence).
  int store(int variable, int observation, double value) const noexcept {
    return table_->store(variable, observation, value);
  }

  /// The table itself, for `probe` alone, which tries entries that nothing else needs.
  const spi::Table& table() const noexcept { return *table_; }

  /// Whether the user pressed Break; lets Stata look for it.
  bool break_pressed() const;
  /// Prints literal text; the line end is added.
  void display(std::string_view text) const;
  /// Prints literal text as an error, also under quietly; the line end is added.
  void error(std::string_view text) const;

  /// Sets local macro `name` of the program that called the plugin.
  void set_local(std::string_view name, std::string_view value) const;
  /// The local macro `name` of that program, at most `bytes` long; empty where there is
  /// none.
  std::string local(std::string_view name, int bytes) const;

 private:
  const spi::Table* table_;
};

/// `text` such that Stata's markup (SMCL) prints it as it is, on one line, plus a line
/// end.
std::string literal_line(std::string_view text);

}  // namespace stata_pydata
