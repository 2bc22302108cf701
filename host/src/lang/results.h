// r(), e() and s(): scalars, macros and matrices by name, in the order they were stored.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace adohost {

struct Matrix {
  int rows = 0;
  int cols = 0;
  std::vector<double> cells;  // row-major
  std::vector<std::string> row_names;
  std::vector<std::string> col_names;

  double& at(int r, int c) { return cells[static_cast<std::size_t>(r) * cols + c]; }
  double at(int r, int c) const { return cells[static_cast<std::size_t>(r) * cols + c]; }
};

/// Matrices by name, in the order they were stored.
class Matrices {
 public:
  using Entry = std::pair<std::string, Matrix>;

  auto begin() { return entries_.begin(); }
  auto end() { return entries_.end(); }
  auto begin() const { return entries_.begin(); }
  auto end() const { return entries_.end(); }
  bool empty() const { return entries_.empty(); }
  void clear() { entries_.clear(); }

  std::vector<Entry>::const_iterator find(std::string_view name) const;
  bool contains(std::string_view name) const { return find(name) != end(); }
  /// REQUIRES: there is such a matrix.
  const Matrix& at(std::string_view name) const { return find(name)->second; }
  /// The matrix of that name, which is made where there is none.
  Matrix& operator[](const std::string& name);
  void erase(std::string_view name);

 private:
  std::vector<Entry> entries_;
};

struct Results {
  std::vector<std::pair<std::string, double>> scalars;
  std::vector<std::pair<std::string, std::string>> macros;
  Matrices matrices;

  void clear();
  void set_scalar(const std::string& name, double x);
  void set_macro(const std::string& name, std::string text);
  const double* scalar(std::string_view name) const;      // nullptr where there is none
  const std::string* macro(std::string_view name) const;  // nullptr where there is none
};

}  // namespace adohost
