// r(), e() and s(): scalars, macros and matrices by name, in the order they were stored.
#pragma once

#include <map>
#include <string>
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

struct Results {
  std::vector<std::pair<std::string, double>> scalars;
  std::vector<std::pair<std::string, std::string>> macros;
  std::map<std::string, Matrix> matrices;

  void clear();
  void set_scalar(const std::string& name, double x);
  void set_macro(const std::string& name, std::string text);
  const double* scalar(std::string_view name) const;      // nullptr where there is none
  const std::string* macro(std::string_view name) const;  // nullptr where there is none
};

}  // namespace adohost
